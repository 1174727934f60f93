package dev.rollcall.sweep;

import static dev.rollcall.sweep.SweepWorld.HOUR;
import static dev.rollcall.sweep.SweepWorld.NOON;
import static dev.rollcall.sweep.SweepWorld.TEN_MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.Status;
import dev.rollcall.edge.queue.Batch;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.testing.LoggedText;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class SweepTroubleTest {
  private static final Instant DEADLINE = NOON.plus(HOUR).plus(TEN_MINUTES);
  private static final String NOTHING_GOES_BACK = "{\"batchItemFailures\":[]}";

  private final SweepWorld world = new SweepWorld();
  private final LoggedText logged = new LoggedText("");

  @AfterEach
  void close() {
    logged.close();
    world.close();
  }

  @Nested
  class Many_checks_at_once {
    @Test
    void all_go_down_when_a_thousand_are_due() {
      var ids = pingedOnce(Stream.generate(UUID::randomUUID).limit(1_000).toList());
      world.moveTo(DEADLINE);
      world.tick();
      assertAllDown(ids);
    }

    @Test
    void all_go_down_when_they_are_all_in_one_shard() {
      var ids = pingedOnce(sameShard(250));
      world.moveTo(DEADLINE);
      world.tick();
      assertAllDown(ids);
    }

    @Test
    void all_get_a_look_ahead() {
      var ids = pingedOnce(Stream.generate(UUID::randomUUID).limit(100).toList());
      world.tick();
      assertThat(world.queues.sentTo("due")).hasSize(ids.size());
    }

    @Test
    void go_down_once_when_two_sweeps_meet() throws Exception {
      var ids = upChecks(40);
      world.moveTo(DEADLINE);
      var barrier = new CyclicBarrier(2);
      try (var sweeps = Executors.newFixedThreadPool(2)) {
        var running = new ArrayList<Future<?>>();
        for (int turn = 0; turn < 2; turn++) {
          running.add(
              sweeps.submit(() -> {
                barrier.await();
                world.tick();
                return null;
              }));
        }
        for (var sweep : running) {
          sweep.get();
        }
      }
      assertAllDown(ids);
      assertThat(ids).allSatisfy(id -> assertThat(world.check(id).flips()).isEqualTo(2));
    }
  }

  @Nested
  class An_item_that_this_release_cannot_read {
    @Test
    void does_not_stop_the_others() {
      var ids = upChecks(24);
      world.edit(ids.get(5), "_v", AttributeValue.fromN("2"));
      world.edit(ids.get(11), "grace", null);
      world.edit(ids.get(17), "state", AttributeValue.fromS("confused"));
      world.moveTo(DEADLINE);
      world.tick();
      assertAllDown(
          ids.stream().filter(id -> !List.of(5, 11, 17).contains(ids.indexOf(id))).toList());
      assertThat(logged.text()).contains("a due check cannot be read");
    }

    @Test
    void sends_its_message_back() {
      var id = upChecks(1).getFirst();
      world.edit(id, "_v", AttributeValue.fromN("2"));
      assertThat(world.look(new Message.Look(id, DEADLINE, DEADLINE)))
          .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"message\"}]}");
    }
  }

  @Nested
  class A_queue_that_does_not_answer {
    @Test
    void for_looks_ahead_does_not_keep_checks_up() {
      var due = upChecks(20);
      world.moveTo(NOON.plusSeconds(30));
      upChecks(20);
      world.moveTo(DEADLINE);
      world.queues.breakDown("due");
      world.tick();
      assertAllDown(due);
    }

    @Test
    void for_flips_does_not_keep_checks_up_and_the_flips_are_sent_when_it_is_back() {
      var due = pingedOnce(sameShard(150));
      world.moveTo(DEADLINE);
      world.queues.breakDown("flips");
      world.tick();
      assertThat(due)
          .allSatisfy(id -> assertThat(world.check(id).state().status()).isEqualTo(Status.DOWN));
      world.queues.repair();
      world.moveTo(DEADLINE.plusSeconds(60));
      world.tick();
      assertAllDown(due);
    }

    @Test
    void sends_a_look_back_which_then_sends_what_it_could_not() {
      var id = upChecks(1).getFirst();
      world.moveTo(DEADLINE);
      var look = new Message.Look(id, DEADLINE, DEADLINE);
      world.queues.breakDown();
      assertThatThrownBy(() -> world.look(look)).isInstanceOf(Batch.NothingDone.class);
      world.queues.repair();
      assertThat(world.lookAgain(look)).isEqualTo(NOTHING_GOES_BACK);
      assertAllDown(List.of(id));
    }
  }

  @Nested
  class Tables_that_fail {
    @Test
    void at_any_call_delay_a_check_by_one_tick_at_most() {
      for (int k = 1; k <= 12; k++) {
        var id = upChecks(1).getFirst();
        var deadline = world.clock.instant().plus(HOUR).plus(TEN_MINUTES);
        world.moveTo(deadline);
        world.badDay.callFails(k, () -> SdkClientException.create("no route to host"));
        world.tick();
        world.badDay.ends();
        world.moveTo(deadline.plusSeconds(60));
        world.tick();
        assertAllDown(List.of(id));
        assertThat(world.check(id).state().lastPing())
            .isEqualTo(deadline.minus(HOUR).minus(TEN_MINUTES));
        world.tell(id);
      }
    }
  }

  @Nested
  class A_message_that_nobody_here_has_written {
    @Test
    void goes_back_and_is_no_tick() {
      var id = upChecks(1).getFirst();
      world.moveTo(DEADLINE);
      var event =
          """
          {"Records": [{"messageId": "strange", "body": "{\\"check\\": \\"nobody\\"}"}]}
          """;
      assertThat(world.sweep(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8))))
          .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"strange\"}]}");
      assertThat(world.check(id).state().status()).isEqualTo(Status.UP);
    }
  }

  @Nested
  class The_log_of_the_function {
    @Test
    void has_no_ids_of_checks() {
      var ids = upChecks(10);
      world.edit(ids.getFirst(), "state", AttributeValue.fromS("confused"));
      world.moveTo(DEADLINE);
      world.badDay.tablesFail(() -> SdkClientException.create("CHECK#" + ids.get(1)));
      world.tick();
      assertThatThrownBy(() -> world.look(new Message.Look(ids.getFirst(), DEADLINE, DEADLINE)))
          .isInstanceOf(Batch.NothingDone.class);
      world.badDay.ends();
      world.queues.breakDown();
      world.tick();
      assertThat(logged.text()).contains("left to the next sweep", "look failed");
      assertThat(ids).noneMatch(id -> logged.text().contains(id.toString()));
    }
  }

  private List<CheckId> upChecks(int count) {
    return Stream.generate(() -> world.upCheck(HOUR, TEN_MINUTES)).limit(count).toList();
  }

  /// Checks that were pinged once, of which `notify` has not been told.
  private List<CheckId> pingedOnce(List<UUID> uuids) {
    var ids = uuids.stream().map(CheckId::new).toList();
    for (var id : ids) {
      world.project.add(id, "", HOUR, TEN_MINUTES, Rules.NONE, Keywords.NONE);
      world.ping("/ping/" + id);
    }
    world.queues.drain();
    return ids;
  }

  /// Ids that the due index keeps together.
  private static List<UUID> sameShard(int count) {
    return Stream.generate(UUID::randomUUID)
        .filter(uuid -> Math.floorMod(uuid.hashCode(), 8) == 3)
        .limit(count)
        .toList();
  }

  private void assertAllDown(List<CheckId> ids) {
    var told = Set.copyOf(world.told());
    for (var id : ids) {
      assertThat(world.check(id).state().status()).isEqualTo(Status.DOWN);
      assertThat(told.contains(new Message.Told(id, 2))).isTrue();
    }
  }
}
