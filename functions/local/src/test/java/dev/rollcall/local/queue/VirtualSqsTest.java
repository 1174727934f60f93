package dev.rollcall.local.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.local.clock.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.BatchRequestTooLongException;
import software.amazon.awssdk.services.sqs.model.EmptyBatchRequestException;
import software.amazon.awssdk.services.sqs.model.InvalidBatchEntryIdException;
import software.amazon.awssdk.services.sqs.model.InvalidMessageContentsException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

class VirtualSqsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration VISIBILITY = Duration.ofMinutes(1);

  private final VirtualClock clock = new VirtualClock(InstantSource.fixed(NOON), Duration.ZERO);
  private final VirtualSqs sqs =
      new VirtualSqs(
          clock,
          List.of(
              new QueueSpec("jobs", VISIBILITY, 2, "dead"),
              new QueueSpec("dead", VISIBILITY, 1, null)));
  private final String url = sqs.url("jobs");

  @Nested
  class Messages_of_one_queue {
    @Test
    void are_received_in_the_order_of_sending() {
      var bodies = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
      bodies.forEach(body -> send(body, 0));

      assertThat(receive()).extracting(Message::body).isEqualTo(bodies);
    }

    @Test
    void are_received_when_the_clock_jumps_over_their_delay() {
      send("later", 900);
      send("soon", 60);

      clock.advance(Duration.ofSeconds(899));
      assertThat(receive()).extracting(Message::body).containsExactly("soon");

      clock.advance(Duration.ofSeconds(1));
      assertThat(receive()).extracting(Message::body).containsExactly("later");
    }

    @Test
    void can_be_deleted_twice() {
      send("a", 0);
      var receipt = receive().getFirst().receiptHandle();
      delete(receipt);
      delete(receipt);

      clock.advance(VISIBILITY);
      assertThat(receive()).isEmpty();
    }

    @Test
    void are_not_deleted_by_a_receipt_from_before_they_were_received_again() {
      send("a", 0);
      var stale = receive().getFirst().receiptHandle();
      clock.advance(VISIBILITY);
      var fresh = receive().getFirst().receiptHandle();

      delete(stale);
      assertThat(census()).isEqualTo(new MessageQueue.Census(0, 1, 0));
      delete(fresh);
      assertThat(census()).isEqualTo(new MessageQueue.Census(0, 0, 0));
    }

    @Test
    void tell_in_the_dead_letter_queue_where_they_come_from_and_when_they_were_sent() {
      send("a", 0);
      for (int i = 0; i < 3; i++) {
        receive();
        clock.advance(VISIBILITY);
      }

      var dead =
          sqs.receiveMessage(r ->
                  r.queueUrl(sqs.url("dead"))
                      .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
              .messages()
              .getFirst();
      assertThat(dead.attributes())
          .containsEntry(
              MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN,
              "arn:aws:sqs:local:000000000000:jobs")
          .containsEntry(
              MessageSystemAttributeName.SENT_TIMESTAMP, Long.toString(NOON.toEpochMilli()))
          .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "3");
    }
  }

  @Nested
  class A_visibility_time_out {
    @Test
    void of_nothing_still_gives_each_message_once() {
      send("a", 0);
      send("b", 0);

      var received =
          sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10).visibilityTimeout(0))
              .messages();

      assertThat(received).extracting(Message::body).containsExactly("a", "b");
      assertThat(receive()).hasSize(2);
    }

    @Test
    void of_12_h_is_the_longest() {
      send("a", 0);
      var receipt = receive().getFirst().receiptHandle();

      changeVisibility(receipt, 43_200);
      assertThatThrownBy(() -> changeVisibility(receipt, 43_201))
          .isInstanceOf(SqsException.class)
          .hasMessageContaining("VisibilityTimeout");
    }

    @Test
    void counts_towards_the_12_h_from_the_receiving_on() {
      send("a", 0);
      var receipt = receive().getFirst().receiptHandle();
      clock.advance(Duration.ofSeconds(2));

      changeVisibility(receipt, 43_198);
      assertThatThrownBy(() -> changeVisibility(receipt, 43_199))
          .isInstanceOf(SqsException.class)
          .hasMessageContaining("Total VisibilityTimeout");
    }

    @Test
    void that_is_over_is_not_begun_again() {
      send("a", 0);
      var receipt = receive().getFirst().receiptHandle();
      clock.advance(VISIBILITY);

      changeVisibility(receipt, 60);

      assertThat(receive()).hasSize(1);
    }

    @Test
    void of_a_message_that_was_deleted_cannot_be_changed() {
      send("a", 0);
      var receipt = receive().getFirst().receiptHandle();
      delete(receipt);

      assertThatThrownBy(() -> changeVisibility(receipt, 60))
          .isInstanceOf(SqsException.class)
          .hasMessageContaining("Message does not exist");
    }
  }

  @Nested
  class A_message_is_refused {
    @Test
    void when_it_is_longer_than_1_MiB() {
      send("a".repeat(1_048_576), 0);

      refuses("é".repeat(524_288) + "a", "InvalidParameterValue");
    }

    @Test
    void when_it_is_empty() {
      refuses("", "MissingParameter");
    }

    @Test
    void when_it_has_characters_that_SQS_does_not_carry() {
      refuses("a\u0000b", "InvalidMessageContents");
      assertThatThrownBy(() -> send("\uFFFF", 0))
          .isInstanceOf(InvalidMessageContentsException.class);
    }

    @Test
    void when_its_delay_is_negative() {
      assertThatThrownBy(() -> send("a", -1))
          .isInstanceOf(SqsException.class)
          .hasMessageContaining("DelaySeconds must be >= 0 and <= 900");
    }

    private void refuses(String body, String code) {
      assertThatThrownBy(() -> send(body, 0))
          .isInstanceOfSatisfying(
              SqsException.class,
              refusal -> assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code));
    }
  }

  @Nested
  class A_batch_is_refused {
    @Test
    void when_it_is_empty() {
      assertThatThrownBy(() -> sqs.sendMessageBatch(r -> r.queueUrl(url)))
          .isInstanceOf(EmptyBatchRequestException.class);
      assertThatThrownBy(() -> sqs.deleteMessageBatch(r -> r.queueUrl(url)))
          .isInstanceOf(EmptyBatchRequestException.class);
      assertThatThrownBy(() -> sqs.changeMessageVisibilityBatch(r -> r.queueUrl(url)))
          .isInstanceOf(EmptyBatchRequestException.class);
    }

    @Test
    void when_it_is_longer_than_1_MiB_though_no_message_is() {
      var half = "a".repeat(524_289);
      assertThatThrownBy(() -> sendBatch("1", half, "2", half))
          .isInstanceOf(BatchRequestTooLongException.class);
    }

    @Test
    void when_an_id_has_other_characters() {
      assertThatThrownBy(() -> sendBatch("1", "a", "2.0", "b"))
          .isInstanceOf(InvalidBatchEntryIdException.class);
    }

    private void sendBatch(String id, String body, String otherId, String otherBody) {
      sqs.sendMessageBatch(
          r -> r.queueUrl(url).entries(entry(id, body), entry(otherId, otherBody)));
    }

    private static SendMessageBatchRequestEntry entry(String id, String body) {
      return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
    }
  }

  @Nested
  class A_declaration_is_refused {
    @Test
    void when_two_queues_have_one_name() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new VirtualSqs(clock, List.of(spec("a"), spec("a"))));
    }

    @Test
    void when_the_dead_letter_queue_is_not_declared() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new VirtualSqs(clock, List.of(new QueueSpec("a", VISIBILITY, 1, "b"))));
    }

    @Test
    void when_a_dead_letter_queue_has_one_itself() {
      assertThatIllegalArgumentException()
          .isThrownBy(() ->
              new VirtualSqs(
                  clock,
                  List.of(
                      new QueueSpec("a", VISIBILITY, 1, "b"),
                      new QueueSpec("b", VISIBILITY, 1, "c"),
                      spec("c"))));
    }

    @Test
    void when_it_is_outside_what_SQS_allows() {
      assertThatIllegalArgumentException().isThrownBy(() -> spec("a.fifo"));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new QueueSpec("a", Duration.ofHours(13), 1, null));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new QueueSpec("a", VISIBILITY, 0, null));
      assertThatIllegalArgumentException().isThrownBy(() -> new QueueSpec("a", VISIBILITY, 1, "a"));
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

  private MessageQueue.Census census() {
    return sqs.queues().named("jobs").census(clock.instant());
  }
}
