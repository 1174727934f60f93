package dev.rollcall.core.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.Optional;

/// One line of an [OnCalendar] expression.
///
/// @param times when it comes, on a wall clock
/// @param clock the wall clock
record CalendarEvent(LocalTimes times, WallClock clock) {

  private static final LocalDateTime END = LocalDateTime.of(Field.YEAR.last() + 1, 1, 1, 0, 0);

  Optional<Instant> next(Instant after) {
    return clock.firstOnceIfShown(times, after, END);
  }

  /// The days that an event means.
  ///
  /// @param days days of the month
  /// @param fromEnd days counted back from the end of the month, bit 1 being the last
  /// @param weekdays the weekdays on which these days count
  record Days(int days, long fromEnd, int weekdays) implements DayRule {
    @Override
    public int days(YearMonth month) {
      // Reversing puts bit n at 63 - n; the nth day from the end is the day length + 1 - n.
      int counted = (int) (Long.reverse(fromEnd) >>> (62 - month.lengthOfMonth()));
      int found = (days | counted) & DayRule.all(month);
      return found == 0 ? 0 : found & DayRule.on(weekdays, month);
    }
  }
}
