package dev.rollcall.local.queue;

import dev.rollcall.local.queue.QueuedMessage.Custody;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The messages of one queue. Not thread-safe: [VirtualSqs] guards all of them by one lock, because
/// a message can move from one to another.
final class MessageQueue {
  private final QueueSpec spec;
  private final @Nullable Journal journal;
  private final Map<String, QueuedMessage> messages = new HashMap<>();

  /// Those that no event source has, in the order of delivery.
  private final NavigableSet<QueuedMessage> schedule = new TreeSet<>(QueuedMessage.DELIVERY);

  /// The calls of event sources that are running. A call can outlive its messages: it may delete
  /// them itself.
  private int calls;

  /// How many messages a receiver could have, somebody has or had, and were sent with a delay that
  /// is not over.
  record Census(long visible, long notVisible, long delayed) {}

  /// @param journal what remembers the messages beyond this process, or null when nothing does
  MessageQueue(QueueSpec spec, @Nullable Journal journal) {
    this.spec = spec;
    this.journal = journal;
  }

  QueueSpec spec() {
    return spec;
  }

  /// Puts a message in, in place of what was known of it before.
  void put(QueuedMessage message) {
    restore(message);
    if (journal != null && message.custody() != Custody.EVENT_SOURCE) {
      journal.put(spec.name(), message);
    }
  }

  /// Puts a message in that the journal has.
  void restore(QueuedMessage message) {
    forget(message.id());
    messages.put(message.id(), message);
    if (message.custody() != Custody.EVENT_SOURCE) {
      schedule.add(message);
    }
  }

  /// Gives up to `max` visible messages into the custody of `by`. Those that were received too
  /// often go to `dead` instead, which SQS too finds out only when it would deliver them.
  List<QueuedMessage> receive(
      int max, Custody by, Instant now, Duration visibility, Consumer<QueuedMessage> dead) {
    var received = new ArrayList<QueuedMessage>();
    while (received.size() < max && hasVisible(now)) {
      var message = schedule.first();
      forget(message.id());
      if (spec.deadLetter() != null && message.receives() >= spec.maxReceives()) {
        dead.accept(message.dead(spec.arn(), now));
      } else {
        received.add(message.received(by, now, visibility));
      }
    }
    received.forEach(this::put);
    return received;
  }

  /// Deletes a message, unless it was received again since: on a standard queue SQS answers a stale
  /// receipt as if it had deleted the message.
  void delete(Receipt receipt) {
    current(receipt).ifPresent(message -> remove(message.id()));
  }

  /// Hides a received message for `timeout` from `now`. A receipt that has run out changes nothing,
  /// as in SQS.
  ///
  /// @throws software.amazon.awssdk.services.sqs.model.SqsException when the message is gone, or
  ///   would be hidden for more than 12 h since it was received
  void changeVisibility(Receipt receipt, Duration timeout, Instant now) {
    if (!messages.containsKey(receipt.messageId())) {
      throw Refusal.parameter(
          "ReceiptHandle",
          receipt.handle(),
          "Message does not exist or is not available for visibility timeout change.");
    }
    current(receipt)
        .filter(message -> !message.visible(now))
        .ifPresent(message -> put(hidden(message, timeout, now)));
  }

  private static QueuedMessage hidden(QueuedMessage message, Duration timeout, Instant now) {
    var receivedAt = message.receivedAt() == null ? now : message.receivedAt();
    var total = Duration.ofSeconds(Duration.between(receivedAt, now).toSeconds()).plus(timeout);
    if (total.compareTo(Limits.LONGEST_VISIBILITY) > 0) {
      throw Refusal.parameter(
          "VisibilityTimeout",
          timeout.toSeconds(),
          "Total VisibilityTimeout for the message is beyond the limit [%d seconds]"
              .formatted(Limits.LONGEST_VISIBILITY.toSeconds()));
    }
    var custody = message.custody() == Custody.EVENT_SOURCE ? Custody.EVENT_SOURCE : Custody.QUEUE;
    return message.visibleFrom(now.plus(timeout), custody);
  }

  /// Takes a message back from an event source whose handler failed: it is retried when its
  /// visibility time-out is over.
  void release(Receipt receipt) {
    current(receipt)
        .ifPresent(message -> put(message.visibleFrom(message.visibleAt(), Custody.QUEUE)));
  }

  /// Makes every message that waits for a retry visible, and returns how many there were.
  int makeRetriesVisible(Instant now) {
    var waiting = messages.values().stream().filter(message -> message.waitsForRetry(now)).toList();
    waiting.forEach(message -> put(message.visibleFrom(now, Custody.QUEUE)));
    return waiting.size();
  }

  /// Notes one call of an event source more (1) or less (-1) that works on messages from here.
  void countCalls(int difference) {
    calls += difference;
  }

  void purge() {
    List.copyOf(messages.keySet()).forEach(this::remove);
  }

  boolean hasVisible(Instant now) {
    return !schedule.isEmpty() && schedule.first().visible(now);
  }

  /// Whether nobody works on any message and nobody could start to.
  boolean quiet(Instant now) {
    return calls == 0
        && !hasVisible(now)
        && messages.values().stream().noneMatch(message -> message.inFlight(now));
  }

  /// When the first of the hidden messages becomes visible.
  Optional<Instant> nextVisibleAt(Instant now) {
    return schedule.stream()
        .map(QueuedMessage::visibleAt)
        .filter(instant -> instant.isAfter(now))
        .findFirst();
  }

  Census census(Instant now) {
    long visible = schedule.stream().takeWhile(message -> message.visible(now)).count();
    long delayed =
        schedule.stream()
            .filter(message -> !message.visible(now) && message.receives() == 0)
            .count();
    return new Census(visible, messages.size() - visible - delayed, delayed);
  }

  private Optional<QueuedMessage> current(Receipt receipt) {
    return Optional.ofNullable(messages.get(receipt.messageId()))
        .filter(message -> message.receives() == receipt.receive());
  }

  private void remove(String id) {
    forget(id);
    if (journal != null) {
      journal.remove(id);
    }
  }

  private void forget(String id) {
    var known = messages.remove(id);
    if (known != null) {
      schedule.remove(known);
    }
  }
}
