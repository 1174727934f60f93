package dev.rollcall.migrate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.schema.Schema.Phase;
import dev.rollcall.testing.Call;
import dev.rollcall.testing.Crash;
import dev.rollcall.testing.Items;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A process that dies at any of its calls, before or after the table has heard it: whoever comes
/// next, the same release or an older one, brings the data where it is wanted.
class CrashTest extends OnData {
  private static final Set<String> READS = Set.of("getItem", "batchGetItem", "query", "scan");

  private interface Deed {
    Progress by(DynamoDbClient client);
  }

  private interface Ending {
    void isReached();
  }

  /// Lets a deed die after each of its writes in turn, until there are no more to die at. To die
  /// after a write is to die before the next one: the dead do nothing in between, and whatever they
  /// read meanwhile dies with them.
  ///
  /// @param atLeast how many writes there are
  private void survivesEveryDeath(int atLeast, Deed beforehand, Deed deed, Ending ending) {
    world.reset();
    beforehand.by(world.memory.client());
    var before = world.items();
    for (int k = 1; ; k++) {
      world.restore(before);
      if (!dies(deed, Crash.after(k, CrashTest::writes, world.memory.client()))) {
        assertThat(k).isGreaterThan(atLeast);
        return;
      }
      ending.isReached();
    }
  }

  private static boolean writes(Call call) {
    return !READS.contains(call.operation());
  }

  private static boolean dies(Deed deed, DynamoDbClient client) {
    try {
      deed.by(client);
      return false;
    } catch (Crash.Died death) {
      return true;
    }
  }

  private Progress deploy(int level, DynamoDbClient client) {
    world.expand(world.release(level, client), level);
    return world.settle(world.release(level, client), level);
  }

  private Progress back(int level, DynamoDbClient client) {
    var migrator = world.release(level, client);
    return world.finish(until -> migrator.rollback(level, "back", false, until));
  }

  private void isAt(int level, Map<String, Map<String, AttributeValue>> shapes) {
    var schema = world.schema();
    assertThat(schema.phase()).isEqualTo(Phase.STEADY);
    assertThat(schema.level()).isEqualTo(level);
    assertThat(schema.writeLevel()).isEqualTo(level);
    assertThat(world.shapes()).isEqualTo(shapes);
  }

  private Map<String, Map<String, AttributeValue>> shapesAt(int level) {
    world.reset();
    world.deploy(level);
    return world.shapes();
  }

  private void nothingIsLeftOfMigration(String id) {
    assertThat(world.items()).noneMatch(item -> item.containsKey("~m" + id));
  }

  @Test
  void on_the_way_up_is_made_good_by_the_same_release() {
    var newer = shapesAt(3);
    survivesEveryDeath(
        30,
        _ -> world.deploy(2),
        client -> deploy(3, client),
        () -> {
          world.deploy(3);
          isAt(3, newer);
          nothingIsLeftOfMigration("0002");
        });
  }

  @Test
  void on_the_way_up_is_made_good_by_the_tick() {
    var newer = shapesAt(3);
    survivesEveryDeath(
        18,
        _ -> {
          world.deploy(2);
          return world.expand(3);
        },
        client -> world.settle(world.release(3, client), 3),
        () -> {
          world.finish(world.release(3)::tick);
          if (world.schema().writeLevel() < 3) {
            // It died before anybody knew what was wanted.
            assertThat(world.schema().phase()).isEqualTo(Phase.EXPANDED);
            world.settle(3);
          }
          isAt(3, newer);
        });
  }

  @Test
  void on_the_way_up_is_taken_back_by_a_release_without_documents() {
    var older = shapesAt(2);
    survivesEveryDeath(
        30,
        _ -> world.deploy(2),
        client -> deploy(3, client),
        () -> {
          assertThat(world.expand(2)).isInstanceOf(Progress.Done.class);
          assertThat(world.schema().writeLevel()).isEqualTo(2);
          back(2, world.memory.client());
          isAt(2, older);
          nothingIsLeftOfMigration("0002");
        });
  }

  @Test
  void on_the_way_back_is_made_good_by_the_same_release() {
    var older = shapesAt(2);
    survivesEveryDeath(
        18,
        _ -> world.deploy(3),
        client -> back(2, client),
        () -> {
          back(2, world.memory.client());
          isAt(2, older);
          nothingIsLeftOfMigration("0002");
        });
  }

  @Test
  void on_the_way_back_is_taken_up_again_by_the_newer_release() {
    var newer = shapesAt(3);
    survivesEveryDeath(
        18,
        _ -> world.deploy(3),
        client -> back(2, client),
        () -> {
          world.deploy(3);
          isAt(3, newer);
          nothingIsLeftOfMigration("0002");
        });
  }

  @Test
  void of_a_mirror_on_the_way_up_is_made_good_or_taken_back() {
    var newer = shapesAt(4);
    var older = shapesAt(3);
    survivesEveryDeath(
        28,
        _ -> world.deploy(3),
        client -> deploy(4, client),
        () -> {
          world.deploy(4);
          isAt(4, newer);
          back(3, world.memory.client());
          isAt(3, older);
        });
  }

  @Test
  void while_giving_up_the_way_back_is_made_good() {
    var newer = shapesAt(3);
    survivesEveryDeath(
        18,
        _ -> {
          world.deploy(3);
          world.clock.advance(Duration.ofDays(15));
          var migrator = world.release(3);
          return world.finish(until -> migrator.finalise("0001", "first", until));
        },
        client -> {
          var migrator = world.release(3, client);
          return world.finish(until -> migrator.finalise("0002", "final", until));
        },
        () -> {
          var migrator = world.release(3);
          world.finish(until -> migrator.finalise("0002", "again", until));
          isAt(3, newer);
          assertThat(world.items())
              .noneMatch(item ->
                  item.keySet().stream().anyMatch(name -> name.startsWith("~"))
                      || World.key(item).contains("ATTIC#"));
        });
  }

  private void throwsAwayWhatIsLeft(Ending ending) {
    survivesEveryDeath(
        25,
        _ -> {
          world.deploy(3);
          for (var item : of("CHECK#")) {
            if (item.containsKey("weight")) {
              var heavier = new HashMap<>(item);
              heavier.put("weight", AttributeValue.fromN("7"));
              world.put(heavier);
            }
          }
          back(2, world.memory.client());
          world.clock.advance(Duration.ofDays(15));
          return world.release(2).tick(world.soon());
        },
        client -> finalise(world.release(2, client)),
        ending);
  }

  private Progress finalise(Migrator migrator) {
    return world.finish(until -> migrator.finalise("0002", "final", until));
  }

  @Test
  void while_throwing_away_what_is_left_of_a_way_back_is_made_good() {
    var older = shapesAt(2);
    throwsAwayWhatIsLeft(() -> {
      finalise(world.release(2));
      isAt(2, older);
      assertThat(of("CHECK#"))
          .noneMatch(item ->
              item.keySet().stream().anyMatch(name -> name.startsWith("~"))
                  || World.key(item).contains("ATTIC#"));
    });
  }

  @Test
  void while_throwing_away_what_is_left_of_a_way_back_stands_in_no_way_up() {
    throwsAwayWhatIsLeft(() -> {
      assertThat(world.deploy(3)).isInstanceOf(Progress.Done.class);
      assertThat(world.schema().level()).isEqualTo(3);
      assertThat(of("CHECK#"))
          .filteredOn(has("weight"))
          .hasSize(World.CHECKS.size())
          .allMatch(item -> List.of("5", "7").contains(Items.value(item, "weight").n()));
      nothingIsLeftOfMigration("0002");
    });
  }
}
