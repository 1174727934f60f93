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

/// The sending half of SQS: keeps what was sent, and can be out of order.
public final class QueueInMemory implements SqsClient {
  private final List<Sent> sent = new ArrayList<>();
  private boolean broken;

  /// A message as it was sent.
  public record Sent(String queue, String body, int delaySeconds) {}

  /// What was sent, in order.
  public List<Sent> sent() {
    return List.copyOf(sent);
  }

  /// Makes every later call fail.
  public void breakDown() {
    broken = true;
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

  private void keep(String queue, String body, @Nullable Integer delaySeconds) {
    if (broken) {
      throw SqsException.builder().message("the queue does not answer").build();
    }
    sent.add(new Sent(queue, body, delaySeconds == null ? 0 : delaySeconds));
  }
}
