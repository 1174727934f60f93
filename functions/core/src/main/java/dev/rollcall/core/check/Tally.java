package dev.rollcall.core.check;

/// How many of a check's pings were something else than a success. What is left of [Check#pings]
/// were successes: those that are counted without a look leave this as it is.
public record Tally(long starts, long failures, long logs, long ignored) {
  public static final Tally NONE = new Tally(0, 0, 0, 0);

  /// How many of so many pings were successes. Pings that a release counted which knew no kinds are
  /// among them.
  public long successes(long pings) {
    return pings - starts - failures - logs - ignored;
  }

  Tally with(Signal signal) {
    return switch (signal) {
      case Signal.Start _ -> new Tally(starts + 1, failures, logs, ignored);
      case Signal.Success _, Signal.Unknown _ -> this;
      case Signal.Failure _ -> new Tally(starts, failures + 1, logs, ignored);
      case Signal.Log _ -> new Tally(starts, failures, logs + 1, ignored);
      case Signal.Ignored _ -> new Tally(starts, failures, logs, ignored + 1);
    };
  }
}
