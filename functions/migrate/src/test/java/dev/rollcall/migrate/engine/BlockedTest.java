package dev.rollcall.migrate.engine;

import static dev.rollcall.core.schema.Schema.Phase.BLOCKED;
import static dev.rollcall.core.schema.Schema.Phase.STEADY;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.util.HashMap;
import org.junit.jupiter.api.Test;

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
}
