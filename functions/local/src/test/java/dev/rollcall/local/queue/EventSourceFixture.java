package dev.rollcall.local.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.local.clock.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A queue that event sources take from, on a clock that moves only when it is told to.
abstract class EventSourceFixture {
  static final JsonMapper JSON = JsonMapper.shared();
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final Duration VISIBILITY = Duration.ofMinutes(1);
  static final Duration LONG = Duration.ofMinutes(1);
  static final byte[] ALL_HANDLED = "{\"batchItemFailures\":[]}".getBytes(UTF_8);

  final VirtualClock clock = new VirtualClock(InstantSource.fixed(NOON), Duration.ZERO);
  final VirtualSqs sqs =
      new VirtualSqs(
          clock,
          List.of(
              new QueueSpec("jobs", VISIBILITY, 2, "dead"),
              new QueueSpec("dead", VISIBILITY, 1, null)));
  final String url = sqs.url("jobs");

  /// The bodies of each call's messages, as far as calls have begun.
  final Queue<List<String>> calls = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void followTheClock() {
    clock.onAdvance(sqs::clockMoved);
  }

  /// Runs the source until nothing is left to do, with a function of the bodies of a batch.
  void run(int batchSize, int concurrency, Function<List<String>, byte[]> function)
      throws InterruptedException {
    try (var _ = start(batchSize, concurrency, event -> function.apply(bodies(event)))) {
      assertThat(sqs.awaitQuiet(LONG)).isTrue();
    }
  }

  EventSource start(int batchSize, int concurrency, Function<JsonNode, byte[]> function) {
    return EventSource.start(
        sqs,
        "jobs",
        batchSize,
        concurrency,
        bytes -> {
          var event = JSON.readTree(bytes);
          calls.add(bodies(event));
          return function.apply(event);
        });
  }

  static List<String> bodies(JsonNode event) {
    return event
        .path("Records")
        .valueStream()
        .map(item -> item.path("body").stringValue())
        .toList();
  }

  static String idOf(String body, JsonNode event) {
    return event
        .path("Records")
        .valueStream()
        .filter(item -> item.path("body").stringValue().equals(body))
        .findFirst()
        .orElseThrow()
        .path("messageId")
        .stringValue();
  }

  static byte[] answer(List<String> failed) {
    var answer = JSON.createObjectNode();
    var failures = answer.putArray("batchItemFailures");
    failed.forEach(id -> failures.addObject().put("itemIdentifier", id));
    return JSON.writeValueAsBytes(answer);
  }

  static byte[] failing() {
    throw new IllegalStateException("the function fails");
  }

  /// Waits for a moment for what cannot be while the call that waits is running.
  void giveOthersTime() {
    try {
      sqs.awaitQuiet(Duration.ofMillis(5));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean await(CountDownLatch latch) {
    try {
      return latch.await(LONG.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      return false;
    }
  }

  void send(String... bodies) {
    for (var body : bodies) {
      sqs.sendMessage(r -> r.queueUrl(url).messageBody(body));
    }
  }

  MessageQueue.Census census(String queue) {
    return sqs.queues().named(queue).census(clock.instant());
  }
}
