package dev.rollcall.migrate.engine;

import static dev.rollcall.core.schema.Schema.Phase.STEADY;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import dev.rollcall.migrate.engine.Hooks.Hook;
import dev.rollcall.store.RawItems;
import dev.rollcall.store.RawItems.Outcome;
import dev.rollcall.store.RawWrite;
import dev.rollcall.store.RawWrite.Only;
import dev.rollcall.store.RawWrite.Term;
import dev.rollcall.testing.Call;
import dev.rollcall.testing.Faults;
import dev.rollcall.testing.Items;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// Others do something between any two calls of a migrator.
class RacesTest extends OnData {
  private static boolean changesChannel(Call call) {
    return call.request() instanceof UpdateItemRequest update
        && Items.value(update.key(), RawItems.PK).s().startsWith("CHANNEL#");
  }

  @Test
  void A_worker_that_wakes_up_after_the_last_clean_pass_leaves_nothing_behind() {
    var before = world.shapes();
    world.release(2).expand(2, "up", world.soon());
    world.clock.advance(Duration.ofSeconds(15));
    var awake = new AtomicInteger();
    var back = world.release(1);
    var late =
        Hooks.before(
            world.memory.client(),
            call -> {
              if (changesChannel(call)) {
                // It has read a page and sleeps, with all that it was about to write; meanwhile all
                // is taken back, but for the last look.
                synchronized (back) {
                  if (awake.getAndIncrement() == 0) {
                    takesBack(back);
                    world.clock.advance(Duration.ofSeconds(30));
                  }
                }
              }
            });

    var progress = world.release(2, late).expand(2, "up", world.soon().plusSeconds(600));

    assertThat(refusal(progress)).contains("overtaken");
    assertThat(channels().stream().filter(has("secret"))).hasSize(1);
    world.finish(until -> back.rollback(1, "back", false, until));
    assertThat(world.shapes()).isEqualTo(before);
    assertThat(world.schema()).isEqualTo(schema(1, 1, 1, 1, STEADY));
  }

  private void takesBack(Migrator back) {
    var progress = back.rollback(1, "back", false, world.soon());
    while (progress instanceof Progress.Going going
        && !going.doing().equals("waiting before the last look")) {
      world.waitFor(going);
      progress = back.rollback(1, "back", false, world.soon());
    }
    assertThat(channels()).noneMatch(has("secret"));
  }

  @Test
  void A_request_that_comes_twice_at_once_is_done_once() {
    world.deploy(3);
    var newer = world.shapes();
    world.reset();
    world.deploy(2);
    var before = world.items();
    var calls = 1;
    for (int k = 1; k <= calls; k += 2) {
      world.restore(before);
      var twin = world.release(3);
      var hook = Hooks.at(k, () -> twin.settle(3, "request", world.soon()));
      var one = world.release(3, Hooks.before(world.memory.client(), hook));

      world.finish(until -> one.settle(3, "request", until));
      world.finish(until -> twin.settle(3, "request", until));

      assertThat(world.shapes()).isEqualTo(newer);
      assertThat(world.schema()).isEqualTo(schema(3, 3, 3, 3, STEADY));
      calls = hook.calls();
    }
    assertThat(calls).isGreaterThan(40);
  }

  @Test
  void No_write_begins_later_after_a_look_at_META_than_whoever_takes_over_reckons_with() {
    world.deploy(3);
    var looked = new AtomicReference<>(world.clock.instant());
    var slow = new AtomicInteger();
    var late = new AtomicInteger();
    var client =
        Hooks.before(
            world.memory.client(),
            call -> {
              if (call.request() instanceof GetItemRequest read) {
                if (read.key().equals(Head.KEY)) {
                  looked.set(world.clock.instant());
                } else if (slow.incrementAndGet() <= 6) {
                  world.clock.advance(Duration.ofSeconds(12));
                }
              } else if (call.writes().filter(pk -> pk.startsWith("CHECK#")).isPresent()
                  && !world.clock.instant().isBefore(looked.get().plus(world.timing.page()))) {
                late.incrementAndGet();
              }
            });

    var older = world.release(2, client);
    assertThat(world.finish(until -> older.rollback(2, "back", false, until)))
        .isEqualTo(new Progress.Done(schema(2, 2, 1, 1, STEADY)));

    assertThat(slow).hasValueGreaterThan(3);
    assertThat(late).hasValue(0);
  }

  @Test
  void What_an_older_release_makes_during_a_pass_is_brought_along() {
    var made = new AtomicInteger();
    var client =
        Hooks.before(
            world.memory.client(),
            call -> {
              if (call.operation().equals("scan") && made.get() < 12) {
                olderChannel("CHANNEL#" + Integer.toHexString(77 * made.incrementAndGet()));
              }
            });
    world.expand(world.release(2, client), 2);
    world.settle(world.release(2), 2);

    assertThat(channels()).hasSize(17).allMatch(has("secret"));
  }

  @Test
  void A_table_that_refuses_every_third_call_only_takes_longer() {
    world.deploy(3);
    var newer = world.shapes();
    world.reset();
    world.deploy(2);
    var calls = new AtomicInteger();
    var client =
        Faults.throttling(
            call ->
                !call.operation().equals("transactWriteItems")
                    && (call.operation().equals("scan") || touchesCheck(call))
                    && calls.incrementAndGet() % 3 == 0,
            world.memory.client());

    assertThat(world.settle(world.release(3, client), 3)).isInstanceOf(Progress.Done.class);
    assertThat(world.shapes()).isEqualTo(newer);
  }

  @Test
  void Each_item_is_counted_once_though_the_table_refuses_some_for_a_while() {
    for (int number = 0; number < 40; number++) {
      olderChannel("CHANNEL#" + Integer.toHexString(number * 7919));
    }
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

    assertThat(refused).hasValueGreaterThan(60);
    assertThat(channels()).hasSize(45).allMatch(has("secret"));
    assertThat(entry("0001").counts().changed()).isEqualTo(45);
  }

  @Test
  void A_table_that_refuses_everything_is_left_alone_for_a_while() {
    world.expand(2);
    var busy =
        world.release(
            2, Faults.throttling(call -> call.operation().equals("scan"), world.memory.client()));
    busy.settle(2, "request", world.soon());
    world.clock.advance(Duration.ofSeconds(15));

    assertThat(busy.settle(2, "request", world.soon()))
        .isInstanceOfSatisfying(
            Progress.Going.class,
            going -> {
              assertThat(going.doing()).isEqualTo("the table is busy");
              assertThat(going.again()).isEqualTo(world.clock.instant().plusSeconds(5));
            });
    assertThat(world.finish(world.release(2)::tick)).isInstanceOf(Progress.Done.class);
  }

  @Test
  void Pings_between_any_two_calls_are_neither_refused_nor_lost_up_and_down() {
    world.deploy(2);
    var pinger = new Pinger();
    var client = Hooks.before(world.memory.client(), _ -> pinger.ping());

    world.expand(world.release(3, client), 3);
    world.settle(world.release(3, client), 3);
    assertThat(world.schema().level()).isEqualTo(3);
    world.expand(world.release(2, client), 2);

    assertThat(world.schema()).isEqualTo(schema(2, 2, 1, 1, STEADY));
    assertThat(pinger.pings).isGreaterThan(100);
    pinger.isComplete();
    assertThat(of("CHECK#"))
        .filteredOn(item -> World.key(item).endsWith(" HOT"))
        .allMatch(item -> Items.value(item, "grace").n().equals("3599"));
  }

  private static boolean touchesCheck(Call call) {
    return call.request() instanceof UpdateItemRequest update
        && Items.value(update.key(), RawItems.PK).s().startsWith("CHECK#");
  }

  /// Counts as a ping does, without looking; and steps as one does that has to look first, thinks,
  /// and is refused when somebody else has written meanwhile.
  private final class Pinger {
    private final Map<String, AttributeValue> hot =
        RawItems.key("CHECK#" + World.CHECKS.getFirst(), "HOT");
    private final long atFirst = number(read(), "pings");
    private Map<String, AttributeValue> image = read();
    private int pings;
    private int steps;

    synchronized void ping() {
      var counted =
          world.raw.write(
              new RawWrite.Edit(
                  hot,
                  Map.of("last", fromN("1"), "request", fromS("r" + ++pings)),
                  Set.of("duration"),
                  Set.of("pings", "rev"),
                  Only.EXISTING));
      assertThat(counted).isInstanceOf(Outcome.Written.class);
      if (pings % 2 == 0) {
        image = read();
      }
      if (pings % 5 == 0) {
        step();
      }
    }

    private void step() {
      var next = Map.of("flips", fromN(Integer.toString(++steps)));
      for (int tries = 0; tries < 2; tries++) {
        var only = Only.EXISTING.and(new Term.Is("rev", Items.value(image, "rev")));
        var edit = new RawWrite.Edit(hot, next, Set.of(), Set.of("rev"), only);
        if (world.raw.write(edit) instanceof Outcome.Written) {
          return;
        }
        image = read();
      }
      throw new AssertionError("a step was refused with the item that won");
    }

    void isComplete() {
      assertThat(number(read(), "pings")).isEqualTo(atFirst + pings);
      assertThat(number(read(), "flips")).isEqualTo(steps);
    }

    private Map<String, AttributeValue> read() {
      return new HashMap<>(world.raw.read(hot).orElseThrow());
    }

    private static long number(Map<String, AttributeValue> item, String name) {
      return Long.parseLong(Items.value(item, name).n());
    }
  }

  @Test
  void A_slow_table_takes_several_calls_that_go_on_where_the_last_one_was() {
    world.expand(2);
    for (int number = 0; number < 300; number++) {
      olderChannel("CHANNEL#" + Integer.toHexString(number * 7919));
    }
    Hook slow =
        call -> {
          if (call.operation().equals("scan")) {
            world.clock.advance(Duration.ofSeconds(15));
          }
        };
    var migrator = world.release(2, Hooks.before(world.memory.client(), slow));

    assertThat(world.settle(migrator, 2)).isInstanceOf(Progress.Done.class);

    assertThat(channels()).hasSize(305).allMatch(has("secret"));
    assertThat(entry("0001").counts().changed()).isEqualTo(305);
  }
}
