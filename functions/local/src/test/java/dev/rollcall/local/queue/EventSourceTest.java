package dev.rollcall.local.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

class EventSourceTest extends EventSourceFixture {
  @Nested
  class A_function {
    @Test
    void gets_the_event_that_Lambda_sends() throws InterruptedException {
      var events = new ConcurrentLinkedQueue<String>();
      sqs.sendMessage(r ->
          r.queueUrl(url)
              .messageBody("hello")
              .messageAttributes(
                  Map.of(
                      "kind",
                      MessageAttributeValue.builder()
                          .dataType("String")
                          .stringValue("flip")
                          .build(),
                      "raw",
                      MessageAttributeValue.builder()
                          .dataType("Binary")
                          .binaryValue(SdkBytes.fromUtf8String("abc"))
                          .build())));

      try (var _ =
          EventSource.start(
              sqs,
              "jobs",
              10,
              1,
              event -> {
                events.add(new String(event, UTF_8));
                return ALL_HANDLED;
              })) {
        assertThat(sqs.awaitQuiet(LONG)).isTrue();
      }

      var item = JSON.readTree(events.remove()).path("Records").path(0);
      var receipt = Receipt.of("jobs", item.path("receiptHandle").stringValue());
      assertThat(receipt).isEqualTo(new Receipt("jobs", item.path("messageId").stringValue(), 1));
      assertThat(item)
          .isEqualTo(
              JSON.readTree(
                  """
                  {
                    "messageId": "%s",
                    "receiptHandle": "%s",
                    "body": "hello",
                    "attributes": {
                      "ApproximateReceiveCount": "1",
                      "SentTimestamp": "1772366400000",
                      "SenderId": "local",
                      "ApproximateFirstReceiveTimestamp": "1772366400000"
                    },
                    "messageAttributes": {
                      "kind": {
                        "stringValue": "flip",
                        "stringListValues": [],
                        "binaryListValues": [],
                        "dataType": "String"
                      },
                      "raw": {
                        "binaryValue": "YWJj",
                        "stringListValues": [],
                        "binaryListValues": [],
                        "dataType": "Binary"
                      }
                    },
                    "md5OfBody": "5d41402abc4b2a76b9719d911017c592",
                    "eventSource": "aws:sqs",
                    "eventSourceARN": "arn:aws:sqs:local:000000000000:jobs",
                    "awsRegion": "local"
                  }
                  """
                      .formatted(receipt.messageId(), receipt.handle())));
      assertThat(events).isEmpty();
    }

    @Test
    void gets_no_more_messages_at_once_than_its_batch_size() throws InterruptedException {
      send("a", "b", "c", "d", "e");

      run(2, 1, _ -> ALL_HANDLED);

      assertThat(calls).containsExactly(List.of("a", "b"), List.of("c", "d"), List.of("e"));
    }

    @Test
    void is_called_as_often_at_a_time_as_its_concurrency_allows() throws InterruptedException {
      var atOnce = new CountDownLatch(3);
      send("a", "b", "c");

      run(
          1,
          3,
          _ -> {
            atOnce.countDown();
            return await(atOnce) ? ALL_HANDLED : failing();
          });

      assertThat(sqs.nextVisibleAt()).isEmpty();
    }

    @Test
    void is_not_called_more_often_at_a_time() throws InterruptedException {
      var running = new Semaphore(1);
      send("a", "b", "c", "d");

      run(
          1,
          1,
          _ -> {
            if (!running.tryAcquire()) {
              return failing();
            }
            giveOthersTime();
            running.release();
            return ALL_HANDLED;
          });

      assertThat(calls).hasSize(4);
      assertThat(sqs.nextVisibleAt()).isEmpty();
    }

    @Test
    void gets_what_it_sends_to_its_own_queue() throws InterruptedException {
      send("a");

      run(
          1,
          1,
          bodies -> {
            if (bodies.contains("a")) {
              send("b");
            }
            return ALL_HANDLED;
          });

      assertThat(calls).containsExactly(List.of("a"), List.of("b"));
    }
  }

  @Nested
  class A_call_that_deletes_its_message_itself {
    @Test
    void is_work_until_it_ends() throws InterruptedException {
      var quiet = new ConcurrentLinkedQueue<Boolean>();
      send("a");
      try (var source =
          start(
              1,
              1,
              event -> {
                var receipt = event.path("Records").path(0).path("receiptHandle").stringValue();
                sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(receipt));
                quiet.add(sqs.quiet());
                return ALL_HANDLED;
              })) {
        assertThat(sqs.awaitQuiet(LONG)).isTrue();
        assertThat(source.idle()).isTrue();
      }

      assertThat(quiet).containsExactly(false);
    }
  }

  @Nested
  class A_running_call {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final EventSource source =
        start(
            10,
            1,
            _ -> {
              begun.countDown();
              return await(mayEnd) ? ALL_HANDLED : failing();
            });

    @BeforeEach
    void begin() {
      send("a");
      assertThat(await(begun)).isTrue();
    }

    @AfterEach
    void end() {
      mayEnd.countDown();
      source.close();
    }

    @Test
    void is_work_in_flight_and_no_retry() {
      assertThat(sqs.quiet()).isFalse();
      assertThat(source.idle()).isFalse();
      assertThat(sqs.makeRetriesVisible("jobs")).isZero();
      assertThat(sqs.nextVisibleAt()).isEmpty();
    }

    @Test
    void keeps_its_messages_however_far_the_clock_jumps() throws InterruptedException {
      clock.advance(Duration.ofDays(1));
      assertThat(sqs.awaitMessage("jobs", Duration.ofMillis(1))).isFalse();

      mayEnd.countDown();
      assertThat(sqs.awaitQuiet(LONG)).isTrue();
      assertThat(source.idle()).isTrue();
      assertThat(calls).hasSize(1);
    }

    @Test
    void is_waited_for_when_the_source_is_closed() {
      mayEnd.countDown();
      source.close();

      assertThat(census("jobs")).isEqualTo(new MessageQueue.Census(0, 0, 0));
    }

    @Test
    void is_interrupted_when_it_does_not_end_in_time_and_its_messages_are_retried()
        throws InterruptedException {
      source.close(Duration.ofMillis(1));

      assertThat(sqs.awaitQuiet(LONG)).isTrue();
      assertThat(sqs.makeRetriesVisible("jobs")).isEqualTo(1);
    }
  }

  @Nested
  class A_closed_source {
    @Test
    void can_be_closed_again_while_another_goes_on() {
      sqs.sendMessage(r -> r.queueUrl(sqs.url("dead")).messageBody("a").delaySeconds(60));
      try (var _ = EventSource.start(sqs, "dead", 10, 1, _ -> failing())) {
        var source = EventSource.start(sqs, "dead", 10, 1, _ -> failing());
        source.close();
        source.close();

        assertThat(sqs.nextVisibleAt()).contains(NOON.plusSeconds(60));
      }
      assertThat(sqs.nextVisibleAt()).isEmpty();
    }

    @Test
    void takes_nothing_more() {
      start(10, 1, _ -> ALL_HANDLED).close();
      send("a");

      assertThat(census("jobs")).isEqualTo(new MessageQueue.Census(1, 0, 0));
      assertThat(calls).isEmpty();
    }
  }

  @Nested
  class A_dead_letter_queue {
    @Test
    void counts_as_work_while_a_source_takes_from_it() throws InterruptedException {
      sqs.sendMessage(r -> r.queueUrl(sqs.url("dead")).messageBody("a"));
      var mayEnd = new CountDownLatch(1);
      try (var _ =
          EventSource.start(sqs, "dead", 10, 1, _ -> await(mayEnd) ? ALL_HANDLED : failing())) {
        assertThat(sqs.quiet()).isFalse();
        mayEnd.countDown();
        assertThat(sqs.awaitQuiet(LONG)).isTrue();
      }
      assertThat(census("dead")).isEqualTo(new MessageQueue.Census(0, 0, 0));
    }
  }

  @Nested
  class A_source_is_refused {
    @Test
    void when_its_queue_does_not_exist() {
      assertThatThrownBy(() -> EventSource.start(sqs, "none", 1, 1, event -> event))
          .isInstanceOf(QueueDoesNotExistException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11})
    void when_its_batch_size_is_not_1_to_10(int batchSize) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> EventSource.start(sqs, "jobs", batchSize, 1, event -> event));
    }

    @Test
    void when_it_could_never_call() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> EventSource.start(sqs, "jobs", 1, 0, event -> event));
    }
  }
}
