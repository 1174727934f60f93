package dev.rollcall.core.schedule;

import java.time.YearMonth;
import java.util.Set;

/// The days that the two day fields of a cron expression mean together.
///
/// @param days days of the month
/// @param last whether the last day of the month is one, too
/// @param lastWorkday whether the last day from Monday to Friday is one, too
/// @param weekdays every such weekday
/// @param occurrences single occurrences of a weekday in a month
/// @param both whether a day must be named by both fields, rather than by either
record CronDays(
    int days,
    boolean last,
    boolean lastWorkday,
    int weekdays,
    Set<Occurrence> occurrences,
    boolean both)
    implements DayRule {

  private static final int WORKDAYS = 0b0011111;

  /// One occurrence of a weekday in a month.
  sealed interface Occurrence {
    int days(YearMonth month);
  }

  /// The `n`th one from the start of the month, from 1 to 5.
  record Nth(int weekday, int n) implements Occurrence {
    @Override
    public int days(YearMonth month) {
      return DayRule.on(1 << weekday, month) & DayRule.upTo(7 * n) & ~DayRule.upTo(7 * (n - 1));
    }
  }

  /// The last one.
  record Last(int weekday) implements Occurrence {
    @Override
    public int days(YearMonth month) {
      return DayRule.on(1 << weekday, month) & ~DayRule.upTo(month.lengthOfMonth() - 7);
    }
  }

  @Override
  public int days(YearMonth month) {
    int byDay = byDayOfMonth(month);
    int byWeekday = byWeekday(month);
    return (both ? byDay & byWeekday : byDay | byWeekday) & DayRule.all(month);
  }

  private int byDayOfMonth(YearMonth month) {
    int found = days;
    if (last) {
      found |= 1 << month.lengthOfMonth();
    }
    if (lastWorkday) {
      found |= Integer.highestOneBit(DayRule.on(WORKDAYS, month) & DayRule.all(month));
    }
    return found;
  }

  private int byWeekday(YearMonth month) {
    int found = DayRule.on(weekdays, month);
    for (var occurrence : occurrences) {
      found |= occurrence.days(month);
    }
    return found;
  }
}
