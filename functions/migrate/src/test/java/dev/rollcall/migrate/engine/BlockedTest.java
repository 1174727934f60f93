package dev.rollcall.migrate.engine;

import static dev.rollcall.core.schema.Schema.Phase.BLOCKED;
import static dev.rollcall.core.schema.Schema.Phase.STEADY;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import dev.rollcall.testing.Faults;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/// An item that cannot be changed.
class BlockedTest extends OnData {

  private void tooLarge() {
    var item = new HashMap<>(channels().getFirst());
    item.put("note", fromS("x".repeat(408_000)));
    world.put(item);
  }

  private void small() {
    var item = new HashMap<>(channels().getFirst());
    item.remove("note");
    world.put(item);
  }

  @Test
  void blocks_the_work_and_is_named_and_the_others_are_done() {
    tooLarge();

    var blocked = (Progress.Blocked) world.expand(2);

    assertThat(blocked.reason()).contains("0001", "400 KB");
    assertThat(blocked.items()).containsExactly(World.key(channels().getFirst()));
    assertThat(world.schema().phase()).isEqualTo(BLOCKED);
    assertThat(channels().stream().filter(has("secret"))).hasSize(4);
  }

  @Test
  void leaves_the_work_blocked_for_the_tick_until_somebody_tries_again() {
    tooLarge();
    world.expand(2);
    small();

    assertThat(world.finish(world.release(2)::tick)).isInstanceOf(Progress.Blocked.class);
    assertThat(world.deploy(2)).isEqualTo(new Progress.Done(schema(2, 2, 1, 1, STEADY)));
    assertThat(channels()).allMatch(has("secret"));
  }

  @Test
  void does_not_stand_in_the_way_back() {
    var before = world.seen();
    tooLarge();
    world.expand(2);
    small();

    assertThat(world.rollback(1)).isEqualTo(new Progress.Done(schema(1, 1, 1, 1, STEADY)));
    assertThat(world.seen()).isEqualTo(before);
  }

  @Test
  void that_is_so_large_already_may_shrink() {
    var shrinking =
        Papers.read(
            """
            format: 1
            vocab: 1
            id: "0002"
            title: No notes
            release: 0.3.0
            level: {from: 2, to: 3}
            compat: {minReader: 3, minWriter: 3}
            match: {entity: CHANNEL, pkPrefix: "CHANNEL#", sk: ITEM, version: 2}
            ops: [{op: remove, attr: note}]
            loss: {down: none-with-attic, finalised: the note}
            backup: none
            examples:
              - up: {in: {note: {S: x}}, out: {}}
              - down: {in: {}, out: {}}
            """);
    world.deploy(2);
    tooLarge();
    var migrator =
        world.release(3, List.of(Papers.ALL.getFirst(), shrinking), world.memory.client());

    assertThat(world.settle(migrator, 3)).isInstanceOf(Progress.Done.class);
    assertThat(channels()).noneMatch(has("note"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "missing", "text"})
  void of_no_version_is_named_and_mended(String version) {
    var good = channels().getFirst();
    var item = new HashMap<>(good);
    switch (version) {
      case "missing" -> item.remove("_v");
      case "text" -> item.put("_v", fromS("1"));
      default -> item.put("_v", fromN(version));
    }
    world.put(item);

    for (int trial = 0; trial < 2; trial++) {
      var blocked = (Progress.Blocked) world.expand(2);
      assertThat(blocked.reason()).contains("0001", "`_v`");
      assertThat(blocked.items()).containsExactly(World.key(item));
    }
    world.put(good);
    assertThat(world.deploy(2)).isEqualTo(new Progress.Done(schema(2, 2, 1, 1, STEADY)));
    assertThat(channels()).allMatch(has("secret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000", "text"})
  void from_another_table_is_named_and_mended(String generation) {
    var good = channels().getFirst();
    var item = new HashMap<>(good);
    item.put("_g", generation.equals("text") ? fromS("x") : fromN(generation));
    world.put(item);

    var blocked = (Progress.Blocked) world.expand(2);
    assertThat(blocked.reason()).contains("0001", "another table", "Remove its `_g`");
    assertThat(blocked.items()).containsExactly(World.key(item));
    world.put(good);
    assertThat(world.deploy(2)).isEqualTo(new Progress.Done(schema(2, 2, 1, 1, STEADY)));
  }

  /// As if the table knew a limit that the lint does not.
  private final DynamoDbClient picky =
      Faults.failing(
          call -> call.operation().equals("updateItem") && call.toString().contains("weight"),
          () ->
              DynamoDbException.builder()
                  .awsErrorDetails(
                      AwsErrorDetails.builder()
                          .errorCode("ValidationException")
                          .errorMessage("Number overflow")
                          .build())
                  .build(),
          world.memory.client());

  @Test
  void that_DynamoDB_refuses_is_named_and_the_document_corrected_once_it_is_taken_back() {
    world.deploy(2);
    var before = world.seen();
    var blocked = (Progress.Blocked) world.expand(world.release(3, picky), 3);
    assertThat(blocked.reason()).contains("0002", "Number overflow");
    assertThat(world.rollback(2)).isInstanceOf(Progress.Done.class);
    assertThat(world.seen()).isEqualTo(before);

    var corrected = Papers.read(Papers.HOT.replace("weight", "mass"));
    var documents = List.of(Papers.ALL.getFirst(), corrected);
    assertThat(world.settle(world.release(3, documents, world.memory.client()), 3))
        .isEqualTo(new Progress.Done(schema(3, 3, 3, 3, STEADY)));
    assertThat(entry("0002").text().sha256()).isEqualTo(corrected.sha256());
    assertThat(world.rollback(2)).isInstanceOf(Progress.Done.class);
    assertThat(world.seen()).isEqualTo(before);
  }
}
