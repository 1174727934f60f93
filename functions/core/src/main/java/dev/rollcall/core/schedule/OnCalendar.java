package dev.rollcall.core.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Calendar events of systemd's timers, as oncalendar 1.1, the reference's library, reads them,
/// with the further names of systemd 252.
///
/// Each line is one event; the earliest counts. A line is a shorthand such as `daily`, or weekday,
/// date and time, each of which may be left out, as in `Mon..Fri *-*-1..7 12:00`. Days after `~`
/// count from the end of the month. A zone at the end of a line, as in `12:00 Europe/Riga`, counts
/// instead of the check's.
///
/// A time in the hour that daylight saving skips does not come on that day; one in the hour that it
/// repeats comes once.
public final class OnCalendar implements Schedule {

  private final String expression;
  private final String plain;
  private final ZoneId zone;
  private final List<CalendarEvent> events;

  OnCalendar(String expression, String plain, ZoneId zone, List<CalendarEvent> events) {
    this.expression = expression;
    this.plain = plain;
    this.zone = zone;
    this.events = events;
  }

  /// Reads calendar events: [Parsed.Valid] with an [OnCalendar], or what is wrong with them.
  ///
  /// @param zone the zone of lines that name none
  public static Parsed parse(String expression, ZoneId zone) {
    return new OnCalendarParser(Steps.MAY_LEAD_NOWHERE).parse(expression, zone);
  }

  /// The expression as it was written.
  public String expression() {
    return expression;
  }

  /// The same in words that every release reads: of several names for a shorthand the one that the
  /// reference has, and `UTC` in capitals.
  public String plain() {
    return plain;
  }

  /// The zone of lines that name none.
  public ZoneId zone() {
    return zone;
  }

  /// Empty when all events are past, never come, or come first after the year 2199.
  @Override
  public Optional<Instant> next(Instant after) {
    return events.stream()
        .flatMap(event -> event.next(after).stream())
        .min(Comparator.naturalOrder());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OnCalendar calendar
        && expression.equals(calendar.expression)
        && zone.equals(calendar.zone);
  }

  @Override
  public int hashCode() {
    return Objects.hash(expression, zone);
  }

  @Override
  public String toString() {
    return expression + " (" + zone + ")";
  }
}
