package dev.rollcall.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.api.ApiWiring;
import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.local.clock.VirtualClock;
import dev.rollcall.local.queue.VirtualSqs;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.IntegrationStore;
import dev.rollcall.store.ProjectStore;
import dev.rollcall.testing.TablesInMemory;
import dev.rollcall.testing.conformance.Service.Hook;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import tools.jackson.databind.json.JsonMapper;

/// A job pings, falls silent, and pings again, while the processes die at each of their calls in
/// turn: before the call, or after it and before its answer.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineCrashTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /// Two pings, two sweeps, and two flips with a delivery each.
  private static final int FEWEST_CALLS = 20;

  private static final int MORE_CALLS_THAN_THERE_ARE = 200;

  /// Long enough for any message that a dead process held to be visible again.
  private static final Duration NEXT_TRY = Duration.ofMinutes(2);

  /// How many tries there are after a death. The check must not fall due meanwhile.
  private static final int ROUNDS = 3;

  private final TablesInMemory memory = new TablesInMemory();
  private final VirtualClock clock = new VirtualClock(InstantSource.fixed(NOON), Duration.ZERO);
  private final VirtualSqs sqs = new VirtualSqs(clock, Work.queues());
  private Listener listener;

  @BeforeAll
  void listen() throws IOException {
    listener = new Listener();
  }

  @AfterAll
  void close() {
    listener.close();
    memory.close();
  }

  @ParameterizedTest(name = "the last call takes effect: {0}; the job is back at once: {1}")
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void A_death_between_any_two_calls_loses_no_answered_ping_and_no_alert(
      boolean takesEffect, boolean backAtOnce) {
    var died = true;
    var deaths = 0;
    for (int call = 1; died; call++) {
      assertThat(call).isLessThan(MORE_CALLS_THAN_THERE_ARE);
      var room = listener.room(takesEffect + "-" + backAtOnce + "-" + call);
      var check = check(room.url());
      var life = new Life(call, takesEffect, backAtOnce, check);
      life.live();
      died = life.deaths == 1;
      deaths += life.deaths;

      assertThat(told(room)).as("death at call %d", call).containsExactly("/down", "/up");
      assertThat(count(check))
          .as("death at call %d", call)
          .isBetween(2L, died ? 2L + life.unanswered : 2L);
    }
    assertThat(deaths).isGreaterThan(FEWEST_CALLS);
  }

  /// The two pings of a job and the silence between them. Whatever dies is started again; a ping
  /// that was not answered is sent again.
  private final class Life {
    private final String check;
    private final Fuse fuse;
    private final boolean backAtOnce;
    private Pipeline pipeline;
    private int deaths;
    private int unanswered;

    /// @param backAtOnce whether the job pings right after a death, before anything is mended
    Life(int lastCall, boolean takesEffect, boolean backAtOnce, String check) {
      this.check = check;
      this.backAtOnce = backAtOnce;
      fuse = new Fuse(lastCall, takesEffect);
      pipeline =
          new Pipeline(
              sqs,
              fuse.guard(DynamoDbClient.class, memory.client()),
              fuse.guard(SqsClient.class, sqs),
              clock,
              fuse::check);
    }

    void live() {
      ping();
      work();
      mend();
      clock.advance(Duration.ofMinutes(30));
      work();
      if (!backAtOnce) {
        mend();
      }
      ping();
      work();
      mend();
    }

    private void ping() {
      if (!survives(() -> assertThat(pipeline.ping(check)).isEqualTo(200))) {
        unanswered = 1;
        assertThat(pipeline.ping(check)).isEqualTo(200);
      }
    }

    /// What goes on by itself: a queue's messages at once, and the sweep each minute.
    private void work() {
      survives(pipeline::drain);
      survives(pipeline::sweep);
      survives(pipeline::drain);
    }

    /// What a death has left undone.
    private void mend() {
      for (int round = 0; deaths > 0 && round < ROUNDS; round++) {
        clock.advance(NEXT_TRY);
        pipeline.drain();
        pipeline.sweep();
        pipeline.drain();
      }
    }

    /// Whether the process lives on. A dead one whose threads hid its death from each other is dead
    /// all the same.
    private boolean survives(Runnable work) {
      try {
        work.run();
      } catch (Died gone) {
        assertThat(fuse.isBlown()).isTrue();
      }
      if (deaths == 1 || !fuse.isBlown()) {
        return true;
      }
      deaths = 1;
      pipeline = new Pipeline(sqs, memory.client(), sqs, clock, () -> {});
      return false;
    }
  }

  /// The process is gone. An [Error], because no code of a dead process handles anything.
  private static final class Died extends Error {
    private static final long serialVersionUID = 1;
  }

  /// Ends a process at one of its calls, to whatever service.
  private static final class Fuse {
    private final int last;
    private final boolean takesEffect;
    private final AtomicInteger calls = new AtomicInteger();

    Fuse(int last, boolean takesEffect) {
      this.last = last;
      this.takesEffect = takesEffect;
    }

    boolean isBlown() {
      return calls.get() >= last;
    }

    /// @throws Died when the process is dead
    void check() {
      if (isBlown()) {
        throw new Died();
      }
    }

    <C> C guard(Class<C> type, C client) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (_, method, arguments) -> {
                var call = calls.incrementAndGet();
                if (call > last || (call == last && !takesEffect)) {
                  throw new Died();
                }
                try {
                  var answer = method.invoke(client, arguments);
                  if (call == last) {
                    throw new Died();
                  }
                  return answer;
                } catch (InvocationTargetException failed) {
                  throw failed.getCause();
                }
              }));
    }
  }

  /// What the listener heard, repetitions left out.
  private static List<String> told(Listener.Room room) {
    var told = new ArrayList<String>();
    for (var path : room.hooks().stream().map(Hook::path).toList()) {
      if (told.isEmpty() || !told.getLast().equals(path)) {
        told.add(path);
      }
    }
    return told;
  }

  /// A check with ten minutes' period and grace whose changes the listener is told of.
  private String check(String hooks) {
    var tables = memory.tables();
    var made = new Projects(new ProjectStore(memory.client(), tables), clock).create("Test");
    new IntegrationStore(memory.client(), tables)
        .create(
            new Integration(
                new ChannelId(UUID.randomUUID()),
                made.project().id(),
                "webhook",
                "",
                Map.of(
                    "method_down",
                    "GET",
                    "url_down",
                    hooks + "/down",
                    "method_up",
                    "GET",
                    "url_up",
                    hooks + "/up"),
                false,
                null,
                clock.instant()));
    var api = ApiWiring.handler(Service.settings(sqs, 8000), memory.client(), sqs, clock);
    var event =
        Map.of(
            "version", "2.0",
            "rawPath", "/api/v3/checks/",
            "rawQueryString", "",
            "headers", Map.of("x-api-key", made.apiKey()),
            "requestContext",
                Map.of(
                    "requestId", UUID.randomUUID().toString(),
                    "http", Map.of("method", "POST", "path", "/api/v3/checks/", "sourceIp", "::1")),
            "body", "{\"timeout\": 600, \"grace\": 600, \"channels\": \"*\"}",
            "isBase64Encoded", false);
    var json = new JsonMapper();
    var answer = json.readTree(api.apply(new ByteArrayInputStream(json.writeValueAsBytes(event))));
    return json.readTree(answer.path("body").asString()).path("uuid").asString();
  }

  private long count(String check) {
    var record =
        new CheckCatalog(memory.client(), memory.tables())
            .find(new CheckId(UUID.fromString(check)))
            .orElseThrow();
    return record.item().check().pings();
  }
}
