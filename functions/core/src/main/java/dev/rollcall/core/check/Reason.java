package dev.rollcall.core.check;

/// Why a check went down.
public enum Reason {
  /// Nothing arrived in time, or a run took too long.
  TIMEOUT,
  /// A ping said that the job failed.
  FAILURE,
  /// A word of a newer release, which this one does not know.
  UNKNOWN
}
