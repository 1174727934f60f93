package dev.rollcall.store;

import java.time.Duration;

/// What became of a success ping on the fast path.
public sealed interface Counted {

  /// The check was healthy and still is; nothing else follows.
  ///
  /// @param number the number of the ping
  /// @param keep how long the log keeps it
  record Healthy(long number, Duration keep) implements Counted {}

  /// The ping needs more thought; nothing was changed. This is the check as it stands.
  record Undecided(CheckItem item) implements Counted {}

  /// There is no such check.
  record Unknown() implements Counted {}
}
