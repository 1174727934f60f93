package dev.rollcall.local.queue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// A message at rest in a queue, or in somebody's hands.
///
/// @param sequence its place in the order of sending, over all queues
/// @param visibleAt from when it can be received, unless an event source has it
/// @param receives how often it was received
/// @param firstReceivedAt when it was received first, null before
/// @param receivedAt when it was received last, null before
/// @param source the ARN of the queue that gave it up as dead, null where it was sent
record QueuedMessage(
    String id,
    long sequence,
    String body,
    Map<String, MessageAttributeValue> attributes,
    Instant sentAt,
    Instant visibleAt,
    int receives,
    @Nullable Instant firstReceivedAt,
    @Nullable Instant receivedAt,
    Custody custody,
    @Nullable String source) {

  /// The order in which messages are received. No two are equal in it.
  static final Comparator<QueuedMessage> DELIVERY =
      Comparator.comparing(QueuedMessage::visibleAt)
          .thenComparingLong(QueuedMessage::sequence)
          .thenComparing(QueuedMessage::id);

  /// Who is responsible for a message. SQS itself knows only "hidden"; this tells work that goes on
  /// from work that waits.
  enum Custody {
    /// Nobody has it: never received, or given back to be retried when it is visible.
    QUEUE,
    /// Somebody received it by the SQS interface and has not been heard of since. Its visibility
    /// time-out ends this.
    RECEIVER,
    /// An [EventSource] has it in a handler's hands, and will settle it whatever happens; no
    /// time-out ends this, because a jump of the clock must not make two of one running handler.
    EVENT_SOURCE
  }

  static QueuedMessage sent(
      String id,
      long sequence,
      String body,
      Map<String, MessageAttributeValue> attributes,
      Instant now,
      Duration delay) {
    return new QueuedMessage(
        id, sequence, body, attributes, now, now.plus(delay), 0, null, null, Custody.QUEUE, null);
  }

  QueuedMessage received(Custody by, Instant now, Duration visibility) {
    return new QueuedMessage(
        id,
        sequence,
        body,
        attributes,
        sentAt,
        now.plus(visibility),
        receives + 1,
        firstReceivedAt == null ? now : firstReceivedAt,
        now,
        by,
        source);
  }

  QueuedMessage visibleFrom(Instant instant, Custody by) {
    return new QueuedMessage(
        id,
        sequence,
        body,
        attributes,
        sentAt,
        instant,
        receives,
        firstReceivedAt,
        receivedAt,
        by,
        source);
  }

  /// The message as it comes into a dead-letter queue: there its receives are counted on.
  QueuedMessage dead(String sourceArn, Instant now) {
    return new QueuedMessage(
        id,
        sequence,
        body,
        attributes,
        sentAt,
        now,
        receives,
        firstReceivedAt,
        receivedAt,
        Custody.QUEUE,
        sourceArn);
  }

  boolean visible(Instant now) {
    return custody != Custody.EVENT_SOURCE && !visibleAt.isAfter(now);
  }

  /// Whether somebody is working on it.
  boolean inFlight(Instant now) {
    return switch (custody) {
      case QUEUE -> false;
      case RECEIVER -> visibleAt.isAfter(now);
      case EVENT_SOURCE -> true;
    };
  }

  /// Whether it was given back and waits to be received again.
  boolean waitsForRetry(Instant now) {
    return custody == Custody.QUEUE && receives > 0 && visibleAt.isAfter(now);
  }

  String md5() {
    return md5(body);
  }

  static String md5(String body) {
    try {
      var digest = MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /// The message as its receiver gets it, with every attribute.
  Message delivered(String queue) {
    var system = new HashMap<MessageSystemAttributeName, String>();
    system.put(MessageSystemAttributeName.SENDER_ID, "local");
    system.put(MessageSystemAttributeName.SENT_TIMESTAMP, millis(sentAt));
    system.put(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, Integer.toString(receives));
    if (firstReceivedAt != null) {
      system.put(
          MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP, millis(firstReceivedAt));
    }
    if (source != null) {
      system.put(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN, source);
    }
    return Message.builder()
        .messageId(id)
        .receiptHandle(new Receipt(queue, id, receives).handle())
        .body(body)
        .md5OfBody(md5())
        .attributes(system)
        .messageAttributes(attributes)
        .build();
  }

  private static String millis(Instant instant) {
    return Long.toString(instant.toEpochMilli());
  }
}
