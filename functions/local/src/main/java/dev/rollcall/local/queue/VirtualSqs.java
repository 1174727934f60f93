package dev.rollcall.local.queue;

import dev.rollcall.local.queue.QueuedMessage.Custody;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.PurgeQueueRequest;
import software.amazon.awssdk.services.sqs.model.PurgeQueueResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/// SQS in the process, whose delays and time-outs follow a clock that can jump. Its queues are
/// declared, not created; they are standard ones, though they deliver in the order of sending.
/// Thread-safe.
///
/// It refuses what SQS refuses, by the same exceptions. What it leaves out: messages are kept until
/// they are deleted (SQS drops them after 4 days), a queue can be purged at any time (SQS: once a
/// minute), and a receiver is answered at once whatever wait time it asks for; [#awaitMessage]
/// waits.
///
/// Beyond SQS's own interface it tells whether work is left. A message that an [EventSource] has
/// handed to its function is in flight until the function returns; one whose handling failed waits
/// for its retry, which is not work that goes on. [#quiet] and [#makeRetriesVisible] know one from
/// the other.
public final class VirtualSqs implements SqsClient {
  private final Queues queues;
  private final AtomicLong sequence;

  /// @throws IllegalArgumentException when two queues have the same name, or a dead-letter queue is
  ///   not among them or has one itself
  public VirtualSqs(InstantSource clock, List<QueueSpec> specs) {
    this(clock, specs, null);
  }

  private VirtualSqs(InstantSource clock, List<QueueSpec> specs, @Nullable Journal journal) {
    queues = new Queues(clock, specs, journal);
    sequence =
        new AtomicLong(
            journal == null
                ? 0
                : journal.kept().stream()
                    .mapToLong(kept -> kept.message().sequence() + 1)
                    .max()
                    .orElse(0));
  }

  /// Queues whose messages are in a file too, and survive whatever ends this process. One that an
  /// event source had when the last process ended is visible at once.
  ///
  /// @param file need not exist
  /// @throws java.io.UncheckedIOException when the file cannot be read or written
  public static VirtualSqs in(Path file, InstantSource clock, List<QueueSpec> specs) {
    return new VirtualSqs(clock, specs, Journal.in(file));
  }

  /// The address of a queue, as [#getQueueUrl(GetQueueUrlRequest)] answers it.
  ///
  /// @throws software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException when there is
  ///   none of this name
  public String url(String queue) {
    return queues.named(queue).spec().url();
  }

  @Override
  public SendMessageResponse sendMessage(SendMessageRequest request) {
    return queues.change(
        request.queueUrl(),
        (queue, now) -> {
          Limits.checkMessage(request.messageBody(), request.messageAttributes());
          var message =
              QueuedMessage.sent(
                  UUID.randomUUID().toString(),
                  sequence.getAndIncrement(),
                  request.messageBody(),
                  request.messageAttributes(),
                  now,
                  Limits.delay(request.delaySeconds()));
          queue.put(message);
          return SendMessageResponse.builder()
              .messageId(message.id())
              .md5OfMessageBody(message.md5())
              .build();
        });
  }

  @Override
  public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
    queues.at(request.queueUrl());
    var entries = request.entries();
    Limits.checkBatch("SendMessageBatchRequestEntry", entries, SendMessageBatchRequestEntry::id);
    long bytes =
        entries.stream()
            .mapToLong(entry -> Limits.bytes(entry.messageBody(), entry.messageAttributes()))
            .sum();
    if (bytes > Limits.LONGEST_MESSAGE) {
      throw Refusal.batchTooLong(bytes);
    }
    var batch =
        Batch.of(
            entries,
            SendMessageBatchRequestEntry::id,
            entry -> {
              var sent =
                  sendMessage(
                      SendMessageRequest.builder()
                          .queueUrl(request.queueUrl())
                          .messageBody(entry.messageBody())
                          .messageAttributes(entry.messageAttributes())
                          .delaySeconds(entry.delaySeconds())
                          .build());
              return SendMessageBatchResultEntry.builder()
                  .id(entry.id())
                  .messageId(sent.messageId())
                  .md5OfMessageBody(sent.md5OfMessageBody())
                  .build();
            });
    return SendMessageBatchResponse.builder()
        .successful(batch.successful())
        .failed(batch.failed())
        .build();
  }

  @Override
  public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
    return queues.change(
        request.queueUrl(),
        (queue, _) -> {
          var max = Limits.messages(request.maxNumberOfMessages());
          var visibility =
              Limits.visibility(request.visibilityTimeout(), queue.spec().visibility());
          var asked = Selection.askedBy(request);
          var messages =
              queues.receive(queue, max, Custody.RECEIVER, visibility).stream()
                  .map(message -> asked.of(message.delivered(queue.spec().name())))
                  .toList();
          return ReceiveMessageResponse.builder().messages(messages).build();
        });
  }

  @Override
  public DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
    return queues.change(
        request.queueUrl(),
        (queue, _) -> {
          queue.delete(receipt(queue, request.receiptHandle()));
          return DeleteMessageResponse.builder().build();
        });
  }

  @Override
  public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
    queues.at(request.queueUrl());
    Limits.checkBatch(
        "DeleteMessageBatchRequestEntry", request.entries(), DeleteMessageBatchRequestEntry::id);
    var batch =
        Batch.of(
            request.entries(),
            DeleteMessageBatchRequestEntry::id,
            entry -> {
              deleteMessage(
                  DeleteMessageRequest.builder()
                      .queueUrl(request.queueUrl())
                      .receiptHandle(entry.receiptHandle())
                      .build());
              return DeleteMessageBatchResultEntry.builder().id(entry.id()).build();
            });
    return DeleteMessageBatchResponse.builder()
        .successful(batch.successful())
        .failed(batch.failed())
        .build();
  }

  @Override
  public ChangeMessageVisibilityResponse changeMessageVisibility(
      ChangeMessageVisibilityRequest request) {
    return queues.change(
        request.queueUrl(),
        (queue, now) -> {
          var receipt = receipt(queue, request.receiptHandle());
          if (request.visibilityTimeout() == null) {
            throw Refusal.missing("VisibilityTimeout");
          }
          var timeout = Limits.visibility(request.visibilityTimeout(), Duration.ZERO);
          queue.changeVisibility(receipt, timeout, now);
          return ChangeMessageVisibilityResponse.builder().build();
        });
  }

  @Override
  public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
      ChangeMessageVisibilityBatchRequest request) {
    queues.at(request.queueUrl());
    Limits.checkBatch(
        "ChangeMessageVisibilityBatchRequestEntry",
        request.entries(),
        ChangeMessageVisibilityBatchRequestEntry::id);
    var batch =
        Batch.of(
            request.entries(),
            ChangeMessageVisibilityBatchRequestEntry::id,
            entry -> {
              changeMessageVisibility(
                  ChangeMessageVisibilityRequest.builder()
                      .queueUrl(request.queueUrl())
                      .receiptHandle(entry.receiptHandle())
                      .visibilityTimeout(entry.visibilityTimeout())
                      .build());
              return ChangeMessageVisibilityBatchResultEntry.builder().id(entry.id()).build();
            });
    return ChangeMessageVisibilityBatchResponse.builder()
        .successful(batch.successful())
        .failed(batch.failed())
        .build();
  }

  @Override
  public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
    return GetQueueUrlResponse.builder().queueUrl(url(request.queueName())).build();
  }

  @Override
  public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
    return queues.change(
        request.queueUrl(),
        (queue, now) -> {
          var census = queue.census(now);
          var spec = queue.spec();
          var attributes = new EnumMap<QueueAttributeName, String>(QueueAttributeName.class);
          attributes.put(
              QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, Long.toString(census.visible()));
          attributes.put(
              QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
              Long.toString(census.notVisible()));
          attributes.put(
              QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED,
              Long.toString(census.delayed()));
          attributes.put(QueueAttributeName.QUEUE_ARN, spec.arn());
          attributes.put(
              QueueAttributeName.VISIBILITY_TIMEOUT, Long.toString(spec.visibility().toSeconds()));
          attributes.put(
              QueueAttributeName.MAXIMUM_MESSAGE_SIZE, Integer.toString(Limits.LONGEST_MESSAGE));
          if (!request.attributeNames().contains(QueueAttributeName.ALL)) {
            attributes.keySet().retainAll(request.attributeNames());
          }
          return GetQueueAttributesResponse.builder().attributes(attributes).build();
        });
  }

  @Override
  public PurgeQueueResponse purgeQueue(PurgeQueueRequest request) {
    return queues.change(
        request.queueUrl(),
        (queue, _) -> {
          queue.purge();
          return PurgeQueueResponse.builder().build();
        });
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  /// Writes no more to the file, if there is one.
  @Override
  public void close() {
    queues.close();
  }

  /// Waits until a message of `queue` is visible, for at most `timeout` of real time, and says
  /// whether one is. A jump of the clock is noticed when [#clockMoved] tells of it.
  ///
  /// @throws software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException when there is
  ///   none of this name
  public boolean awaitMessage(String queue, Duration timeout) throws InterruptedException {
    return queues.awaitMessage(queue, timeout);
  }

  /// Tells those who wait that the clock jumped.
  public void clockMoved() {
    queues.clockMoved();
  }

  /// Makes the messages of `queue` visible that were received, given back (their handler failed, or
  /// their receiver set their visibility), and wait to be retried. Returns how many they were.
  ///
  /// @throws software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException when there is
  ///   none of this name
  public int makeRetriesVisible(String queue) {
    return queues.makeRetriesVisible(queue);
  }

  /// Whether, at this moment, no queue has a visible message or one in flight. Messages that are
  /// delayed or wait for a retry do not count, nor do those of a dead-letter queue that no
  /// [EventSource] takes from: they stay there.
  public boolean quiet() {
    return queues.quiet();
  }

  /// Waits until it is [#quiet], for at most `timeout` of real time, and says whether it is.
  public boolean awaitQuiet(Duration timeout) throws InterruptedException {
    return queues.awaitQuiet(timeout);
  }

  /// When the next hidden message becomes visible (delayed, or waiting for a retry or a time-out),
  /// on any queue that [#quiet] counts.
  public Optional<Instant> nextVisibleAt() {
    return queues.nextVisibleAt();
  }

  /// What an [EventSource] works on.
  Queues queues() {
    return queues;
  }

  private static Receipt receipt(MessageQueue queue, @Nullable String handle) {
    if (handle == null) {
      throw Refusal.missing("ReceiptHandle");
    }
    return Receipt.of(queue.spec().name(), handle);
  }
}
