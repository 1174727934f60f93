package dev.rollcall.local.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.TooManyEntriesInBatchRequestException;

/// What Rollcall relies on SQS for. [VirtualSqs] and ElasticMQ, which speaks the real protocol in
/// real time, both keep it.
///
/// No sentence depends on being fast: what must be hidden is hidden for minutes, and what must come
/// is waited for.
abstract class SqsContract extends SqsDriver {
  @Nested
  class A_message_that_was_sent {
    @Test
    void is_received_with_its_body_id_and_checksum() {
      var sent = sqs().sendMessage(r -> r.queueUrl(url()).messageBody("héllo"));

      var received = receiveOne();

      assertThat(received.body()).isEqualTo("héllo");
      assertThat(received.messageId()).isEqualTo(sent.messageId());
      assertThat(received.md5OfBody())
          .isEqualTo(sent.md5OfMessageBody())
          .isEqualTo("be50e8478cf24ff3595bc7307fb91b50");
    }

    @Test
    void is_received_with_the_attributes_asked_for() {
      var kind = MessageAttributeValue.builder().dataType("String").stringValue("flip").build();
      sqs()
          .sendMessage(r ->
              r.queueUrl(url())
                  .messageBody("a")
                  .messageAttributes(Map.of("kind", kind, "other", kind)));

      var received =
          sqs()
              .receiveMessage(
                  r -> r.queueUrl(url()).waitTimeSeconds(5).messageAttributeNames("kind"))
              .messages()
              .getFirst();

      assertThat(received.messageAttributes()).isEqualTo(Map.of("kind", kind));
      assertThat(received.attributes()).isEmpty();
    }

    @Test
    void is_hidden_once_it_is_received() {
      send("a");
      receiveOne();

      assertThat(visible()).isEmpty();
      assertThat(census()).isEqualTo("visible 0, in flight 1, delayed 0");
    }

    @Test
    void comes_again_when_its_visibility_time_out_is_over() {
      send("a");
      receiveFor(1);
      passSecond();

      assertThat(receiveOne().body()).isEqualTo("a");
    }

    @Test
    void counts_how_often_it_was_received() {
      send("a");
      makeVisible(receiveOne());

      assertThat(receiveOne().attributes())
          .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
    }

    @Test
    void keeps_the_instants_of_its_sending_and_first_receiving() {
      send("a");
      var first = receiveOne();
      makeVisible(first);
      var second = receiveOne();

      for (var name :
          List.of(
              MessageSystemAttributeName.SENT_TIMESTAMP,
              MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP)) {
        assertThat(second.attributes().get(name))
            .matches("[0-9]{13}")
            .isEqualTo(first.attributes().get(name));
      }
    }

    @Test
    void is_gone_once_it_is_deleted() {
      send("a");
      var received = receiveOne();
      delete(received);

      assertThat(census()).isEqualTo("visible 0, in flight 0, delayed 0");
    }

    @Test
    void is_gone_once_the_queue_is_purged() {
      send("a");
      sqs().purgeQueue(r -> r.queueUrl(url()));

      assertThat(visible()).isEmpty();
    }
  }

  @Nested
  class A_message_that_was_sent_with_a_delay {
    @Test
    void is_hidden_before_it_is_over() {
      sqs().sendMessage(r -> r.queueUrl(url()).messageBody("a").delaySeconds(900));

      assertThat(visible()).isEmpty();
      assertThat(census()).isEqualTo("visible 0, in flight 0, delayed 1");
    }

    @Test
    void comes_when_it_is_over() {
      sqs().sendMessage(r -> r.queueUrl(url()).messageBody("a").delaySeconds(1));
      passSecond();

      assertThat(receiveOne().body()).isEqualTo("a");
    }

    @Test
    void is_refused_when_the_delay_is_longer_than_900_s() {
      assertThatThrownBy(
              () -> sqs().sendMessage(r -> r.queueUrl(url()).messageBody("a").delaySeconds(901)))
          .isInstanceOfSatisfying(SqsException.class, SqsDriver::isInvalidParameter);
    }
  }

  @Nested
  class A_message_whose_visibility_is_changed {
    @Test
    void comes_at_once_when_it_is_set_to_nothing() {
      send("a");
      makeVisible(receiveOne());

      assertThat(visible()).extracting(Message::body).containsExactly("a");
    }

    @Test
    void comes_when_the_new_time_is_over() {
      send("a");
      changeVisibility(receiveOne(), 1);
      passSecond();

      assertThat(receiveOne().body()).isEqualTo("a");
    }

    @Test
    void stays_hidden_when_it_is_prolonged() {
      send("a");
      changeVisibility(receiveFor(30), AGES);

      assertThat(visible()).isEmpty();
    }
  }

  @Nested
  class A_message_that_was_received_too_often {
    @Test
    void goes_to_the_dead_letter_queue_as_it_was_sent() {
      var sent = sqs().sendMessage(r -> r.queueUrl(url()).messageBody("a"));
      for (int i = 0; i < MAX_RECEIVES; i++) {
        makeVisible(receiveOne());
      }

      assertThat(visible()).isEmpty();
      var dead = receive(deadLetterUrl());
      assertThat(dead).extracting(Message::messageId).containsExactly(sent.messageId());
      assertThat(dead).extracting(Message::body).containsExactly("a");
      assertThat(dead.getFirst().attributes())
          .containsEntry(
              MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
              Integer.toString(MAX_RECEIVES + 1))
          .containsKey(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN);
      assertThat(census()).isEqualTo("visible 0, in flight 0, delayed 0");
    }
  }

  @Nested
  class A_batch {
    @Test
    void is_sent_received_and_deleted() {
      var sent = sqs().sendMessageBatch(r -> r.queueUrl(url()).entries(entries(10)));
      assertThat(sent.successful()).hasSize(10);

      var received = new ArrayList<Message>();
      while (received.size() < 10) {
        var more = receive(url());
        assertThat(more).isNotEmpty();
        received.addAll(more);
      }
      assertThat(received)
          .extracting(Message::body)
          .containsExactlyInAnyOrderElementsOf(bodies(10));

      var deleted =
          sqs()
              .deleteMessageBatch(r ->
                  r.queueUrl(url()).entries(received.stream().map(A_batch::deletion).toList()));
      assertThat(deleted.successful()).hasSize(10);
      assertThat(census()).isEqualTo("visible 0, in flight 0, delayed 0");
    }

    @Test
    void makes_several_messages_visible() {
      sqs().sendMessageBatch(r -> r.queueUrl(url()).entries(entries(2)));
      var received = List.of(receiveFor(AGES), receiveFor(AGES));

      var changed =
          sqs()
              .changeMessageVisibilityBatch(r ->
                  r.queueUrl(url())
                      .entries(
                          visibleNow("0", received.getFirst()),
                          visibleNow("1", received.getLast())));

      assertThat(changed.successful()).hasSize(2);
      assertThat(census()).isEqualTo("visible 2, in flight 0, delayed 0");
    }

    @Test
    void tells_which_entries_failed_and_does_the_others() {
      var answer =
          sqs()
              .sendMessageBatch(
                  r -> r.queueUrl(url()).entries(entry("good", 0), entry("bad", 901)));

      assertThat(answer.successful()).extracting("id").containsExactly("good");
      assertThat(answer.failed())
          .extracting(BatchResultErrorEntry::id, BatchResultErrorEntry::senderFault)
          .containsExactly(tuple("bad", true));
      assertThat(visible()).extracting(Message::body).containsExactly("good");
    }

    @Test
    void is_refused_with_more_than_10_entries() {
      assertThatThrownBy(() -> sqs().sendMessageBatch(r -> r.queueUrl(url()).entries(entries(11))))
          .isInstanceOf(TooManyEntriesInBatchRequestException.class);
    }

    @Test
    void is_refused_when_two_entries_have_the_same_id() {
      var entry = entries(1).getFirst();
      assertThatThrownBy(() -> sqs().sendMessageBatch(r -> r.queueUrl(url()).entries(entry, entry)))
          .isInstanceOf(BatchEntryIdsNotDistinctException.class);
    }

    private static List<SendMessageBatchRequestEntry> entries(int number) {
      return bodies(number).stream().map(body -> entry(body, 0)).toList();
    }

    private static SendMessageBatchRequestEntry entry(String body, int delay) {
      return SendMessageBatchRequestEntry.builder()
          .id(body)
          .messageBody(body)
          .delaySeconds(delay)
          .build();
    }

    private static ChangeMessageVisibilityBatchRequestEntry visibleNow(String id, Message message) {
      return ChangeMessageVisibilityBatchRequestEntry.builder()
          .id(id)
          .receiptHandle(message.receiptHandle())
          .visibilityTimeout(0)
          .build();
    }

    private static List<String> bodies(int number) {
      return IntStream.range(0, number).mapToObj(Integer::toString).toList();
    }

    private static DeleteMessageBatchRequestEntry deletion(Message message) {
      return DeleteMessageBatchRequestEntry.builder()
          .id(message.body())
          .receiptHandle(message.receiptHandle())
          .build();
    }
  }

  @Nested
  class A_request {
    @Test
    void is_refused_when_its_queue_does_not_exist() {
      assertThatThrownBy(() -> sqs().getQueueUrl(r -> r.queueName("nobody-made-this")))
          .isInstanceOf(QueueDoesNotExistException.class);
      assertThatThrownBy(() ->
              sqs().sendMessage(r -> r.queueUrl(url() + "-nobody-made-this").messageBody("a")))
          .isInstanceOf(QueueDoesNotExistException.class);
    }

    @Test
    void is_refused_when_it_asks_for_more_than_10_messages() {
      assertThatThrownBy(() -> sqs().receiveMessage(r -> r.queueUrl(url()).maxNumberOfMessages(11)))
          .isInstanceOf(SqsException.class);
    }

    @Test
    void is_refused_when_its_receipt_handle_is_none() {
      assertThatThrownBy(
              () -> sqs().deleteMessage(r -> r.queueUrl(url()).receiptHandle("no such thing")))
          .isInstanceOf(ReceiptHandleIsInvalidException.class);
    }
  }
}
