package dev.rollcall.migrate.engine;

import java.time.Duration;
import java.time.Instant;

/// How fast items are written: a bucket of one second's tokens that refills at a rate. The rate
/// halves when the table refuses a call for there are too many, and grows back by a tenth with each
/// second's worth of writes that are not refused. Safe for threads, which take turns.
final class Pace {
  private static final double SLOWEST = 1;

  private final Watch watch;
  private final double fastest;
  private double rate;
  private double tokens;
  private double sinceThen;
  private Instant filled;
  private long halvings;

  /// @param fastest items per second
  Pace(Watch watch, int fastest) {
    this.watch = watch;
    this.fastest = fastest;
    rate = fastest;
    tokens = fastest;
    filled = watch.now();
  }

  /// Items per second, as it is.
  synchronized double rate() {
    return rate;
  }

  /// Takes the token of one write, as soon as there is one.
  synchronized void take() {
    refill();
    if (tokens < 1) {
      watch.pause(Duration.ofNanos(Math.max(1, (long) ((1 - tokens) / rate * 1e9))));
      refill();
    }
    tokens = Math.max(0, tokens - 1);
    if (++sinceThen >= rate) {
      sinceThen = 0;
      rate = Math.min(fastest, rate * 1.1);
    }
  }

  /// How often it became slower.
  synchronized long halvings() {
    return halvings;
  }

  /// The table has refused a call. Of several calls under way at once, the first counts.
  ///
  /// @param before what [#halvings] were when the call began
  synchronized void slower(long before) {
    if (before != halvings) {
      return;
    }
    halvings++;
    rate = Math.max(SLOWEST, rate / 2);
    tokens = 0;
    sinceThen = 0;
  }

  private void refill() {
    var now = watch.now();
    var seconds = Duration.between(filled, now).toNanos() / 1e9;
    tokens = Math.min(Math.max(1, rate), tokens + Math.max(0, seconds) * rate);
    filled = now;
  }
}
