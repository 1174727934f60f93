package dev.rollcall.core.check;

import dev.rollcall.core.project.ProjectId;
import dev.rollcall.core.schedule.Every;
import dev.rollcall.core.schedule.Parsed;
import dev.rollcall.core.schedule.Schedule;
import dev.rollcall.core.schedule.Schedules;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Checks for tests. Unless it is told otherwise, a check is expected every hour, has ten minutes
/// of grace, and has heard 7 pings and had 3 flips.
///
/// The instants are those of a check last heard of at [#NOON]: expected at [#ONE], and down from
/// [#TEN_PAST_ONE] on.
final class CheckBuilder {

  static final Instant TEN_TO_NOON = Instant.parse("2026-03-01T11:50:00Z");
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final Instant TEN_PAST_NOON = Instant.parse("2026-03-01T12:10:00Z");
  static final Instant HALF_PAST_NOON = Instant.parse("2026-03-01T12:30:00Z");
  static final Instant ONE = Instant.parse("2026-03-01T13:00:00Z");
  static final Instant FIVE_PAST_ONE = Instant.parse("2026-03-01T13:05:00Z");
  static final Instant TEN_PAST_ONE = Instant.parse("2026-03-01T13:10:00Z");
  static final Instant TWO = Instant.parse("2026-03-01T14:00:00Z");

  /// The smallest step of the clock.
  static final Duration INSTANT = Duration.ofNanos(1);

  static final CheckId ID = new CheckId(UUID.fromString("6ce4cbaa-4aba-4f57-b9c0-3c2f2c9d3f6d"));
  static final ProjectId PROJECT = new ProjectId(new UUID(0, 1));
  static final RunId THIS_RUN = new RunId(new UUID(0, 2));
  static final RunId OTHER_RUN = new RunId(new UUID(0, 3));
  static final long PINGS = 7;
  static final long FLIPS = 3;

  private Schedule schedule = new Every(Duration.ofHours(1));
  private Duration grace = Duration.ofMinutes(10);
  private Rules rules = Rules.NONE;
  private @Nullable Run run;
  private @Nullable Duration lastDuration;

  private CheckBuilder() {}

  /// A schedule of cron or calendar events.
  static Schedule calendar(String expression, String zone) {
    return switch (Schedules.parse(expression, ZoneId.of(zone))) {
      case Parsed.Valid(var schedule) -> schedule;
      case Parsed.Invalid invalid -> throw new AssertionError(invalid);
    };
  }

  static CheckBuilder aCheck() {
    return new CheckBuilder();
  }

  CheckBuilder on(Schedule theSchedule) {
    schedule = theSchedule;
    return this;
  }

  CheckBuilder within(Duration theGrace) {
    grace = theGrace;
    return this;
  }

  CheckBuilder by(Rules theRules) {
    rules = theRules;
    return this;
  }

  /// With a run under way, named or not.
  CheckBuilder started(@Nullable RunId id, Instant at) {
    run = new Run(id, at);
    return this;
  }

  CheckBuilder lastTook(Duration duration) {
    lastDuration = duration;
    return this;
  }

  Check fresh() {
    return in(new State.New());
  }

  Check up(Instant lastPing) {
    return in(new State.Up(lastPing));
  }

  Check down(Instant since, Reason reason) {
    return in(new State.Down(since, reason, NOON));
  }

  Check paused(@Nullable Instant lastPing) {
    return in(new State.Paused(lastPing));
  }

  private Check in(State state) {
    return new Check(
        ID, PROJECT, schedule, grace, rules, state, run, lastDuration, PINGS, FLIPS, Tally.NONE);
  }
}
