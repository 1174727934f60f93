package dev.rollcall.local.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// A queue, and the few things that tests of SQS do with one.
abstract class SqsDriver {
  /// What the queue under test hides a received message for by default.
  static final Duration VISIBILITY = Duration.ofMinutes(10);

  /// How often a message is received before it goes to the dead-letter queue.
  static final int MAX_RECEIVES = 2;

  /// In seconds, longer than any test takes.
  static final int AGES = 600;

  abstract SqsClient sqs();

  /// The address of a queue that is empty before each test, with a dead-letter queue.
  abstract String url();

  abstract String deadLetterUrl();

  /// Lets a second pass, or relies on [#receive] to wait for it.
  abstract void passSecond();

  static void isInvalidParameter(SqsException refusal) {
    assertThat(refusal.awsErrorDetails().errorCode()).startsWith("InvalidParameterValue");
    assertThat(refusal.statusCode()).isEqualTo(400);
  }

  void send(String body) {
    sqs().sendMessage(r -> r.queueUrl(url()).messageBody(body));
  }

  /// What is visible at this moment.
  List<Message> visible() {
    return sqs().receiveMessage(r -> r.queueUrl(url()).maxNumberOfMessages(10)).messages();
  }

  /// Waits for messages.
  List<Message> receive(String url) {
    return sqs()
        .receiveMessage(r ->
            r.queueUrl(url)
                .maxNumberOfMessages(10)
                .waitTimeSeconds(20)
                .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  Message receiveOne() {
    var received = receive(url());
    assertThat(received).hasSize(1);
    return received.getFirst();
  }

  Message receiveFor(int seconds) {
    return sqs()
        .receiveMessage(r -> r.queueUrl(url()).waitTimeSeconds(20).visibilityTimeout(seconds))
        .messages()
        .getFirst();
  }

  void makeVisible(Message message) {
    changeVisibility(message, 0);
  }

  void changeVisibility(Message message, int seconds) {
    sqs()
        .changeMessageVisibility(r ->
            r.queueUrl(url()).receiptHandle(message.receiptHandle()).visibilityTimeout(seconds));
  }

  void delete(Message message) {
    sqs().deleteMessage(r -> r.queueUrl(url()).receiptHandle(message.receiptHandle()));
  }

  String census() {
    var attributes =
        sqs()
            .getQueueAttributes(r -> r.queueUrl(url()).attributeNames(QueueAttributeName.ALL))
            .attributes();
    return "visible %s, in flight %s, delayed %s"
        .formatted(
            attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
            attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
            attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED));
  }
}
