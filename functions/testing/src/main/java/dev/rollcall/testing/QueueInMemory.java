package dev.rollcall.testing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// The sending half of SQS: keeps what was sent, and can be out of order. Safe for threads.
public final class QueueInMemory implements SqsClient {
  private final List<Sent> sent = new ArrayList<>();
  private @Nullable String broken;

  /// A message as it was sent.
  public record Sent(String queue, String body, int delaySeconds) {}

  /// What was sent, in order.
  public synchronized List<Sent> sent() {
    return List.copyOf(sent);
  }

  /// What was sent to one queue, in order.
  public List<Sent> sentTo(String queue) {
    return sent().stream().filter(message -> message.queue().equals(queue)).toList();
  }

  /// Takes out what was sent so far, in order.
  public synchronized List<Sent> drain() {
    var drained = List.copyOf(sent);
    sent.clear();
    return drained;
  }

  /// Takes out what was sent to one queue so far, in order.
  public synchronized List<Sent> take(String queue) {
    var taken = sentTo(queue);
    sent.removeAll(taken);
    return taken;
  }

  /// Makes every later call fail.
  public void breakDown() {
    breakDown("");
  }

  /// Makes every later call to queues whose name begins so fail.
  public synchronized void breakDown(String queue) {
    broken = queue;
  }

  public synchronized void repair() {
    broken = null;
  }

  @Override
  public SendMessageResponse sendMessage(SendMessageRequest request) {
    keep(request.queueUrl(), request.messageBody(), request.delaySeconds());
    return SendMessageResponse.builder().build();
  }

  @Override
  public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
    request
        .entries()
        .forEach(entry -> keep(request.queueUrl(), entry.messageBody(), entry.delaySeconds()));
    return SendMessageBatchResponse.builder()
        .successful(
            request.entries().stream()
                .map(entry -> SendMessageBatchResultEntry.builder().id(entry.id()).build())
                .toList())
        .build();
  }

  @Override
  public String serviceName() {
    return "sqs";
  }

  @Override
  public void close() {}

  private synchronized void keep(String queue, String body, @Nullable Integer delaySeconds) {
    if (broken != null && queue.startsWith(broken)) {
      throw SqsException.builder().message("the queue does not answer").build();
    }
    sent.add(new Sent(queue, body, delaySeconds == null ? 0 : delaySeconds));
  }
}
