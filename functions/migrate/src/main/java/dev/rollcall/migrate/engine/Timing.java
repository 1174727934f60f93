package dev.rollcall.migrate.engine;

import java.time.Duration;

/// How long things may take, on which safety rests.
///
/// @param cache for how long a function may act on what it has read of META
/// @param page for how long a worker begins writes to the items of a page before it looks at META
///   again. A write that was begun ends within twice `cache`
/// @param lease for how long the work is somebody's who says nothing more
public record Timing(Duration cache, Duration page, Duration lease) {
  public static final Timing CLOUD =
      new Timing(Duration.ofSeconds(15), Duration.ofSeconds(20), Duration.ofSeconds(60));

  /// For data that one process has for itself: nobody else reads or writes it, and no worker
  /// outlives its successor's start.
  public static final Timing ALONE =
      new Timing(Duration.ZERO, Duration.ofSeconds(20), Duration.ofSeconds(60));

  public Timing {
    if (lease.compareTo(page.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException("half a lease outlasts a page");
    }
  }

  /// Whoever had the work before is dead.
  boolean isAlone() {
    return cache.isZero();
  }

  /// Until nobody can be left who writes on the strength of an older generation: whoever looked
  /// just before it became older begins the last write a `page` later, and this wait begins a
  /// `cache` later at the earliest.
  Duration verify() {
    return isAlone() ? Duration.ZERO : cache.plus(page);
  }
}
