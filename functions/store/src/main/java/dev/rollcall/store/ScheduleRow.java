package dev.rollcall.store;

import dev.rollcall.core.schedule.Cron;
import dev.rollcall.core.schedule.Every;
import dev.rollcall.core.schedule.OnCalendar;
import dev.rollcall.core.schedule.Parsed;
import dev.rollcall.core.schedule.Schedule;
import dev.rollcall.core.schedule.Schedules;
import java.time.Duration;
import java.time.ZoneId;

/// A schedule as attributes of a check: `period` in seconds, or `schedule` and `zone`.
///
/// An expression that not every release reads is stored in words that all of them do, and as it was
/// `written` beside that. An older release changes the one and leaves the other, which counts only
/// as long as it means the same.
final class ScheduleRow {
  private static final String PERIOD = "period";
  private static final String SCHEDULE = "schedule";
  private static final String WRITTEN = "written";
  private static final String ZONE = "zone";

  private ScheduleRow() {}

  static void write(Schedule schedule, Row row) {
    switch (schedule) {
      case Every(Duration period) -> row.number(PERIOD, period.toSeconds());
      case Cron cron -> write(cron.plain(), cron.expression(), cron.zone(), row);
      case OnCalendar calendar ->
          write(calendar.plain(), calendar.expression(), calendar.zone(), row);
    }
  }

  private static void write(String plain, String expression, ZoneId zone, Row row) {
    row.text(SCHEDULE, plain)
        .text(ZONE, zone.getId())
        .text(WRITTEN, plain.equals(expression) ? null : expression);
  }

  static Schedule read(Row row) {
    var expression = row.textOrNull(SCHEDULE);
    if (expression == null) {
      return new Every(Duration.ofSeconds(row.number(PERIOD)));
    }
    var zone = ZoneId.of(row.text(ZONE));
    var written = row.textOrNull(WRITTEN);
    if (written != null
        && Schedules.parseStored(written, zone) instanceof Parsed.Valid(var schedule)
        && plain(schedule).equals(expression)) {
      return schedule;
    }
    return switch (Schedules.parseStored(expression, zone)) {
      case Parsed.Valid(var schedule) -> schedule;
      case Parsed.Invalid(var reason, _) ->
          throw new UnreadableItem("schedule not understood: " + reason);
    };
  }

  private static String plain(Schedule schedule) {
    return switch (schedule) {
      case Every _ -> "";
      case Cron cron -> cron.plain();
      case OnCalendar calendar -> calendar.plain();
    };
  }
}
