package dev.rollcall.core.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// Reads an expression of either kind, as the Healthchecks API does.
public final class Schedules {

  /// An expression must come due after this instant at least once. It lies before any check, so
  /// that an expression about the past is accepted, and one which no calendar can meet is not.
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private Schedules() {}

  /// Reads one line of exactly five fields as cron, and everything else as OnCalendar.
  ///
  /// Refuses what [Cron] and [OnCalendar] refuse, and an expression that never comes due after
  /// 2000-01-01T00:00Z, such as `*-2-30`.
  ///
  /// @param zone the zone of an expression that names none itself
  public static Parsed parse(String expression, ZoneId zone) {
    return switch (read(expression, zone)) {
      case Parsed.Valid _ when comesNever(expression) ->
          new Parsed.Invalid(
              "this never comes after 2000-01-01", Piece.of(expression).trim().start());
      case Parsed.Valid valid -> valid;
      case Parsed.Invalid invalid -> invalid;
    };
  }

  private static Parsed read(String expression, ZoneId zone) {
    if (expression.length() > Terms.LONGEST) {
      return Terms.TOO_LONG;
    }
    var text = Piece.of(expression).trim();
    return text.split("\n").size() == 1 && text.words().size() == 5
        ? Cron.parse(expression, zone)
        : OnCalendar.parse(expression, zone);
  }

  /// Judged in UTC, whatever the zone of the check: whether an expression is valid does not depend
  /// on daylight saving.
  private static boolean comesNever(String expression) {
    return read(expression, ZoneOffset.UTC) instanceof Parsed.Valid(var schedule)
        && schedule.next(EPOCH).isEmpty();
  }
}
