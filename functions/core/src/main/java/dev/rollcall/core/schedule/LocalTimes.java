package dev.rollcall.core.schedule;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.IntPredicate;

/// The times on a wall clock that match an expression, whatever the zone. Whole seconds only.
///
/// Finds a time by stepping through its fields, so that the cost does not depend on how far off it
/// is, except for the months in between.
///
/// @param years whether a year matches
/// @param months matching months from 1 on
/// @param days matching days of a month of a matching year
/// @param hours matching hours, at least one
/// @param minutes matching minutes, at least one
/// @param seconds matching seconds, at least one
record LocalTimes(
    IntPredicate years, BitSet months, DayRule days, BitSet hours, BitSet minutes, BitSet seconds) {

  /// What a BitSet answers when there is no further bit.
  private static final int NONE = -1;

  /// The first match at or after `from` and before `until`.
  ///
  /// @param from a whole second
  Optional<LocalDateTime> first(LocalDateTime from, LocalDateTime until) {
    for (int year = from.getYear(); year <= until.getYear(); year++) {
      if (years.test(year)) {
        int month = months.nextSetBit(year == from.getYear() ? from.getMonthValue() : 1);
        for (; month != NONE; month = months.nextSetBit(month + 1)) {
          var found = firstOfMonth(YearMonth.of(year, month), from);
          if (found.isPresent()) {
            return found.filter(time -> time.isBefore(until));
          }
        }
      }
    }
    return Optional.empty();
  }

  /// The first match of a month, at or after `from`.
  private Optional<LocalDateTime> firstOfMonth(YearMonth month, LocalDateTime from) {
    boolean begun = month.equals(YearMonth.from(from));
    int left = days.days(month) & (begun ? -1 << from.getDayOfMonth() : -1);
    while (left != 0) {
      int day = Integer.numberOfTrailingZeros(left);
      boolean today = begun && day == from.getDayOfMonth();
      var time = firstOfDay(today ? from.toLocalTime() : LocalTime.MIDNIGHT);
      if (time.isPresent()) {
        return time.map(month.atDay(day)::atTime);
      }
      left &= left - 1;
    }
    return Optional.empty();
  }

  /// The first match from `from` to the end of the day.
  private Optional<LocalTime> firstOfDay(LocalTime from) {
    int hour = hours.nextSetBit(from.getHour());
    if (hour == from.getHour()) {
      int minute = minutes.nextSetBit(from.getMinute());
      if (minute == from.getMinute()) {
        int second = seconds.nextSetBit(from.getSecond());
        if (second != NONE) {
          return Optional.of(LocalTime.of(hour, minute, second));
        }
        minute = minutes.nextSetBit(minute + 1);
      }
      if (minute != NONE) {
        return Optional.of(LocalTime.of(hour, minute, seconds.nextSetBit(0)));
      }
      hour = hours.nextSetBit(hour + 1);
    }
    return hour == NONE
        ? Optional.empty()
        : Optional.of(LocalTime.of(hour, minutes.nextSetBit(0), seconds.nextSetBit(0)));
  }
}
