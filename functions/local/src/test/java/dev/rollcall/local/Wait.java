package dev.rollcall.local;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what another process or thread brings about.
final class Wait {
  private static final long PATIENCE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long STEP_NANOS = Duration.ofMillis(20).toNanos();

  private Wait() {}

  /// @throws AssertionError when it does not happen within a minute
  static void until(String what, BooleanSupplier happened) {
    var end = System.nanoTime() + PATIENCE_NANOS;
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("still not: " + what);
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }
}
