package dev.rollcall.core.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/// Reads an expression of either kind.
public final class Schedules {

  /// An expression must come due after this instant at least once. It lies before any check, so
  /// that an expression about the past is accepted, and one which no calendar can meet is not.
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  /// As what an expression is to be read.
  public enum Kind {
    /// One line of exactly five fields is cron, and everything else is OnCalendar.
    BY_ITS_LOOKS,
    CRON,
    ON_CALENDAR
  }

  private Schedules() {}

  /// Reads an expression that a check is to have, as the Healthchecks API does: by its looks.
  ///
  /// Refuses what [Cron] and [OnCalendar] refuse, steps of a calendar that systemd refuses because
  /// they lead nowhere, and an expression that never comes due after 2000-01-01T00:00Z, such as
  /// `*-2-30`.
  ///
  /// @param zone the zone of an expression that names none itself
  public static Parsed parse(String expression, ZoneId zone) {
    return explained(expression, parse(expression, Kind.BY_ITS_LOOKS, Steps.MUST_LEAD_ON, zone));
  }

  /// Reads what [#parse] reads, and cron's names for common times: `@daily` is `0 0 * * *`.
  public static Parsed parseOwn(String expression, Kind kind, ZoneId zone) {
    var plain = kind == Kind.ON_CALENDAR ? Optional.<String>empty() : Macro.plain(expression);
    return plain.isPresent()
        ? Cron.parse(plain.get(), zone)
        : explained(expression, parse(expression, kind, Steps.MUST_LEAD_ON, zone));
  }

  /// Reads an expression that a check has. What was accepted once is a schedule for ever, also
  /// where it would be refused today.
  public static Parsed parseStored(String expression, ZoneId zone) {
    return parse(expression, Kind.BY_ITS_LOOKS, Steps.MAY_LEAD_NOWHERE, zone);
  }

  private static Parsed explained(String expression, Parsed parsed) {
    return switch (parsed) {
      case Parsed.Valid valid -> valid;
      case Parsed.Invalid invalid when invalid.equals(Terms.TOO_LONG) -> invalid;
      case Parsed.Invalid invalid -> Meant.by(expression).orElse(invalid);
    };
  }

  private static Parsed parse(String expression, Kind kind, Steps steps, ZoneId zone) {
    return switch (read(expression, kind, steps, zone)) {
      case Parsed.Valid _ when comesNever(expression, kind) ->
          new Parsed.Invalid(
              "this never comes after 2000-01-01", Piece.of(expression).trim().start());
      case Parsed.Valid valid -> valid;
      case Parsed.Invalid invalid -> invalid;
    };
  }

  private static Parsed read(String expression, Kind kind, Steps steps, ZoneId zone) {
    if (expression.length() > Terms.LONGEST) {
      return Terms.TOO_LONG;
    }
    var text = Piece.of(expression).trim();
    boolean hasFields = text.split("\n").size() == 1 && text.words().size() == Cron.FIELDS;
    return switch (kind) {
      case BY_ITS_LOOKS ->
          hasFields
              ? Cron.parse(expression, zone)
              : new OnCalendarParser(steps).parse(expression, zone);
      case ON_CALENDAR -> new OnCalendarParser(steps).parse(expression, zone);
      case CRON -> hasFields ? Cron.parse(expression, zone) : fieldsMissing(text);
    };
  }

  private static Parsed fieldsMissing(Piece text) {
    return new Parsed.Invalid(
        "expected %d fields, found %d".formatted(Cron.FIELDS, text.words().size()), text.end());
  }

  /// Judged in UTC, whatever the zone of the check: whether an expression is valid does not depend
  /// on daylight saving.
  private static boolean comesNever(String expression, Kind kind) {
    return read(expression, kind, Steps.MAY_LEAD_NOWHERE, ZoneOffset.UTC)
            instanceof Parsed.Valid(var schedule)
        && schedule.next(EPOCH).isEmpty();
  }
}
