package dev.rollcall.core.check;

import dev.rollcall.core.project.Project;
import dev.rollcall.core.schedule.Every;
import dev.rollcall.core.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;

/// How long the log keeps pings.
public final class Retention {

  /// At least this long, however often a job runs.
  public static final Duration LEAST = Duration.ofDays(30);

  private static final Duration MOST = Duration.ofDays(3650);

  private Retention() {}

  /// Long enough that the log still has the pings of a job that runs as planned that the dashboard
  /// would show; at least [#LEAST], at most ten years.
  public static Duration of(Schedule schedule) {
    var wanted = period(schedule).multipliedBy(Project.PING_LOG_LIMIT);
    return Duration.ofSeconds(Math.clamp(wanted.toSeconds(), LEAST.toSeconds(), MOST.toSeconds()));
  }

  /// The time between two runs; for a calendar, between its first two since 2001.
  private static Duration period(Schedule schedule) {
    if (schedule instanceof Every(var period)) {
      return period;
    }
    return schedule
        .next(Instant.parse("2001-01-01T00:00:00Z"))
        .flatMap(first -> schedule.next(first).map(second -> Duration.between(first, second)))
        .orElse(Duration.ZERO);
  }
}
