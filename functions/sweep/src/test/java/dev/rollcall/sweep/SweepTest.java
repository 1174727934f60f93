package dev.rollcall.sweep;

import static dev.rollcall.sweep.SweepWorld.HOUR;
import static dev.rollcall.sweep.SweepWorld.NOON;
import static dev.rollcall.sweep.SweepWorld.TEN_MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Reason;
import dev.rollcall.core.check.State;
import dev.rollcall.core.check.Status;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.edge.queue.Messages;
import dev.rollcall.testing.Meter.Usage;
import dev.rollcall.testing.QueueInMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SweepTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LONGEST_GAP = Duration.ofSeconds(119);
  private static final Instant DEADLINE = NOON.plus(HOUR).plus(TEN_MINUTES);

  private final SweepWorld world = new SweepWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Nested
  class An_up_check {
    private final CheckId id = world.upCheck(HOUR, TEN_MINUTES);

    @Test
    void goes_down_at_its_deadline_however_late_the_tick() {
      world.moveTo(DEADLINE.plus(HOUR));
      world.tick();
      assertThat(world.check(id).state()).isEqualTo(new State.Down(DEADLINE, Reason.TIMEOUT, NOON));
      assertThat(world.item(id).untold())
          .singleElement()
          .satisfies(flip -> assertThat(flip.at()).isEqualTo(DEADLINE));
      assertThat(world.told()).containsExactly(new Message.Told(id, 2));
    }

    /// AWS bills half a read unit for each query even though it finds nothing; DynamoDB Local
    /// reports none.
    @Test
    void is_left_alone_before_the_horizon_reaches_its_deadline() {
      world.moveTo(DEADLINE.minusSeconds(150).minusNanos(1_000));
      world.usage();
      world.tick();
      assertThat(world.queues.sent()).isEmpty();
      assertThat(world.usage()).isEqualTo(new Usage(13, 0.0, 1.0));
    }

    @Test
    void gets_a_look_ahead_to_the_second() {
      var now = DEADLINE.minusMillis(42_300);
      world.moveTo(now);
      world.tick();
      assertThat(world.queues.sent())
          .containsExactly(
              new QueueInMemory.Sent(
                  "due", Messages.write(new Message.Look(id, DEADLINE, now.plusSeconds(150))), 43));
    }

    @Test
    void is_never_looked_at_before_its_time() {
      world.moveTo(DEADLINE.minusSeconds(42).minusNanos(1_000));
      world.tick();
      assertThat(world.queues.sent())
          .extracting(QueueInMemory.Sent::delaySeconds)
          .containsExactly(43);
    }

    @Test
    void goes_down_within_a_second_of_its_deadline_between_two_ticks() {
      world.run(DEADLINE.plusSeconds(1), LONGEST_GAP);
      assertThat(world.check(id).state().status()).isEqualTo(Status.DOWN);
      assertThat(world.told()).contains(new Message.Told(id, 2));
    }

    @Test
    void has_its_index_entry_moved_on_once_per_period() {
      var entries = new HashSet<Instant>();
      for (int turn = 0; turn < 36; turn++) {
        world.run(world.clock.instant().plus(TEN_MINUTES), MINUTE);
        world.ping("/ping/" + id);
        entries.add(world.due(id).orElseThrow());
      }
      assertThat(world.check(id).flips()).isEqualTo(1);
      assertThat(entries.size()).isBetween(5, 7);
    }

    @Test
    void is_swept_once_by_two_sweeps_in_a_row() {
      world.moveTo(DEADLINE);
      world.tick();
      var swept = world.item(id);
      world.tick();
      assertThat(world.item(id)).isEqualTo(swept);
      assertThat(world.told()).containsExactly(new Message.Told(id, 2));
    }

    @Test
    void stays_paused_when_it_is_paused_while_a_message_is_under_way() {
      world.moveTo(DEADLINE.minusSeconds(30));
      world.tick();
      world.receive();
      world.change(id, check -> check.pause(world.clock.instant()));
      world.tell(id);
      world.run(DEADLINE.plus(HOUR), MINUTE);
      assertThat(world.check(id).state()).isEqualTo(new State.Paused(NOON));
      assertThat(world.check(id).flips()).isEqualTo(2);
      assertThat(world.told()).isEmpty();
      assertThat(world.due(id)).isEmpty();
    }

    @Test
    void stays_deleted_when_it_is_deleted_while_a_message_is_under_way() {
      world.moveTo(DEADLINE.minusSeconds(30));
      world.tick();
      world.receive();
      world.catalog.delete(id);
      world.run(DEADLINE.plus(HOUR), MINUTE);
      assertThat(world.checks.find(id)).isEmpty();
      assertThat(world.told()).isEmpty();
    }

    @Test
    void stays_up_when_it_is_pinged_while_a_message_is_under_way() {
      world.moveTo(DEADLINE.minusSeconds(30));
      world.tick();
      world.receive();
      world.ping("/ping/" + id);
      world.run(DEADLINE.plusSeconds(60), MINUTE);
      assertThat(world.check(id).state().status()).isEqualTo(Status.UP);
      assertThat(world.due(id)).contains(DEADLINE.minusSeconds(30).plus(HOUR).plus(TEN_MINUTES));
    }

    @Test
    void costs_8_index_queries_a_read_and_a_due_index_write_to_bring_down_beside_those_of_a_tick() {
      world.moveTo(DEADLINE);
      world.usage();
      world.tick();
      assertThat(world.usage()).isEqualTo(new Usage(15, 3.0, 2.5));
    }

    @Test
    void costs_a_read_and_a_due_index_write_to_look_at() {
      world.moveTo(DEADLINE);
      world.usage();
      world.look(new Message.Look(id, DEADLINE, DEADLINE));
      assertThat(world.usage()).isEqualTo(new Usage(7, 3.0, 2.0));
    }
  }

  @Nested
  class A_look_before_its_time {
    private final CheckId id = world.upCheck(HOUR, TEN_MINUTES);

    @Test
    void comes_again_within_its_horizon() {
      world.moveTo(DEADLINE.minusSeconds(20));
      var look = new Message.Look(id, DEADLINE, DEADLINE);
      world.look(look);
      assertThat(world.queues.drain())
          .containsExactly(new QueueInMemory.Sent("due", Messages.write(look), 20));
    }

    @Test
    void ends_where_the_deadline_is_beyond_its_horizon() {
      world.moveTo(DEADLINE.minusSeconds(20));
      world.look(new Message.Look(id, NOON, DEADLINE.minusSeconds(1)));
      assertThat(world.queues.sent()).isEmpty();
    }
  }

  @Nested
  class A_look_that_somebody_else_has_taken {
    @Test
    void tells_nothing_a_second_time() {
      var id = world.upCheck(HOUR, TEN_MINUTES);
      world.moveTo(DEADLINE);
      world.look(new Message.Look(id, DEADLINE, DEADLINE));
      world.look(new Message.Look(id, DEADLINE, DEADLINE));
      assertThat(world.told()).filteredOn(told -> told.check().equals(id)).hasSize(1);
    }
  }

  /// A ping after another may ask for a look at the same moment: both come in one batch.
  @Nested
  class Looks_that_ask_the_same {
    private final CheckId id = world.upCheck(HOUR, TEN_MINUTES);

    @Test
    void tell_what_they_find_once() {
      world.moveTo(DEADLINE);
      assertThat(world.lookTwice(new Message.Look(id, DEADLINE, DEADLINE)))
          .isEqualTo("{\"batchItemFailures\":[]}");
      assertThat(world.told()).containsExactly(new Message.Told(id, 2));
    }

    @Test
    void are_asked_for_by_a_ping_that_comes_after_the_deadline() {
      world.moveTo(DEADLINE.plusSeconds(1));
      world.ping("/ping/" + id + "/log");
      world.ping("/ping/" + id + "/log");
      world.receive();
      world.tick();
      assertThat(world.told()).contains(new Message.Told(id, 2));
    }
  }

  @Nested
  class A_run {
    @Test
    void that_is_too_long_is_found_within_a_second_though_no_tick_saw_it_coming() {
      var id = world.upCheck(HOUR, MINUTE);
      world.tick();
      world.moveTo(NOON.plusMillis(500));
      world.ping("/ping/" + id + "/start");
      world.run(NOON.plusMillis(61_500), LONGEST_GAP);
      assertThat(world.check(id).state())
          .isEqualTo(new State.Down(NOON.plusMillis(60_500), Reason.TIMEOUT, NOON));
    }

    @Test
    void that_ends_in_time_leaves_the_check_up() {
      var id = world.upCheck(HOUR, MINUTE);
      world.ping("/ping/" + id + "/start");
      world.moveTo(NOON.plusSeconds(59));
      world.ping("/ping/" + id);
      world.run(NOON.plusSeconds(600), LONGEST_GAP);
      assertThat(world.check(id).state()).isEqualTo(new State.Up(NOON.plusSeconds(59)));
    }
  }

  @Nested
  class An_untold_flip {
    private final CheckId id = world.upCheck(HOUR, TEN_MINUTES);

    @Test
    void is_sent_again_a_minute_later_until_somebody_takes_it_over() {
      world.ping("/ping/" + id + "/fail");
      world.queues.drain();
      world.tick();
      world.run(NOON.plusSeconds(59), MINUTE);
      assertThat(world.told()).isEmpty();
      world.run(NOON.plusSeconds(61), MINUTE);
      assertThat(world.told()).isNotEmpty().containsOnly(new Message.Told(id, 2));

      world.tell(id);
      world.run(NOON.plusSeconds(200), MINUTE);
      world.queues.drain();
      world.run(NOON.plusSeconds(900), MINUTE);
      assertThat(world.told()).isEmpty();
      assertThat(world.due(id)).isEmpty();
    }
  }
}
