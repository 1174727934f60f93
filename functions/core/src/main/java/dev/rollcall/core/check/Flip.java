package dev.rollcall.core.check;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One change of a check's status.
///
/// @param number counts the flips of this check from 1, without gaps
/// @param at when it happened: for a missed deadline the deadline itself, however late that was
///   noticed
/// @param reason why it went down; null for every other change
/// @param ping the number of the newest ping that the check had heard by then; 0 when none
public record Flip(
    CheckId check,
    long number,
    Instant at,
    Status from,
    Status to,
    @Nullable Reason reason,
    long ping) {

  public Flip {
    if (from == Status.LATE || to == Status.LATE) {
      throw new IllegalArgumentException("lateness is derived: no flip leads to or from it");
    }
    if ((reason != null) != (to == Status.DOWN)) {
      throw new IllegalArgumentException("a flip has a reason exactly when it leads down");
    }
  }

  /// Whether people are told: of every outage and of its end. That a check comes up for the first
  /// time or after a pause is no news, nor is what a person did to it.
  public boolean isNews() {
    return to == Status.DOWN || (from == Status.DOWN && to == Status.UP);
  }
}
