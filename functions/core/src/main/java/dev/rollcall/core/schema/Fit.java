package dev.rollcall.core.schema;

/// What a release may do with the data as it is.
public enum Fit {
  /// Everything.
  NORMAL,
  /// Answer questions, take pings and tell people. What people ask to change waits for a release
  /// that knows the data.
  READ_ONLY,
  /// Nothing but keep pings for later.
  UNREADABLE
}
