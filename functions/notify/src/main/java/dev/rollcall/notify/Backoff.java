package dev.rollcall.notify;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How long to wait between tries: seconds at first, for what is over at once, and hours at last,
/// for an outage that somebody must be woken for. Twelve tries in eleven hours.
final class Backoff {
  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(2),
          Duration.ofHours(2),
          Duration.ofHours(3));

  /// How many failed tries a flip waits through before it is given up.
  static final int TRIES = WAITS.size() + 1;

  /// The longest that a receiver can ask us to wait.
  static final Duration LONGEST_ASKED = Duration.ofHours(1);

  private Backoff() {}

  /// How long to wait after so many tries that failed.
  ///
  /// @param tries from 1 on
  /// @param asked how long the receiver asks for; it can only prolong the wait
  static Duration after(int tries, @Nullable Duration asked) {
    var wait = WAITS.get(Math.min(tries, WAITS.size()) - 1);
    if (asked == null || asked.compareTo(wait) <= 0) {
      return wait;
    }
    return asked.compareTo(LONGEST_ASKED) > 0 ? longer(wait, LONGEST_ASKED) : asked;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
