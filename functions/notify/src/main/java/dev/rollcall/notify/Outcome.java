package dev.rollcall.notify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What became of one try to send something. Reasons are for people, and never hold an address.
sealed interface Outcome {

  /// It was taken.
  record Sent() implements Outcome {}

  /// It was not, and may be the next time.
  ///
  /// @param after how long the receiver asks to be left alone, or null
  record TryAgain(String reason, @Nullable Duration after) implements Outcome {}

  /// It will never be.
  record Refused(String reason) implements Outcome {}
}
