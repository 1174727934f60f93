package dev.rollcall.sweep;

import static dev.rollcall.sweep.SweepWorld.HOUR;
import static dev.rollcall.sweep.SweepWorld.NOON;
import static dev.rollcall.sweep.SweepWorld.TEN_MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.Reason;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.State;
import dev.rollcall.core.check.Status;
import dev.rollcall.core.schema.Release;
import dev.rollcall.core.schema.Schema;
import dev.rollcall.edge.Metrics;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.edge.queue.Messages;
import dev.rollcall.store.SchemaItem;
import dev.rollcall.store.WaitingPing;
import dev.rollcall.testing.LoggedText;
import dev.rollcall.testing.SampleProject;
import dev.rollcall.testing.SchemaItems;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Hours in which this release cannot read the data, or may not change it, and what follows.
class DegradedHourTest {
  private static final Instant DEADLINE = NOON.plus(HOUR).plus(TEN_MINUTES);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SweepWorld world = new SweepWorld();
  private final SchemaItems data = new SchemaItems(world.memory);
  private final LoggedText logged = new LoggedText("");

  @AfterEach
  void close() {
    logged.close();
    world.close();
  }

  @Nested
  class Data_that_can_be_read {
    private final CheckId id = world.upCheck(HOUR, TEN_MINUTES);

    @Test
    void is_watched_over_when_it_is_newer() {
      newer(id);
      data.aheadAndTolerant();
      world.moveTo(DEADLINE);
      world.tick();
      assertThat(world.told()).containsExactly(new Message.Told(id, 2));
    }

    @Test
    void is_watched_over_when_people_may_not_change_it() {
      newer(id);
      data.readOnly();
      world.moveTo(DEADLINE);
      world.look(new Message.Look(id, DEADLINE, DEADLINE));
      assertThat(world.told()).containsExactly(new Message.Told(id, 2));
      assertThat(logged.text()).doesNotContain("degraded");
    }
  }

  @Nested
  class Data_that_cannot_be_read {
    private final CheckId id = world.upCheck(HOUR, TEN_MINUTES);

    {
      data.unreadable();
      world.moveTo(DEADLINE);
    }

    @Test
    void has_nobody_go_down_by_a_tick() {
      var before = world.item(id);
      world.tick();
      assertThat(world.item(id)).isEqualTo(before);
      assertThat(world.queues.sent()).isEmpty();
    }

    @Test
    void has_nobody_go_down_by_a_look_and_its_message_is_done_with() {
      var before = world.item(id);
      assertThat(world.look(new Message.Look(id, DEADLINE, DEADLINE)))
          .isEqualTo("{\"batchItemFailures\":[]}");
      assertThat(world.item(id)).isEqualTo(before);
      assertThat(world.queues.sent()).isEmpty();
    }

    @Test
    void is_said_once_a_tick() {
      world.tick();
      world.moveTo(DEADLINE.plus(MINUTE));
      world.tick();
      assertThat(logged.text().split("monitoring degraded", -1)).hasSize(3);
      assertThat(logged.text())
          .contains("level 3", "release " + Release.THIS.name(), "level " + Release.THIS.level());
    }

    @Test
    void goes_down_at_its_deadline_when_it_can_be_read_again() {
      world.moveTo(DEADLINE.plus(HOUR));
      data.own();
      world.tick();
      assertThat(world.check(id).state()).isEqualTo(new State.Down(DEADLINE, Reason.TIMEOUT, NOON));
      assertThat(world.told()).containsExactly(new Message.Told(id, 2));
    }
  }

  @Nested
  class Data_that_says_of_itself_what_this_release_does_not_understand {
    private final CheckId id = world.upCheck(HOUR, TEN_MINUTES);

    @Test
    void cannot_be_read_either_which_is_said_once_a_tick() {
      var before = world.item(id);
      data.own();
      data.strange("minReader");
      data.strange("level");
      world.moveTo(DEADLINE);
      world.tick();
      assertThat(logged.text())
          .contains(
              "monitoring degraded: data of level unknown", "SCHEMA: `minReader` is no number");
      assertThat(world.item(id)).isEqualTo(before);
      assertThat(world.queues.sent()).isEmpty();
    }
  }

  @Nested
  class The_metric_of_it {
    @Test
    void is_written_where_there_is_cloudwatch() {
      var out = new ByteArrayOutputStream();
      var metrics =
          new Metrics(
              "rollcall-sweep",
              new PrintStream(out, true, StandardCharsets.UTF_8),
              InstantSource.fixed(NOON));
      new Degraded(metrics).report(SchemaItem.of(Schema.FIRST));
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"MonitoringDegraded\": 1}");
    }
  }

  @Nested
  class A_check_whose_time_is_up_while_pings_wait {
    private final CheckId id = world.upCheck(HOUR, TEN_MINUTES);

    @Test
    void stays_up_as_long_as_one_of_them_may_be_its_own() {
      keep("/ping/" + id, NOON.plus(HOUR));
      world.moveTo(DEADLINE.plusSeconds(30));
      world.tick();
      assertThat(world.check(id).state().status()).isEqualTo(Status.UP);
      assertThat(world.told()).isEmpty();
      assertThat(world.queues.sentTo("due")).isEmpty();

      world.deliverInbox();
      world.tick();
      assertThat(world.check(id).state()).isEqualTo(new State.Up(NOON.plus(HOUR)));
      assertThat(world.check(id).flips()).isEqualTo(1);
    }

    @Test
    void stays_up_when_a_message_asks_for_a_look() {
      keep("/ping/" + id, NOON.plus(HOUR));
      world.moveTo(DEADLINE);
      assertThat(world.look(new Message.Look(id, DEADLINE, DEADLINE)))
          .isEqualTo("{\"batchItemFailures\":[]}");
      assertThat(world.check(id).state().status()).isEqualTo(Status.UP);
      assertThat(world.queues.sent()).isEmpty();
    }

    @Test
    void goes_down_when_they_have_been_taken_and_were_not_its_own() {
      var other = world.upCheck(Duration.ofDays(2), HOUR);
      keep("/ping/" + other, NOON.plus(HOUR));
      world.moveTo(DEADLINE.plusSeconds(30));
      world.tick();
      assertThat(world.check(id).state().status()).isEqualTo(Status.UP);
      world.deliverInbox();
      world.moveTo(DEADLINE.plusSeconds(90));
      world.tick();
      assertThat(world.check(id).state()).isEqualTo(new State.Down(DEADLINE, Reason.TIMEOUT, NOON));
    }

    @Test
    void goes_down_at_once_when_they_came_after_its_deadline() {
      keep("/ping/" + id, DEADLINE.plusNanos(1_000));
      world.moveTo(DEADLINE.plusSeconds(30));
      world.tick();
      assertThat(world.check(id).state().status()).isEqualTo(Status.DOWN);
    }

    @Test
    void goes_down_six_minutes_later_at_most_when_one_of_them_can_never_be_taken() {
      var stuck = world.upCheck(HOUR, TEN_MINUTES);
      world.edit(stuck, "_v", AttributeValue.fromN("9"));
      keep("/ping/" + stuck, NOON.plus(HOUR));
      world.moveTo(DEADLINE);
      for (int minute = 0; minute < 6; minute++) {
        world.tick();
        world.deliverInbox();
        world.clock.advance(MINUTE);
      }
      world.tick();
      assertThat(world.check(id).state()).isEqualTo(new State.Down(DEADLINE, Reason.TIMEOUT, NOON));
      assertThat(world.undelivered()).hasSize(1);
    }

    @Test
    void is_told_again_of_what_is_untold() {
      world.ping("/ping/" + id + "/fail");
      world.queues.drain();
      keep("/ping/" + id, NOON.plusSeconds(1));
      world.moveTo(NOON.plusSeconds(61));
      world.tick();
      assertThat(world.told()).contains(new Message.Told(id, 2));
    }
  }

  @Nested
  class A_tick {
    @Test
    void asks_for_each_shard_with_pings_to_be_drained() {
      for (int shard : new int[] {1, 3}) {
        world.inbox.keep(shard, ping("/ping/" + UUID.randomUUID(), NOON));
      }
      world.tick();
      assertThat(world.queues.sentTo("inbox"))
          .extracting(sent -> Messages.drain(sent.body()).orElseThrow())
          .containsExactly(new Message.Drain(1), new Message.Drain(3));
    }
  }

  /// Pings of all kinds, by id and by slug, go on arriving while this release loses sight of the
  /// data and gets it back, three times. Every job pings in time.
  @Nested
  class All_pings {
    private static final int CHECKS = 24;
    private static final Duration PERIOD = Duration.ofMinutes(20);
    private static final List<String> KINDS = List.of("", "", "", "/0", "/log", "/start", "");

    private final List<CheckId> ids = new ArrayList<>();
    private final Map<CheckId, List<Instant>> accepted = new HashMap<>();
    private final Map<CheckId, Instant> done = new HashMap<>();
    private final List<Instant> downs = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void are_counted_once_in_order_and_nobody_is_alerted(long seed) {
      var random = new Random(seed);
      for (int number = 0; number < CHECKS; number++) {
        var id = new CheckId(new UUID(random.nextLong(), random.nextLong()));
        world.project.add(id, "job-" + number, PERIOD, TEN_MINUTES, Rules.NONE, Keywords.NONE);
        ids.add(id);
        accepted.put(id, new ArrayList<>());
      }
      world.afterwards(this::followUp);
      var end = NOON.plus(Duration.ofHours(8));
      for (var now = NOON; now.isBefore(end); now = now.plus(MINUTE)) {
        live(random, now);
        setScene(Duration.between(NOON, now).toMinutes());
      }
      data.own();
      world.run(end.plus(TEN_MINUTES), MINUTE);

      assertThat(world.kept()).isEmpty();
      assertThat(world.undelivered()).isEmpty();
      assertThat(downs).isEmpty();
      var total = 0;
      for (var id : ids) {
        var times = accepted.computeIfAbsent(id, _ -> new ArrayList<>());
        assertThat(world.check(id).pings()).isEqualTo(times.size());
        assertThat(world.log.pings(id, 0, 10_000).reversed()).extracting(Ping::at).isEqualTo(times);
        assertThat(world.check(id).state().status()).isEqualTo(Status.UP);
        total += times.size();
      }
      assertThat(total).isGreaterThan(1_500);
    }

    /// One minute, in which some jobs ping.
    private void live(Random random, Instant now) {
      for (int number = 0; number < CHECKS; number++) {
        var id = ids.get(number);
        var times = accepted.computeIfAbsent(id, _ -> new ArrayList<>());
        var due = now.isAfter(done.getOrDefault(id, NOON).plus(Duration.ofMinutes(15)));
        if (due || times.isEmpty() || random.nextInt(10) == 0) {
          world.run(now.plusMillis(2_000L * number), MINUTE);
          var path =
              number % 2 == 0
                  ? "/ping/" + id
                  : "/ping/" + SampleProject.PING_KEY + "/job-" + number;
          var rest = due ? "" : KINDS.get(random.nextInt(KINDS.size()));
          ping(id, path + rest);
          if (rest.equals("/start")) {
            world.clock.advance(Duration.ofMillis(500));
            ping(id, path);
          }
          followUp();
        }
      }
    }

    private void ping(CheckId id, String path) {
      assertThat(world.ping(path)).isEqualTo(200);
      accepted.computeIfAbsent(id, _ -> new ArrayList<>()).add(world.clock.instant());
      if (!path.endsWith("/log") && !path.endsWith("/start")) {
        done.put(id, world.clock.instant());
      }
    }

    /// Half an hour to two hours out of sight, thrice; once all items are those of a newer release.
    private void setScene(long minute) {
      if (minute == 60 || minute == 240 || minute == 400) {
        ids.forEach(DegradedHourTest.this::newer);
        data.unreadable();
      } else if (minute == 90 || minute == 360) {
        data.aheadAndTolerant();
      } else if (minute == 430) {
        ids.forEach(id -> world.edit(id, "_v", AttributeValue.fromN("1")));
        data.own();
      }
    }

    /// Plays the queues, and `notify`.
    private void followUp() {
      world.deliverInbox();
      for (var sent : world.queues.take("flips")) {
        var told = Messages.told(sent.body());
        world.item(told.check()).untold().stream()
            .filter(flip -> flip.number() == told.flip())
            .filter(flip -> flip.to() == Status.DOWN)
            .forEach(flip -> downs.add(flip.at()));
        world.checks.told(told.check(), told.flip());
      }
    }
  }

  private void newer(CheckId id) {
    world.edit(id, "_v", AttributeValue.fromN(Integer.toString(Release.THIS.level() + 1)));
  }

  /// Has a ping wait that arrived at `at`.
  private void keep(String path, Instant at) {
    world.inbox.keep(0, ping(path, at));
  }

  private static WaitingPing ping(String path, Instant at) {
    return new WaitingPing(
        UUID.randomUUID().toString(), at, "GET", path, "", "", "", "", Body.EMPTY);
  }
}
