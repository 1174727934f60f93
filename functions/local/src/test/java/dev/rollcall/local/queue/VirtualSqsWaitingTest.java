package dev.rollcall.local.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.local.clock.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

class VirtualSqsWaitingTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration VISIBILITY = Duration.ofMinutes(1);

  /// Longer than any test takes: who waits this long waits for something that never comes.
  private static final Duration LONG = Duration.ofMinutes(1);

  private final VirtualClock clock = new VirtualClock(InstantSource.fixed(NOON), Duration.ZERO);
  private final VirtualSqs sqs =
      new VirtualSqs(
          clock,
          List.of(
              new QueueSpec("jobs", VISIBILITY, 2, "dead"),
              new QueueSpec("dead", VISIBILITY, 1, null)));
  private final String url = sqs.url("jobs");

  @Nested
  class Work {
    @Test
    void is_none_where_nothing_was_sent() {
      assertThat(sqs.quiet()).isTrue();
      assertThat(sqs.nextVisibleAt()).isEmpty();
    }

    @Test
    void is_left_while_a_message_is_visible() {
      send("a", 0);

      assertThat(sqs.quiet()).isFalse();
    }

    @Test
    void is_left_while_a_message_is_in_flight() {
      send("a", 0);
      receive();

      assertThat(sqs.quiet()).isFalse();
      assertThat(sqs.makeRetriesVisible("jobs")).isZero();
    }

    @Test
    void is_not_a_message_that_is_delayed() {
      send("a", 60);
      send("b", 30);

      assertThat(sqs.quiet()).isTrue();
      assertThat(sqs.nextVisibleAt()).contains(NOON.plusSeconds(30));
      assertThat(sqs.makeRetriesVisible("jobs")).isZero();
    }

    @Test
    void is_not_a_message_that_waits_for_its_retry_until_it_is_made_visible() {
      send("a", 0);
      changeVisibility(receive().getFirst().receiptHandle(), 300);
      assertThat(sqs.quiet()).isTrue();
      assertThat(sqs.nextVisibleAt()).contains(NOON.plusSeconds(300));

      assertThat(sqs.makeRetriesVisible("jobs")).isEqualTo(1);

      assertThat(sqs.quiet()).isFalse();
      assertThat(receive()).extracting(Message::body).containsExactly("a");
    }

    @Test
    void is_not_a_message_in_a_dead_letter_queue() {
      sqs.sendMessage(r -> r.queueUrl(sqs.url("dead")).messageBody("a"));

      assertThat(sqs.quiet()).isTrue();
    }

    @Test
    void is_awaited_to_end() throws InterruptedException {
      send("a", 0);
      assertThat(sqs.awaitQuiet(Duration.ofMillis(1))).isFalse();

      var receipt = receive().getFirst().receiptHandle();
      var deleted = CompletableFuture.runAsync(() -> delete(receipt));

      assertThat(sqs.awaitQuiet(LONG)).isTrue();
      deleted.join();
    }
  }

  @Nested
  class Who_waits_for_a_message {
    @Test
    void goes_on_when_one_is_sent() throws InterruptedException {
      var sent = CompletableFuture.runAsync(() -> send("a", 0));

      assertThat(sqs.awaitMessage("jobs", LONG)).isTrue();
      sent.join();
    }

    @Test
    void goes_on_when_the_clock_jumps_to_one() throws InterruptedException {
      clock.onAdvance(sqs::clockMoved);
      send("a", 900);
      var jumped = CompletableFuture.runAsync(() -> clock.advance(Duration.ofMinutes(15)));

      assertThat(sqs.awaitMessage("jobs", LONG)).isTrue();
      jumped.join();
    }

    @Test
    void goes_on_when_time_itself_comes_to_one() throws InterruptedException {
      var inRealTime = new VirtualSqs(InstantSource.system(), List.of(spec("jobs")));
      inRealTime.sendMessage(
          r -> r.queueUrl(inRealTime.url("jobs")).messageBody("a").delaySeconds(1));

      assertThat(inRealTime.awaitMessage("jobs", LONG)).isTrue();
    }

    @Test
    void gives_up_after_the_time_out() throws InterruptedException {
      send("a", 900);

      assertThat(sqs.awaitMessage("jobs", Duration.ofMillis(1))).isFalse();
    }
  }

  @Nested
  class Many_threads {
    @Test
    void never_receive_one_message_twice() {
      var bodies = IntStream.range(0, 400).mapToObj(Integer::toString).toList();
      var receivers =
          IntStream.range(0, 4)
              .mapToObj(_ -> CompletableFuture.supplyAsync(() -> drain(100)))
              .toList();
      bodies.forEach(body -> send(body, 0));

      assertThat(receivers.stream().flatMap(receiver -> receiver.join().stream()))
          .containsExactlyInAnyOrderElementsOf(bodies);
    }

    private List<String> drain(int number) {
      return IntStream.range(0, number).mapToObj(_ -> next()).toList();
    }

    private String next() {
      try {
        while (sqs.awaitMessage("jobs", LONG)) {
          var received = sqs.receiveMessage(r -> r.queueUrl(url)).messages();
          if (!received.isEmpty()) {
            return received.getFirst().body();
          }
        }
        throw new AssertionError("a message is missing");
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static QueueSpec spec(String name) {
    return new QueueSpec(name, VISIBILITY, 1, null);
  }

  private void send(String body, int delay) {
    sqs.sendMessage(r -> r.queueUrl(url).messageBody(body).delaySeconds(delay));
  }

  private List<Message> receive() {
    return sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10)).messages();
  }

  private void delete(String receipt) {
    sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(receipt));
  }

  private void changeVisibility(String receipt, int seconds) {
    sqs.changeMessageVisibility(
        r -> r.queueUrl(url).receiptHandle(receipt).visibilityTimeout(seconds));
  }
}
