package dev.rollcall.local.queue;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a queue is declared with.
///
/// @param name 1 to 80 letters, digits, hyphens and underscores
/// @param visibility for how long a received message stays hidden when its receiver does not say: 0
///   s to 12 h
/// @param maxReceives how often a message is received before it goes to the dead-letter queue: 1 to
///   1000. It means nothing without one
/// @param deadLetter the name of the queue for messages that were received too often, or null: they
///   are retried for ever. A dead-letter queue has none itself
public record QueueSpec(
    String name, Duration visibility, int maxReceives, @Nullable String deadLetter) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  public QueueSpec {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a queue: " + name);
    }
    if (visibility.isNegative() || visibility.compareTo(Limits.LONGEST_VISIBILITY) > 0) {
      throw new IllegalArgumentException("a visibility is 0 s to 12 h, not " + visibility);
    }
    if (maxReceives < 1 || maxReceives > 1000) {
      throw new IllegalArgumentException("maxReceives is 1 to 1000, not " + maxReceives);
    }
    if (name.equals(deadLetter)) {
      throw new IllegalArgumentException(name + " cannot be its own dead-letter queue");
    }
  }

  /// The name by which AWS would know the queue. Region and account are those of no one.
  String arn() {
    return "arn:aws:sqs:local:000000000000:" + name;
  }

  /// The queue's address in requests. It leads nowhere: `invalid` is a reserved domain (RFC 2606).
  String url() {
    return "https://sqs.local.invalid/000000000000/" + name;
  }
}
