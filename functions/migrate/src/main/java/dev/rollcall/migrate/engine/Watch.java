package dev.rollcall.migrate.engine;

import java.time.Duration;
import java.time.Instant;

/// Time, and waiting for some to pass.
public interface Watch {
  Instant now();

  /// Returns when it has passed: below two seconds. Longer waits are the caller's: what has to wait
  /// returns [Progress.Going].
  void pause(Duration duration);

  /// That of the machine.
  static Watch system() {
    return new Watch() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public void pause(Duration duration) {
        try {
          Thread.sleep(duration);
        } catch (InterruptedException asked) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }
}
