package dev.rollcall.notify;

import dev.rollcall.edge.queue.SqsQueue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/// Whether other deliveries wait while a batch is being told. The queue is asked at most once in
/// [#FRESH], and only when somebody wants to know. Thread-safe.
final class Crowd {
  private static final Logger LOG = System.getLogger(Crowd.class.getName());
  private static final Duration FRESH = Duration.ofMillis(500);

  private final SqsQueue queue;
  private long askedAt;
  private boolean asked;
  private boolean waits;

  Crowd(SqsQueue queue) {
    this.queue = queue;
  }

  /// A queue that does not answer is no crowd.
  synchronized boolean isWaiting() {
    var now = System.nanoTime();
    if (!asked || now - askedAt >= FRESH.toNanos()) {
      asked = true;
      askedAt = now;
      waits = ask();
    }
    return waits;
  }

  private boolean ask() {
    try {
      return queue.waiting() > 0;
    } catch (RuntimeException failure) {
      LOG.log(Level.WARNING, "queue not counted: {0}", failure.getClass().getSimpleName());
      return false;
    }
  }
}
