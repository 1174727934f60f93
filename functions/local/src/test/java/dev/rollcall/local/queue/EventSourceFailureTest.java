package dev.rollcall.local.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventSourceFailureTest extends EventSourceFixture {
  @Nested
  class Messages_that_are_handled {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "null",
          "{}",
          "{\"batchItemFailures\": null}",
          "{\"batchItemFailures\": []}"
        })
    void are_deleted(String answer) throws InterruptedException {
      send("a", "b");

      run(10, 1, _ -> answer.getBytes(UTF_8));

      assertThat(census("jobs")).isEqualTo(new MessageQueue.Census(0, 0, 0));
    }
  }

  @Nested
  class Messages_that_are_reported_as_failed {
    @Test
    void come_again_after_their_visibility_time_out_and_the_others_do_not()
        throws InterruptedException {
      send("a", "b", "c");
      try (var _ =
          start(
              10,
              1,
              event -> {
                var failed = calls.size() == 1 ? List.of(idOf("b", event)) : List.<String>of();
                return answer(failed);
              })) {
        assertThat(sqs.awaitQuiet(LONG)).isTrue();
        assertThat(calls).containsExactly(List.of("a", "b", "c"));
        assertThat(sqs.nextVisibleAt()).contains(NOON.plus(VISIBILITY));

        clock.advance(VISIBILITY);
        assertThat(sqs.awaitQuiet(LONG)).isTrue();
      }

      assertThat(calls).containsExactly(List.of("a", "b", "c"), List.of("b"));
      assertThat(census("jobs")).isEqualTo(new MessageQueue.Census(0, 0, 0));
    }

    @Test
    void come_again_when_the_function_said() throws InterruptedException {
      var quiet = new ConcurrentLinkedQueue<Boolean>();
      send("a");

      try (var _ =
          start(
              10,
              1,
              event -> {
                var receipt = event.path("Records").path(0).path("receiptHandle").stringValue();
                sqs.changeMessageVisibility(
                    r -> r.queueUrl(url).receiptHandle(receipt).visibilityTimeout(300));
                quiet.add(sqs.quiet());
                return answer(List.of(idOf("a", event)));
              })) {
        assertThat(sqs.awaitQuiet(LONG)).isTrue();
        assertThat(sqs.nextVisibleAt()).contains(NOON.plusSeconds(300));
        assertThat(quiet).containsExactly(false);
      }
    }

    @Test
    void come_again_when_the_function_said_even_if_the_clock_jumped_meanwhile()
        throws InterruptedException {
      send("a");

      try (var _ =
          start(
              10,
              1,
              event -> {
                var receipt = event.path("Records").path(0).path("receiptHandle").stringValue();
                clock.advance(VISIBILITY);
                sqs.changeMessageVisibility(
                    r -> r.queueUrl(url).receiptHandle(receipt).visibilityTimeout(300));
                return answer(List.of(idOf("a", event)));
              })) {
        assertThat(sqs.awaitQuiet(LONG)).isTrue();
        assertThat(calls).hasSize(1);
        assertThat(sqs.nextVisibleAt()).contains(NOON.plus(VISIBILITY).plusSeconds(300));
      }
    }

    @Test
    void go_to_the_dead_letter_queue_when_their_receives_are_used_up() throws InterruptedException {
      send("a");
      try (var _ = start(10, 1, event -> answer(List.of(idOf("a", event))))) {
        assertThat(sqs.awaitQuiet(LONG)).isTrue();
        while (sqs.makeRetriesVisible("jobs") > 0) {
          assertThat(sqs.awaitQuiet(LONG)).isTrue();
        }
      }

      assertThat(calls).containsExactly(List.of("a"), List.of("a"));
      assertThat(census("dead")).isEqualTo(new MessageQueue.Census(1, 0, 0));
    }
  }

  @Nested
  class A_batch_fails_as_a_whole {
    @Test
    void when_the_function_throws() throws InterruptedException {
      send("a", "b");

      run(10, 1, _ -> failing());

      assertAllWait(2);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "nonsense",
          "[]",
          "\"ok\"",
          "{\"batchItemFailures\": {}}",
          "{\"batchItemFailures\": [{\"itemIdentifier\": \"\"}]}",
          "{\"batchItemFailures\": [{\"itemIdentifier\": null}]}",
          "{\"batchItemFailures\": [{\"id\": \"a\"}]}",
          "{\"batchItemFailures\": [{\"itemIdentifier\": \"of no message\"}]}"
        })
    void when_its_answer_is_malformed(String answer) throws InterruptedException {
      send("a", "b");

      run(10, 1, _ -> answer.getBytes(UTF_8));

      assertAllWait(2);
    }

    private void assertAllWait(int messages) {
      assertThat(calls).hasSize(1);
      assertThat(sqs.makeRetriesVisible("jobs")).isEqualTo(messages);
    }
  }
}
