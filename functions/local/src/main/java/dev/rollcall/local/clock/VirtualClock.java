package dev.rollcall.local.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Real time plus an offset that only grows: time goes on by itself, and [#advance] jumps ahead. It
/// never goes back, so that what was stored before a jump is never in the future after it.
/// Thread-safe.
///
/// Whoever wants the offset to survive a restart keeps it as it grows, and gives it to the
/// constructor.
public final class VirtualClock implements InstantSource {
  private final InstantSource real;
  private final Consumer<Duration> keeper;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Duration offset;

  /// A clock ahead of the system's by `offset`, which is not negative.
  public VirtualClock(Duration offset) {
    this(InstantSource.system(), offset);
  }

  /// A clock ahead of the system's by `offset`, which is not negative.
  ///
  /// @param keeper is given each new offset before the clock jumps. If it throws, the clock stays.
  public VirtualClock(Duration offset, Consumer<Duration> keeper) {
    this(InstantSource.system(), offset, keeper);
  }

  /// A clock ahead of `real` by `offset`, which is not negative. A fixed `real` makes a clock that
  /// moves only by [#advance].
  public VirtualClock(InstantSource real, Duration offset) {
    this(real, offset, _ -> {});
  }

  private VirtualClock(InstantSource real, Duration offset, Consumer<Duration> keeper) {
    this.real = real;
    this.offset = notNegative(offset);
    this.keeper = keeper;
  }

  @Override
  public Instant instant() {
    return real.instant().plus(offset);
  }

  /// How far the clock is ahead of real time.
  public Duration offset() {
    return offset;
  }

  /// Jumps ahead by `step`, tells every listener, and returns the instant reached.
  ///
  /// @throws IllegalArgumentException when `step` is negative
  public Instant advance(Duration step) {
    notNegative(step);
    grow(step);
    listeners.forEach(Runnable::run);
    return instant();
  }

  /// Has `listener` run after each jump, in the thread that called [#advance]. It is not told of
  /// time going on by itself.
  public void onAdvance(Runnable listener) {
    listeners.add(listener);
  }

  private synchronized void grow(Duration step) {
    var next = offset.plus(step);
    keeper.accept(next);
    offset = next;
  }

  private static Duration notNegative(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("a virtual clock does not go back: " + duration);
    }
    return duration;
  }
}
