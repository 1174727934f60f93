package dev.rollcall.core.schedule;

import java.time.Instant;
import java.util.Optional;

/// When a job is expected.
public sealed interface Schedule permits Every, Cron, OnCalendar {

  /// The first expected instant strictly after `after`, or empty when there is none: a calendar of
  /// the past elapses never again. It never decreases as `after` grows.
  Optional<Instant> next(Instant after);
}
