package dev.rollcall.migrate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.migrate.document.Migration;
import dev.rollcall.testing.Crash;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Items that get another key, and their former one again.
class MovedItemsTest extends OnData {
  private static final String REKEY =
      """
      format: 1
      vocab: 1
      id: "0002"
      title: Channels are hooks
      release: 0.3.0
      level: {from: 2, to: 3}
      compat: {minReader: 3, minWriter: 3}
      match: {entity: CHANNEL, pkPrefix: "CHANNEL#", sk: ITEM, version: 2}
      ops:
        - {op: rekey, pkPrefix: "HOOK#", optional: [lastError], phase: settle}
      loss: {down: none-with-attic, finalised: none}
      backup: none
      limits: {itemsPerSecond: 500, segments: 2}
      examples:
        - up:
            in: {name: {S: Office}}
            out: {name: {S: Office}}
        - down:
            in: {name: {S: Office}}
            out: {name: {S: Office}}
      """;

  private static final List<Migration> DOCUMENTS =
      List.of(Papers.ALL.getFirst(), Papers.read(REKEY));

  private Progress up(DynamoDbClient client) {
    return world.settle(world.release(3, DOCUMENTS, client), 3);
  }

  private Map<String, Map<String, AttributeValue>> before() {
    world.deploy(2);
    return world.seen();
  }

  private void isBack(Map<String, Map<String, AttributeValue>> before) {
    assertThat(world.expand(2)).isInstanceOf(Progress.Done.class);
    assertThat(of("HOOK#")).isEmpty();
    assertThat(world.seen()).isEqualTo(before);
  }

  @Test
  void lie_under_their_new_key_and_come_back_from_there() {
    var before = before();

    assertThat(up(world.memory.client())).isInstanceOf(Progress.Done.class);
    assertThat(of("HOOK#")).hasSize(5).allMatch(has("secret"));

    isBack(before);
  }

  @Test
  void come_back_from_every_death() {
    var before = before();
    var items = world.items();
    for (int k = 1; ; k++) {
      world.restore(items);
      try {
        up(Crash.after(k, world.memory.client()));
        assertThat(k).isGreaterThan(20);
        return;
      } catch (Crash.Died death) {
        isBack(before);
      }
    }
  }

  @Test
  void leave_nothing_under_their_former_key_once_that_is_final() {
    before();
    up(world.memory.client());
    assertThat(channels()).hasSize(5);
    world.clock.advance(Duration.ofDays(15));

    var migrator = world.release(3, DOCUMENTS, world.memory.client());
    world.finish(until -> migrator.finalise("0002", "request", until));

    assertThat(channels()).isEmpty();
    assertThat(of("HOOK#")).hasSize(5);
  }
}
