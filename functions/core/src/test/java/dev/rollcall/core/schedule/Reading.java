package dev.rollcall.core.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Shorthand for reading expressions and following them.
final class Reading {

  private Reading() {}

  static Schedule cron(String expression, String zone) {
    return valid(Cron.parse(expression, ZoneId.of(zone)));
  }

  static Schedule onCalendar(String expression, String zone) {
    return valid(OnCalendar.parse(expression, ZoneId.of(zone)));
  }

  static Schedule valid(Parsed parsed) {
    return switch (parsed) {
      case Parsed.Valid(var schedule) -> schedule;
      case Parsed.Invalid invalid -> throw new AssertionError(invalid);
    };
  }

  /// The next `count` instants, as text.
  static List<String> next(int count, Schedule schedule, String after) {
    return Stream.iterate(
            schedule.next(Instant.parse(after)),
            Optional::isPresent,
            last -> last.flatMap(schedule::next))
        .limit(count)
        .map(instant -> instant.orElseThrow().toString())
        .toList();
  }
}
