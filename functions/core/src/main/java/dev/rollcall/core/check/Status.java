package dev.rollcall.core.check;

/// How a check fares, in one word. [#LATE] is never stored: it follows from the last ping and the
/// time.
public enum Status {
  /// Not pinged since it was made or resumed.
  NEW,
  /// Pinged in time.
  UP,
  /// Silent past its time, within its grace.
  LATE,
  /// Silent past its grace, or told that the job failed.
  DOWN,
  /// Not watched.
  PAUSED
}
