package dev.rollcall.ping;

import static dev.rollcall.ping.PingWorld.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.Status;
import dev.rollcall.store.WaitingPing;
import dev.rollcall.testing.BadDay;
import dev.rollcall.testing.Call;
import dev.rollcall.testing.Faults;
import dev.rollcall.testing.HttpEvent;
import dev.rollcall.testing.SampleProject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// The pings that wait in the log table, and how they are taken.
class DrainTest {
  private static final String SLUG = "/ping/" + SampleProject.PING_KEY + "/my-job";
  private static final AttributeValue SEVEN = AttributeValue.fromN("7");
  private static final AttributeValue ONE = AttributeValue.fromN("1");

  private final PingWorld world = new PingWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Nested
  class Pings_of_one_check {
    @Test
    void are_taken_in_the_order_of_their_arrival() {
      var id = world.upCheck();
      unreadable(id);
      var arrived =
          Stream.of("/start", "/log", "/fail", "", "/start")
              .map(rest -> {
                world.clock.advance(Duration.ofSeconds(1));
                world.ping("/ping/" + id + rest);
                return world.clock.instant();
              })
              .toList();
      readable(id);
      world.clock.advance(Duration.ofMinutes(5));
      world.drainInbox();
      assertThat(world.kept()).isEmpty();
      assertThat(world.pings(id).reversed().subList(1, 6)).extracting(Ping::at).isEqualTo(arrived);
      assertThat(world.check(id).state().status()).isEqualTo(Status.UP);
      assertThat(world.check(id).run()).isNotNull();
      assertThat(world.check(id).flips()).isEqualTo(3);
    }

    @Test
    void are_kept_in_one_shard_whatever_they_say() {
      var id = world.upCheck();
      unreadable(id);
      for (var rest : List.of("", "/", "/start", "/fail", "/log", "/7")) {
        world.ping("/ping/" + id + rest);
      }
      world.ping("/" + id);
      var shards =
          IntStream.range(0, 4)
              .filter(shard -> !world.inboxStore.page(shard, null, 100).isEmpty())
              .count();
      assertThat(world.kept()).hasSize(7);
      assertThat(shards).isEqualTo(1);
    }

    @Test
    void are_all_taken_where_there_are_more_than_a_page() {
      var id = world.upCheck();
      unreadable(id);
      for (int turn = 0; turn < 250; turn++) {
        world.clock.advance(Duration.ofMillis(10));
        world.ping("/ping/" + id);
      }
      readable(id);
      world.drainInbox();
      assertThat(world.kept()).isEmpty();
      assertThat(world.check(id).pings()).isEqualTo(251);
      assertThat(world.pings(id)).hasSize(251);
    }

    @Test
    void keep_a_long_body_that_is_compressed() {
      var id = world.upCheck();
      unreadable(id);
      var body = "2026-06-01 12:00:00 INFO copied\n".repeat(4_000).substring(0, 120_000);
      world.ping(HttpEvent.post("/ping/" + id, body.getBytes(StandardCharsets.UTF_8)));
      assertThat(world.kept())
          .singleElement()
          .extracting(ping -> ping.body().text())
          .isEqualTo(body);
      readable(id);
      world.drainInbox();
      assertThat(world.lastPing(id).body().text()).isEqualTo(body.substring(0, 10_000));
    }

    @Test
    void that_are_drained_twice_count_once() {
      var id = world.upCheck();
      unreadable(id);
      world.ping("/ping/" + id);
      readable(id);
      world.drainInbox();
      world.drainInbox();
      assertThat(world.check(id).pings()).isEqualTo(2);
    }

    @Test
    void for_nobody_are_dropped() {
      world.inboxStore.keep(0, ping("/ping/" + UUID.randomUUID()));
      world.drainInbox();
      assertThat(world.kept()).isEmpty();
      assertThat(world.waiting()).isEmpty();
    }
  }

  @Nested
  class A_ping_that_cannot_be_taken {
    private final CheckId stuck = world.upCheck();
    private final CheckId other = world.upCheck();

    {
      unreadable(stuck);
      unreadable(other);
      for (int turn = 0; turn < 20; turn++) {
        world.clock.advance(Duration.ofSeconds(1));
        world.ping("/ping/" + stuck);
        world.ping("/ping/" + other);
      }
      readable(other);
    }

    @Test
    void does_not_hold_up_those_of_other_checks() {
      world.drainInbox();
      assertThat(world.check(other).pings()).isEqualTo(21);
      assertThat(world.kept()).hasSize(20);
    }

    @Test
    void holds_up_those_of_its_own_check() {
      world.drainInbox();
      readable(stuck);
      world.drainInbox();
      assertThat(world.kept()).isEmpty();
      assertThat(world.pings(stuck))
          .extracting(Ping::at)
          .isSortedAccordingTo((one, two) -> two.compareTo(one));
      assertThat(world.check(stuck).pings()).isEqualTo(21);
    }

    @Test
    void goes_to_the_queue_after_five_tries_and_so_do_those_behind_it() {
      for (int turn = 1; turn < Drain.TRIES; turn++) {
        world.drainInbox();
        assertThat(world.waiting()).isEmpty();
      }
      world.drainInbox();
      assertThat(world.waiting()).hasSize(20);
      assertThat(world.kept()).isEmpty();
    }

    @Test
    void is_taken_from_the_queue_when_it_can_be() {
      for (int turn = 0; turn < Drain.TRIES; turn++) {
        world.drainInbox();
      }
      readable(stuck);
      world.drainInbox();
      assertThat(world.pings(stuck)).hasSize(21);
    }

    @Test
    void has_thirty_tries_while_it_is_the_tables_that_fail() {
      readable(stuck);
      world.drainInbox();
      world.inboxStore.keep(0, ping("/ping/" + stuck));
      world.drainBy(Faults.throttling(DrainTest::isOfAState, world.memory.client()));
      for (int turn = 1; turn < 30; turn++) {
        world.drainInbox();
      }
      assertThat(world.kept()).hasSize(1);
      world.drainInbox();
      assertThat(world.kept()).isEmpty();
      assertThat(world.waiting()).hasSize(1);
    }

    @Test
    void stays_where_it_is_when_the_queue_does_not_take_it() {
      world.queues.breakDown("inbox");
      for (int turn = 0; turn < Drain.TRIES + 2; turn++) {
        world.drainInbox();
      }
      assertThat(world.kept()).hasSize(20);
    }
  }

  @Nested
  class What_is_no_ping {
    @Test
    void goes_to_the_queue_at_once_for_a_person_to_read() {
      world
          .memory
          .client()
          .putItem(put ->
              put.tableName(world.memory.tables().log())
                  .item(
                      Map.of(
                          "pk", AttributeValue.fromS("INBOX#2"),
                          "sk", AttributeValue.fromS("0000000000000001#strange"),
                          "what", AttributeValue.fromS("is this"))));
      world.drainInbox();
      assertThat(world.inboxStore.oldest(2)).isEmpty();
      assertThat(world.waiting()).singleElement().asString().contains("strange", "is this");
      assertThat(world.drain(PingWorld.batch(world.waiting())))
          .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"message-0\"}]}");
    }
  }

  @Nested
  class A_shard {
    @Test
    void is_drained_by_one_at_a_time() {
      var id = world.upCheck();
      unreadable(id);
      world.ping("/ping/" + id);
      readable(id);
      var now = world.clock.instant();
      for (int shard = 0; shard < 4; shard++) {
        assertThat(world.inboxStore.lease(shard, now, now.plus(Drain.LEASE))).isTrue();
        assertThat(world.inboxStore.lease(shard, now, now.plus(Drain.LEASE))).isFalse();
      }
      world.drainInbox();
      assertThat(world.kept()).hasSize(1);
      world.clock.advance(Drain.LEASE);
      world.drainInbox();
      assertThat(world.kept()).isEmpty();
    }

    @Test
    void is_given_back_by_nobody_but_its_holder() {
      var now = world.clock.instant();
      world.inboxStore.lease(1, now, now.plusSeconds(90));
      world.inboxStore.release(1, now.plusSeconds(80));
      assertThat(world.inboxStore.lease(1, now, now.plusSeconds(90))).isFalse();
      world.inboxStore.release(1, now.plusSeconds(90));
      assertThat(world.inboxStore.lease(1, now, now.plusSeconds(90))).isTrue();
    }

    @Test
    void whose_lease_is_held_is_empty_all_the_same() {
      var now = world.clock.instant();
      world.inboxStore.lease(1, now, now.plusSeconds(90));
      assertThat(world.inboxStore.oldest(1)).isEmpty();
    }

    @Test
    void knows_when_its_oldest_ping_arrived() {
      world.inboxStore.keep(1, ping("/ping/b", NOON.plusNanos(2_000)));
      world.inboxStore.keep(1, ping("/ping/a", NOON.plusNanos(1_000)));
      assertThat(world.inboxStore.oldest(1)).contains(NOON.plusNanos(1_000));
    }
  }

  @Nested
  class A_process_that_dies {
    @ParameterizedTest
    @EnumSource
    void at_any_call_of_a_drain_loses_no_ping_and_counts_none_twice(BadDay.Moment moment) {
      var died = true;
      for (int k = 1; died; k++) {
        var id = world.upCheck();
        unreadable(id);
        for (var rest : List.of("/start", "", "/fail")) {
          world.clock.advance(Duration.ofSeconds(1));
          world.ping("/ping/" + id + rest);
        }
        readable(id);
        world.badDay.dies(k, moment);
        try {
          world.drainInbox();
        } catch (BadDay.Died death) {
          assertThat(world.badDay.calls()).isGreaterThanOrEqualTo(k);
        }
        died = world.badDay.calls() >= k;
        world.badDay.ends();
        world.clock.advance(Drain.LEASE);
        world.drainInbox();
        assertThat(world.kept()).isEmpty();
        assertThat(world.check(id).pings()).isEqualTo(4);
        assertThat(world.pings(id)).hasSize(4);
        assertThat(world.check(id).state().status()).isEqualTo(Status.DOWN);
      }
    }
  }

  @Nested
  class A_ping_that_comes_while_others_wait {
    private final CheckId id = world.upCheck("my-job");

    {
      unreadable(id);
      world.clock.advance(Duration.ofMinutes(30));
      world.ping("/ping/" + id);
      readable(id);
    }

    @Test
    void is_taken_at_once_when_no_deadline_was_missed() {
      world.ping("/ping/" + id);
      assertThat(world.kept()).hasSize(1);
      assertThat(world.check(id).pings()).isEqualTo(2);
    }

    @Test
    void waits_when_it_would_find_a_deadline_missed_that_those_may_have_met() {
      world.clock.advance(Duration.ofMinutes(50));
      assertThat(world.ping("/ping/" + id).body()).isEqualTo("OK");
      assertThat(world.kept()).hasSize(2);
      world.drainInbox();
      assertThat(world.check(id).pings()).isEqualTo(3);
      assertThat(world.check(id).flips()).isEqualTo(1);
    }

    @Test
    void finds_the_deadline_missed_when_those_came_after_it() {
      var missed = world.upCheck();
      world.drainInbox();
      world.clock.advance(Duration.ofMinutes(75));
      world.inboxStore.keep(0, ping(SLUG, world.clock.instant()));
      world.ping("/ping/" + missed);
      assertThat(world.kept()).hasSize(1);
      assertThat(world.check(missed).flips()).isEqualTo(3);
    }
  }

  private static boolean isOfAState(Call call) {
    return call.request() instanceof UpdateItemRequest update && update.tableName().equals("state");
  }

  private void unreadable(CheckId id) {
    world.edit(id, "_v", SEVEN);
  }

  private void readable(CheckId id) {
    world.edit(id, "_v", ONE);
  }

  private static WaitingPing ping(String path) {
    return ping(path, NOON);
  }

  private static WaitingPing ping(String path, Instant at) {
    return new WaitingPing(
        UUID.randomUUID().toString(), at, "GET", path, "", "", "", "", Body.EMPTY);
  }
}
