package dev.rollcall.core.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A job that runs at a steady pace, counted from its last run rather than by the calendar.
///
/// @param period the time from one run to the next; longer than zero
public record Every(Duration period) implements Schedule {

  public Every {
    if (!period.isPositive()) {
      throw new IllegalArgumentException("A period is longer than zero, not " + period);
    }
  }

  @Override
  public Optional<Instant> next(Instant after) {
    return Optional.of(after.plus(period));
  }
}
