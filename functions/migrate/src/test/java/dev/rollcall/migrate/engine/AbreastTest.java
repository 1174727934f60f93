package dev.rollcall.migrate.engine;

import static dev.rollcall.core.schema.Schema.Phase.STEADY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rollcall.testing.Call;
import dev.rollcall.testing.Crash;
import dev.rollcall.testing.Faults;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Several items of a page are changed at once.
class AbreastTest extends OnData {

  @BeforeEach
  void several() {
    world.abreast = 4;
    for (int number = 0; number < 40; number++) {
      olderChannel("CHANNEL#" + Integer.toHexString(number * 7919));
    }
  }

  private static boolean changesChannel(Call call) {
    return call.writes().filter(partition -> partition.startsWith("CHANNEL#")).isPresent();
  }

  @Test
  void Writes_are_under_way_at_the_same_time() {
    var meeting = new Exchanger<Call>();
    var hasMet = new AtomicBoolean();
    var tries = new AtomicInteger();
    var client =
        Hooks.before(
            world.memory.client(),
            call -> {
              if (changesChannel(call) && !hasMet.get() && tries.incrementAndGet() <= 10) {
                try {
                  meeting.exchange(call, 2, TimeUnit.SECONDS);
                  hasMet.set(true);
                } catch (TimeoutException alone) {
                  // It was the only one to be changed among its neighbours.
                } catch (InterruptedException asked) {
                  Thread.currentThread().interrupt();
                }
              }
            });

    world.expand(world.release(2, client), 2);

    assertThat(hasMet).isTrue();
    assertThat(channels()).hasSize(45).allMatch(has("secret"));
  }

  @Test
  void Each_item_is_counted_once_though_the_table_refuses_every_third_call() {
    var calls = new AtomicInteger();
    var client =
        Faults.throttling(
            call -> changesChannel(call) && calls.incrementAndGet() % 3 == 0,
            world.memory.client());

    world.expand(world.release(2, client), 2);
    world.settle(world.release(2, client), 2);

    assertThat(channels()).hasSize(45).allMatch(has("secret"));
    assertThat(entry("0001").counts().changed()).isEqualTo(45);
  }

  @Test
  void Each_item_is_counted_once_though_the_table_refuses_some_for_a_while() {
    var refused = new AtomicInteger();
    var client =
        Faults.throttling(
            call ->
                changesChannel(call)
                    && call.writes().orElseThrow().hashCode() % 3 == 0
                    && refused.incrementAndGet() < 60,
            world.memory.client());

    world.expand(world.release(2, client), 2);
    world.settle(world.release(2, client), 2);

    assertThat(refused).hasValueGreaterThan(7);
    assertThat(channels()).hasSize(45).allMatch(has("secret"));
    assertThat(entry("0001").counts().changed()).isEqualTo(45);
  }

  @Test
  void Death_at_any_call_is_made_good() {
    var before = world.items();
    world.deploy(2);
    var newer = world.shapes();
    for (int k = 1; k < 90; k += 3) {
      world.restore(before);
      var dying = world.release(2, Crash.after(k, world.memory.client()));
      assertThat(
              catchThrowable(() -> {
                world.expand(dying, 2);
                world.settle(dying, 2);
              }))
          .as("call %s", k)
          .isInstanceOf(Crash.Died.class);

      world.deploy(2);

      assertThat(world.shapes()).isEqualTo(newer);
      assertThat(world.schema()).isEqualTo(schema(2, 2, 1, 1, STEADY));
    }
  }
}
