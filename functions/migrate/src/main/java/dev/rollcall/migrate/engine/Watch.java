package dev.rollcall.migrate.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/// Time, and waiting for some to pass.
public interface Watch {
  Instant now();

  /// Returns when it has passed. The engine asks for less than two seconds: what has to wait longer
  /// returns [Progress.Going], and its caller waits.
  void pause(Duration duration);

  /// That of the machine.
  static Watch system() {
    return by(InstantSource.system());
  }

  /// The time of a clock, which goes on by itself as that of the machine does.
  static Watch by(InstantSource clock) {
    return by(clock, Watch::sleep);
  }

  /// @param pause returns when so much time has passed by the clock
  static Watch by(InstantSource clock, Consumer<Duration> pause) {
    return new Watch() {
      @Override
      public Instant now() {
        return clock.instant();
      }

      @Override
      public void pause(Duration duration) {
        pause.accept(duration);
      }
    };
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    }
  }
}
