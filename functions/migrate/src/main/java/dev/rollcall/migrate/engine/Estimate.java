package dev.rollcall.migrate.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// How far the pass under way is, from the rows of its segments.
///
/// @param pass counts from 1
/// @param done items of the kind that it has looked at
/// @param total how many there are: what the pass or the work before has counted; in a first one,
///   what the segments that are through suggest. Empty while none is
/// @param perSecond items; 0 while nothing can be said
/// @param left until the pass is through
public record Estimate(
    int pass, long done, Optional<Long> total, double perSecond, Optional<Duration> left) {

  private static final Comparator<Instant> NATURAL = Comparator.naturalOrder();

  static Estimate of(List<Segment> rows, Head head, Entry entry) {
    var current = rows.stream().filter(row -> row.isOf(head)).toList();
    var done = current.stream().mapToLong(row -> row.tally().scanned()).sum();
    var total = total(current, done, entry);
    var rate = rate(current, done);
    var left =
        total
            .filter(_ -> rate > 0)
            .map(all -> Duration.ofMillis((long) (Math.max(0, all - done) / rate * 1000)));
    return new Estimate(head.sweep().pass(), done, total, rate, left);
  }

  public int percent() {
    return total.map(all -> all == 0 ? 100 : (int) Math.min(100, done * 100 / all)).orElse(0);
  }

  private static Optional<Long> total(List<Segment> current, long done, Entry entry) {
    if (entry.counts().scanned() > 0) {
      return Optional.of(Math.max(done, entry.counts().scanned()));
    }
    var through = current.stream().filter(Segment::done).toList();
    if (through.isEmpty()) {
      return Optional.empty();
    }
    var counted = through.stream().mapToLong(row -> row.tally().scanned()).sum();
    return Optional.of(Math.max(done, counted * through.getFirst().segments() / through.size()));
  }

  private static double rate(List<Segment> current, long done) {
    var begun = current.stream().map(Segment::startedAt).filter(Objects::nonNull).min(NATURAL);
    var last = current.stream().map(Segment::updatedAt).filter(Objects::nonNull).max(NATURAL);
    if (begun.isEmpty() || last.isEmpty()) {
      return 0;
    }
    var seconds = Duration.between(begun.get(), last.get()).toMillis() / 1000.0;
    return seconds <= 0 ? 0 : done / seconds;
  }
}
