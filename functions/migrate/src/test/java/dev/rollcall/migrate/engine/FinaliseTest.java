package dev.rollcall.migrate.engine;

import static dev.rollcall.core.schema.Schema.Phase.STEADY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testing.Items;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Finalising gives up the way back.
class FinaliseTest extends OnData {

  private Progress finalise(Migrator migrator, String through) {
    var request = world.request();
    return world.finish(until -> migrator.finalise(through, request, until));
  }

  @Test
  void is_refused_within_two_weeks() {
    world.deploy(3);
    world.clock.advance(Duration.ofDays(13));

    assertThat(refusal(finalise(world.release(3), "0001"))).contains("0001", "14 days");
  }

  @Test
  void is_refused_while_an_older_release_may_come_back() {
    world.deploy(3);
    world.clock.advance(Duration.ofDays(13));
    world.release(1).tick(world.soon());
    world.clock.advance(Duration.ofDays(2));

    assertThat(refusal(finalise(world.release(3), "0001"))).contains("0.1.0", "level 1");
  }

  @Test
  void takes_away_what_only_the_way_back_needs_and_the_way_back() {
    world.deploy(3);
    world.clock.advance(Duration.ofDays(15));
    assertThat(of("CHECK#")).anyMatch(item -> World.key(item).contains("ATTIC#"));
    var before = world.seen();

    assertThat(finalise(world.release(3), "0002")).isInstanceOf(Progress.Done.class);

    assertThat(world.seen()).isEqualTo(before);
    assertThat(world.items())
        .noneMatch(item ->
            item.keySet().stream().anyMatch(name -> name.startsWith("~"))
                || World.key(item).contains("ATTIC#"));
    assertThat(entry("0002").state()).isEqualTo(Entry.State.FINALISED);
    assertThat(refusal(world.expand(2))).contains("0002", "final");
  }

  @Test
  void of_what_the_data_does_not_know_is_refused() {
    assertThat(refusal(finalise(world.release(2), "0009"))).contains("0009");
  }

  @Nested
  class Of_what_was_taken_back {
    /// Back from level 3 at level 1, with values that only the newer shapes have.
    private void takenBack() {
      world.deploy(3);
      weigh("7");
      world.rollback(1);
      assertThat(residue()).isNotEmpty();
    }

    @Test
    void the_older_release_throws_away_what_is_left() {
      takenBack();
      world.clock.advance(Duration.ofDays(15));
      var before = world.seen();

      assertThat(finalise(world.release(1), "0002")).isInstanceOf(Progress.Done.class);

      assertThat(residue()).isEmpty();
      assertThat(world.seen()).isEqualTo(before);
      assertThat(world.schema()).isEqualTo(schema(1, 1, 1, 1, STEADY));
      assertThat(world.head().intent()).isNull();
      for (var id : List.of("0001", "0002")) {
        assertThat(entry(id).state()).isEqualTo(Entry.State.ROLLED_BACK);
        assertThat(entry(id).stamps().finalised()).isNotNull();
      }
    }

    @Test
    void another_way_up_makes_it_anew_and_another_way_back_leaves_it_again() {
      takenBack();
      world.clock.advance(Duration.ofDays(15));
      finalise(world.release(1), "0002");

      assertThat(world.deploy(3)).isEqualTo(new Progress.Done(schema(3, 3, 3, 3, STEADY)));
      assertThat(of("CHECK#")).filteredOn(has("weight")).allMatch(item -> weight(item, "5"));
      assertThat(entry("0002").stamps().finalised()).isNull();
      weigh("8");
      world.rollback(1);
      assertThat(residue()).isNotEmpty();
    }

    @Test
    void nothing_is_thrown_away_unless_somebody_asks() {
      takenBack();
      world.clock.advance(Duration.ofDays(15));
      assertThat(world.deploy(3)).isInstanceOf(Progress.Done.class);
      assertThat(of("CHECK#")).filteredOn(has("weight")).allMatch(item -> weight(item, "7"));
    }

    @Test
    void is_refused_within_two_weeks() {
      takenBack();
      world.clock.advance(Duration.ofDays(13));
      assertThat(refusal(finalise(world.release(1), "0002"))).contains("0001", "taken back");
    }

    @Test
    void is_refused_while_the_newer_release_may_come_back() {
      takenBack();
      world.clock.advance(Duration.ofDays(13));
      world.release(3).tick(world.soon());
      world.clock.advance(Duration.ofDays(2));
      assertThat(refusal(finalise(world.release(1), "0002"))).contains("0.3.0", "level 3");
    }

    @Test
    void is_overtaken_by_a_deployment_of_the_newer_release() {
      takenBack();
      world.clock.advance(Duration.ofDays(15));
      var older = world.release(1);
      older.finalise("0002", "final", world.soon());
      world.clock.advance(world.timing.cache());
      older.finalise("0002", "final", world.soon());
      assertThat(world.head().intent()).isNotNull();

      assertThat(world.deploy(3)).isInstanceOf(Progress.Done.class);
      assertThat(refusal(older.finalise("0002", "final", world.soon()))).contains("overtaken");
    }

    private void weigh(String weight) {
      for (var item : of("CHECK#")) {
        if (item.containsKey("weight")) {
          var heavier = new HashMap<>(item);
          heavier.put("weight", AttributeValue.fromN(weight));
          world.put(heavier);
        }
      }
    }

    private boolean weight(Map<String, AttributeValue> item, String weight) {
      return Items.value(item, "weight").n().equals(weight);
    }

    private List<String> residue() {
      return world.items().stream()
          .filter(item -> !World.key(item).startsWith("META "))
          .filter(item ->
              item.keySet().stream().anyMatch(name -> name.startsWith("~"))
                  || World.key(item).contains("ATTIC#"))
          .map(World::key)
          .toList();
    }
  }
}
