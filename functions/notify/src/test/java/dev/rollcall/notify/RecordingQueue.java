package dev.rollcall.notify;

import dev.rollcall.edge.queue.Message;
import dev.rollcall.edge.queue.Messages;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/// A queue that keeps what is sent to it, and which messages are hidden for how long.
final class RecordingQueue implements SqsClient {
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final List<Duration> delays = new CopyOnWriteArrayList<>();
  private final List<Hidden> hidden = new CopyOnWriteArrayList<>();

  private volatile int waiting;

  record Hidden(String receipt, Duration duration) {}

  /// So many messages more are there to be received.
  void has(int messages) {
    waiting = messages;
  }

  List<Message.Deliver> deliveries() {
    return sent.stream().map(Messages::deliver).toList();
  }

  /// What was sent since the last call.
  List<Message.Deliver> drain() {
    var drained = deliveries();
    sent.clear();
    return drained;
  }

  /// How long each of the messages stays out of sight that were ever sent.
  List<Duration> delays() {
    return List.copyOf(delays);
  }

  List<Hidden> hidden() {
    return List.copyOf(hidden);
  }

  @Override
  public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
    request.entries().stream().map(SendMessageBatchRequestEntry::messageBody).forEach(sent::add);
    request.entries().forEach(entry -> delays.add(Duration.ofSeconds(entry.delaySeconds())));
    return SendMessageBatchResponse.builder().build();
  }

  @Override
  public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
    return GetQueueAttributesResponse.builder()
        .attributes(
            Map.of(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, Integer.toString(waiting)))
        .build();
  }

  @Override
  public ChangeMessageVisibilityResponse changeMessageVisibility(
      ChangeMessageVisibilityRequest request) {
    hidden.add(
        new Hidden(request.receiptHandle(), Duration.ofSeconds(request.visibilityTimeout())));
    return ChangeMessageVisibilityResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
