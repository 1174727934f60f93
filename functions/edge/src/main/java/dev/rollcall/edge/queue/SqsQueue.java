package dev.rollcall.edge.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/// A queue to send to.
public record SqsQueue(SqsClient client, String url) {

  /// The longest delay that SQS knows.
  public static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

  private static final int BATCH = 10;

  /// A message with the time that it stays out of sight, rounded up to the second.
  public record Delayed(Message message, Duration delay) {}

  public void send(Message message) {
    sendText(Messages.write(message));
  }

  /// Sends a text as it is.
  public void sendText(String body) {
    client.sendMessage(send -> send.queueUrl(url).messageBody(body));
  }

  public void sendAll(List<? extends Message> messages) {
    sendDelayed(messages.stream().map(message -> new Delayed(message, Duration.ZERO)).toList());
  }

  /// Sends messages in batches; entries that SQS refuses are sent again, once each.
  ///
  /// @throws IllegalStateException when some are refused again
  public void sendDelayed(List<Delayed> messages) {
    for (int from = 0; from < messages.size(); from += BATCH) {
      var entries = entries(messages.subList(from, Math.min(from + BATCH, messages.size())));
      var refused = sendBatch(entries);
      if (!refused.isEmpty() && !sendBatch(refused).isEmpty()) {
        throw new IllegalStateException(refused.size() + " messages refused by the queue");
      }
    }
  }

  /// Keeps a message that was received out of sight for so long, rounded up to the second; after
  /// that it is received again.
  ///
  /// @param receipt what came with the message
  /// @param duration at most 12 hours, counted from when it was received
  public void hide(String receipt, Duration duration) {
    client.changeMessageVisibility(change ->
        change
            .queueUrl(url)
            .receiptHandle(receipt)
            .visibilityTimeout((int) Math.ceilDiv(duration.toMillis(), 1000)));
  }

  /// About how many messages wait to be received.
  public int waiting() {
    var count =
        client
            .getQueueAttributes(ask ->
                ask.queueUrl(url).attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
            .attributes()
            .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
    return count == null ? 0 : Integer.parseInt(count);
  }

  private List<SendMessageBatchRequestEntry> sendBatch(List<SendMessageBatchRequestEntry> entries) {
    var answer = client.sendMessageBatch(send -> send.queueUrl(url).entries(entries));
    var failed = answer.failed().stream().map(failure -> failure.id()).toList();
    return entries.stream().filter(entry -> failed.contains(entry.id())).toList();
  }

  private static List<SendMessageBatchRequestEntry> entries(List<Delayed> messages) {
    var entries = new ArrayList<SendMessageBatchRequestEntry>();
    for (var delayed : messages) {
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(entries.size()))
              .messageBody(Messages.write(delayed.message()))
              .delaySeconds(seconds(delayed.delay()))
              .build());
    }
    return entries;
  }

  private static int seconds(Duration delay) {
    var bounded = delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
    return bounded.isNegative() ? 0 : (int) bounded.plusNanos(999_999_999).toSeconds();
  }
}
