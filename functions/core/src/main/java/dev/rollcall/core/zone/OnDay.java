package dev.rollcall.core.zone;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;

/// A day of a month as the time zone database names it.
sealed interface OnDay {

  LocalDate of(YearMonth month);

  /// The day of this number.
  record Numbered(int day) implements OnDay {
    @Override
    public LocalDate of(YearMonth month) {
      return month.atDay(day);
    }
  }

  /// The last such weekday of the month.
  record Last(DayOfWeek weekday) implements OnDay {
    @Override
    public LocalDate of(YearMonth month) {
      return month.atEndOfMonth().with(TemporalAdjusters.previousOrSame(weekday));
    }
  }

  /// The first such weekday from a day on, which may be in the next month.
  record From(DayOfWeek weekday, int day) implements OnDay {
    @Override
    public LocalDate of(YearMonth month) {
      return month.atDay(day).with(TemporalAdjusters.nextOrSame(weekday));
    }
  }

  /// The last such weekday until a day, which may be in the month before.
  record Until(DayOfWeek weekday, int day) implements OnDay {
    @Override
    public LocalDate of(YearMonth month) {
      return month.atDay(day).with(TemporalAdjusters.previousOrSame(weekday));
    }
  }

  /// Reads `5`, `lastSu`, `Su>=8` or `Su<=25`.
  static OnDay parse(String text) {
    if (text.startsWith("last")) {
      return new Last(weekday(text.substring("last".length())));
    }
    if (!text.contains("=")) {
      return new Numbered(Integer.parseInt(text));
    }
    int mark = text.indexOf('=');
    var weekday = weekday(text.substring(0, mark - 1));
    int day = Integer.parseInt(text.substring(mark + 1));
    return text.charAt(mark - 1) == '>' ? new From(weekday, day) : new Until(weekday, day);
  }

  private static DayOfWeek weekday(String start) {
    return named(DayOfWeek.values(), start);
  }

  /// The constant whose name begins like this, whatever the case.
  static <T extends Enum<T>> T named(T[] constants, String start) {
    for (var constant : constants) {
      if (constant.name().regionMatches(true, 0, start, 0, start.length())) {
        return constant;
      }
    }
    throw new IllegalArgumentException("no such name: " + start);
  }
}
