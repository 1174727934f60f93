package dev.rollcall.sweep;

import static dev.rollcall.sweep.SweepWorld.HOUR;
import static dev.rollcall.sweep.SweepWorld.NOON;
import static dev.rollcall.sweep.SweepWorld.TEN_MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Status;
import dev.rollcall.edge.queue.Batch;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.store.WaitingPing;
import dev.rollcall.testing.LoggedText;
import dev.rollcall.testing.SchemaItems;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/// A sweep that sees nothing, or not all, says so: its function fails, and the watcher elsewhere
/// hears nothing.
class BlindTickTest {
  private static final Instant DEADLINE = NOON.plus(HOUR).plus(TEN_MINUTES);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SweepWorld world = new SweepWorld();
  private final LoggedText logged = new LoggedText("dev.rollcall");
  private final AtomicInteger beats = new AtomicInteger();
  private final AtomicInteger status = new AtomicInteger(200);
  private HttpServer watcher;

  @BeforeEach
  void start() throws IOException {
    watcher = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    watcher.createContext("/ping/secret", this::hear);
    watcher.start();
    world.restartWith(
        "ROLLCALL_HEARTBEAT_URL",
        "http://127.0.0.1:" + watcher.getAddress().getPort() + "/ping/secret");
  }

  @AfterEach
  void close() {
    watcher.stop(0);
    logged.close();
    world.close();
  }

  @Nested
  class Where_every_call_is_refused {
    private final CheckId id = world.upCheck(HOUR, TEN_MINUTES);

    {
      world.moveTo(DEADLINE);
      world.badDay.everythingFails(() -> refused("CHECK#" + id));
    }

    @Test
    void a_tick_is_an_error() {
      assertThat(world.tick()).contains("left to the next sweep: the schema: DynamoDbException");
      assertThat(beats).hasValue(0);
    }

    @Test
    void a_look_is_an_error() {
      assertThatThrownBy(() -> world.look(new Message.Look(id, DEADLINE, DEADLINE)))
          .isInstanceOf(Batch.NothingDone.class)
          .hasMessageNotContaining(id.toString())
          .hasNoCause();
    }

    @Test
    void nothing_is_logged_of_whom_it_is_about() {
      assertThat(world.tick().orElseThrow() + logged.text()).doesNotContain(id.toString());
    }
  }

  @Nested
  class Where_one_call_fails {
    @Test
    void a_tick_does_the_rest_and_is_an_error_whichever_call_it_is() {
      var k = 0;
      do {
        var ids = upChecks(4);
        var deadline = world.clock.instant().plus(HOUR).plus(TEN_MINUTES);
        world.moveTo(deadline);
        world.badDay.callFails(++k, () -> refused("no right"));
        var left = world.tick();
        assertThat(left.isPresent()).as("call %d", k).isEqualTo(world.badDay.calls() >= k);
        var failed = world.badDay.calls() >= k;
        world.badDay.ends();
        world.clock.advance(MINUTE);
        assertThat(world.tick()).isEmpty();
        assertThat(ids).allMatch(id -> world.check(id).state().status() == Status.DOWN);
        ids.forEach(world::tell);
        if (!failed) {
          return;
        }
      } while (k < 100);
      throw new AssertionError("a tick has no end");
    }

    @Test
    void a_tick_whose_inbox_cannot_be_read_still_sweeps_and_is_an_error() {
      var id = world.upCheck(HOUR, TEN_MINUTES);
      world.restartWith("ROLLCALL_LOG_TABLE", "gone");
      world.moveTo(DEADLINE.minusSeconds(30));
      assertThat(world.tick().orElseThrow()).contains("the inbox: ");
      assertThat(world.queues.sentTo("due")).hasSize(1);
      world.moveTo(DEADLINE);
      assertThat(world.tick().orElseThrow()).contains("the inbox: ", "a check: ");
      assertThat(world.check(id).state().status()).isEqualTo(Status.UP);
    }
  }

  @Nested
  class Where_a_queue_does_not_answer {
    @Test
    void a_tick_is_an_error_and_has_swept() {
      var id = world.upCheck(HOUR, TEN_MINUTES);
      world.moveTo(DEADLINE);
      world.queues.breakDown("flips");
      assertThat(world.tick().orElseThrow()).contains("messages: SqsException");
      assertThat(world.check(id).state().status()).isEqualTo(Status.DOWN);
      assertThat(beats).hasValue(0);
    }

    @Test
    void for_pings_that_wait_a_tick_is_an_error() {
      world.inbox.keep(
          0,
          new WaitingPing(
              "1", NOON, "GET", "/ping/" + UUID.randomUUID(), "", "", "", "", Body.EMPTY));
      world.queues.breakDown("inbox");
      assertThat(world.tick().orElseThrow()).contains("the inbox: SqsException");
    }
  }

  @Nested
  class The_watcher_elsewhere {
    @Test
    void hears_of_each_tick_that_did_its_work() {
      assertThat(world.tick()).isEmpty();
      world.clock.advance(MINUTE);
      assertThat(world.tick()).isEmpty();
      assertThat(beats).hasValue(2);
    }

    @Test
    void does_not_hear_of_looks() {
      var id = world.upCheck(HOUR, TEN_MINUTES);
      world.moveTo(DEADLINE);
      world.look(new Message.Look(id, DEADLINE, DEADLINE));
      assertThat(beats).hasValue(0);
    }

    @Test
    void hears_nothing_while_the_data_cannot_be_read() {
      new SchemaItems(world.memory).unreadable();
      world.moveTo(DEADLINE);
      assertThat(world.tick()).isEmpty();
      assertThat(logged.text()).contains("monitoring degraded");
      assertThat(beats).hasValue(0);
    }

    @Test
    void does_no_harm_when_it_refuses() {
      status.set(500);
      assertThat(world.tick()).isEmpty();
      assertThat(beats).hasValue(1);
      assertThat(logged.text()).contains("heartbeat answered with 500").doesNotContain("secret");
    }
  }

  private List<CheckId> upChecks(int count) {
    return Stream.generate(() -> world.upCheck(HOUR, TEN_MINUTES)).limit(count).toList();
  }

  private void hear(HttpExchange exchange) throws IOException {
    try (exchange) {
      beats.incrementAndGet();
      exchange.sendResponseHeaders(status.get(), -1);
    }
  }

  private static RuntimeException refused(String what) {
    return DynamoDbException.builder()
        .statusCode(400)
        .message("User is not authorized to perform: dynamodb:Query on " + what)
        .build();
  }
}
