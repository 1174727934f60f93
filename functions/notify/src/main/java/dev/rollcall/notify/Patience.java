package dev.rollcall.notify;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// How long one receiver may take while others wait to be told. A function tells a few channels at
/// once, and each that does not answer keeps a place from those behind it. So a try that takes long
/// gives way as soon as others wait; with nobody waiting it has all its time.
///
/// @param first how long a try always has. One that takes longer is slow
/// @param then how often a longer one looks whether others wait
record Patience(Duration first, Duration then) {
  static final Patience USUAL = new Patience(Duration.ofSeconds(2), Duration.ofMillis(500));

  /// @param slow it took longer than [#first]
  record Tried(Outcome outcome, boolean slow) {}

  /// What came of `sending`, which is interrupted when it gives way.
  Tried attempt(Supplier<Outcome> sending, Crowd crowd) {
    var task = new FutureTask<>(sending::get);
    Thread.startVirtualThread(task);
    var slow = false;
    try {
      while (true) {
        try {
          return new Tried(task.get((slow ? then : first).toMillis(), TimeUnit.MILLISECONDS), slow);
        } catch (TimeoutException takesLong) {
          slow = true;
          if (crowd.isWaiting()) {
            return new Tried(
                new Outcome.TryAgain("no answer soon enough, while others waited", null), true);
          }
        }
      }
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case RuntimeException broken -> throw broken;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException("sending broke", failed);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending", stopped);
    } finally {
      task.cancel(true);
    }
  }
}
