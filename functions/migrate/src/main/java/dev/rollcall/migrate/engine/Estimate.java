package dev.rollcall.migrate.engine;

import java.time.Duration;
import java.util.Optional;

/// How far the pass under way is.
///
/// @param pass counts from 1
/// @param done items of the kind that it has looked at
/// @param total how many there are, as the pass or the work before has counted; empty in a first
///   one
/// @param perSecond items; 0 while nothing can be said
/// @param left until the pass is through
public record Estimate(
    int pass, long done, Optional<Long> total, double perSecond, Optional<Duration> left) {

  static Estimate of(Pass pass) {
    var done = pass.tally().scanned();
    var total = Optional.ofNullable(pass.total()).map(counted -> Math.max(done, counted));
    var rate = rate(pass);
    var left =
        total
            .filter(_ -> rate > 0)
            .map(all -> Duration.ofMillis((long) ((all - done) / rate * 1000)));
    return new Estimate(pass.number(), done, total, rate, left);
  }

  public int percent() {
    return total.map(all -> all == 0 ? 100 : (int) Math.min(100, done * 100 / all)).orElse(0);
  }

  private static double rate(Pass pass) {
    if (pass.startedAt() == null || pass.updatedAt() == null) {
      return 0;
    }
    var seconds = Duration.between(pass.startedAt(), pass.updatedAt()).toMillis() / 1000.0;
    return seconds <= 0 ? 0 : pass.tally().scanned() / seconds;
  }
}
