package dev.rollcall.ping;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The pings that had to wait, as far as one call has taken them. Safe for threads.
final class Waited {
  private @Nullable Instant oldest;
  private int pings;

  /// One was taken that came at `arrivedAt`.
  synchronized void add(Instant arrivedAt) {
    if (oldest == null || arrivedAt.isBefore(oldest)) {
      oldest = arrivedAt;
    }
    pings++;
  }

  /// When the first of them came; empty where there was none.
  synchronized Optional<Instant> oldest() {
    return Optional.ofNullable(oldest);
  }

  synchronized int pings() {
    return pings;
  }
}
