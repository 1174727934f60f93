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
final class ScheduleRow {
  private static final String PERIOD = "period";
  private static final String SCHEDULE = "schedule";
  private static final String ZONE = "zone";

  private ScheduleRow() {}

  static void write(Schedule schedule, Row row) {
    switch (schedule) {
      case Every(Duration period) -> row.number(PERIOD, period.toSeconds());
      case Cron cron -> row.text(SCHEDULE, cron.expression()).text(ZONE, cron.zone().getId());
      case OnCalendar calendar ->
          row.text(SCHEDULE, calendar.expression()).text(ZONE, calendar.zone().getId());
    }
  }

  static Schedule read(Row row) {
    var expression = row.textOrNull(SCHEDULE);
    if (expression == null) {
      return new Every(Duration.ofSeconds(row.number(PERIOD)));
    }
    return switch (Schedules.parse(expression, ZoneId.of(row.text(ZONE)))) {
      case Parsed.Valid(var schedule) -> schedule;
      case Parsed.Invalid(var reason, _) ->
          throw new UnreadableItem("schedule not understood: " + reason);
    };
  }
}
