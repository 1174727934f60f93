package dev.rollcall.local.queue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// The limits that SQS sets on requests, from "Amazon SQS message quotas" in its developer guide.
final class Limits {
  static final int MOST_IN_A_BATCH = 10;

  /// In bytes: 1 MiB, attributes included, for one message as for a whole batch.
  static final int LONGEST_MESSAGE = 1_048_576;

  /// In seconds.
  static final int LONGEST_DELAY = 900;

  static final Duration LONGEST_VISIBILITY = Duration.ofHours(12);

  private static final Pattern ENTRY_ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  private Limits() {}

  /// The delay asked for; none when null.
  static Duration delay(@Nullable Integer seconds) {
    if (seconds == null) {
      return Duration.ZERO;
    }
    if (seconds < 0 || seconds > LONGEST_DELAY) {
      throw Refusal.parameter(
          "DelaySeconds", seconds, "DelaySeconds must be >= 0 and <= " + LONGEST_DELAY);
    }
    return Duration.ofSeconds(seconds);
  }

  /// The visibility time-out asked for, or `otherwise` when null.
  static Duration visibility(@Nullable Integer seconds, Duration otherwise) {
    if (seconds == null) {
      return otherwise;
    }
    if (seconds < 0 || seconds > LONGEST_VISIBILITY.toSeconds()) {
      throw Refusal.parameter(
          "VisibilityTimeout",
          seconds,
          "Must be >= 0 and <= " + LONGEST_VISIBILITY.toSeconds() + ", if provided.");
    }
    return Duration.ofSeconds(seconds);
  }

  /// How many messages a receiver asked for; one when null.
  static int messages(@Nullable Integer number) {
    if (number == null) {
      return 1;
    }
    if (number < 1 || number > MOST_IN_A_BATCH) {
      throw Refusal.parameter(
          "MaxNumberOfMessages",
          number,
          "Must be between 1 and " + MOST_IN_A_BATCH + ", if provided.");
    }
    return number;
  }

  /// Refuses a message that is empty, too long, or has characters that XML 1.0 has not.
  static void checkMessage(@Nullable String body, Map<String, MessageAttributeValue> attributes) {
    if (body == null || body.isEmpty()) {
      throw Refusal.missing("MessageBody");
    }
    if (!body.codePoints().allMatch(Limits::allowed)) {
      throw Refusal.messageContents();
    }
    if (bytes(body, attributes) > LONGEST_MESSAGE) {
      throw Refusal.messageTooLong();
    }
  }

  /// Refuses a batch without entries, with too many, or whose entries have malformed or repeated
  /// ids.
  static <E> void checkBatch(String entryType, List<E> entries, Function<E, @Nullable String> id) {
    if (entries.isEmpty()) {
      throw Refusal.emptyBatch(entryType);
    }
    if (entries.size() > MOST_IN_A_BATCH) {
      throw Refusal.tooManyEntries(entries.size());
    }
    var seen = new HashSet<String>();
    for (var entry : entries) {
      var entryId = id.apply(entry);
      if (entryId == null || !ENTRY_ID.matcher(entryId).matches()) {
        throw Refusal.malformedId();
      }
      if (!seen.add(entryId)) {
        throw Refusal.repeatedId(entryId);
      }
    }
  }

  /// What counts towards [#LONGEST_MESSAGE]: the body and each attribute's name, type and value.
  static long bytes(@Nullable String body, Map<String, MessageAttributeValue> attributes) {
    long bytes = utf8(body);
    for (var attribute : attributes.entrySet()) {
      var value = attribute.getValue();
      bytes += utf8(attribute.getKey()) + utf8(value.dataType()) + utf8(value.stringValue());
      bytes += value.binaryValue() == null ? 0 : value.binaryValue().asByteArrayUnsafe().length;
    }
    return bytes;
  }

  private static long utf8(@Nullable String text) {
    return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static boolean allowed(int character) {
    return character == 0x9
        || character == 0xA
        || character == 0xD
        || (character >= 0x20 && character <= 0xD7FF)
        || (character >= 0xE000 && character <= 0xFFFD)
        || character >= 0x10000;
  }
}
