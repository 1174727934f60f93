package dev.rollcall.store;

/// What became of a success ping on the fast path.
public sealed interface Counted {

  /// The check was healthy and still is; nothing else follows.
  ///
  /// @param number the number of the ping
  record Healthy(long number) implements Counted {}

  /// The ping needs more thought; nothing was changed. This is the check as it stands.
  record Undecided(CheckItem item) implements Counted {}

  /// There is no such check.
  record Unknown() implements Counted {}
}
