package dev.rollcall.core.schedule;

import java.time.YearMonth;

/// Says which days of a month are meant.
///
/// A set of days is an `int`: bit *n* stands for the *n*th, bit 0 is never set. A set of weekdays
/// is one too: bit 0 stands for Monday, bit 6 for Sunday.
@FunctionalInterface
interface DayRule {

  /// The days meant of this month, none of them beyond its end.
  int days(YearMonth month);

  /// Every day of a month.
  static int all(YearMonth month) {
    return upTo(month.lengthOfMonth());
  }

  /// The days from the 1st to the `last`th.
  static int upTo(int last) {
    return (int) ((1L << (last + 1)) - 2);
  }

  /// The days of a month, and possibly some beyond its end, that fall on one of `weekdays`.
  static int on(int weekdays, YearMonth month) {
    int firstWeekday = month.atDay(1).getDayOfWeek().getValue() - 1;
    int days = 0;
    for (int day = 1; day <= 7; day++) {
      int weekday = (firstWeekday + day - 1) % 7;
      if ((weekdays >> weekday & 1) == 1) {
        days |= EVERY_SEVENTH << day;
      }
    }
    return days;
  }

  /// Bits 0, 7, 14, 21 and 28.
  int EVERY_SEVENTH = 0x10204081;
}
