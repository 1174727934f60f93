package dev.rollcall.core.schedule;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/// The times on a wall clock that match an expression, whatever the zone. Whole seconds only.
///
/// Finds a time by stepping through its fields, so that the cost does not depend on how far off it
/// is, except for the months in between.
///
/// @param years the first matching year from the given one on, negative when there is none
/// @param months matching months from 1 on
/// @param days matching days of a month of a matching year
/// @param hours matching hours, at least one
/// @param minutes matching minutes, at least one
/// @param seconds matching seconds, at least one
record LocalTimes(
    IntUnaryOperator years,
    BitSet months,
    DayRule days,
    BitSet hours,
    BitSet minutes,
    BitSet seconds) {

  /// The first match at or after `from` and before `until`.
  ///
  /// @param from a whole second
  Optional<LocalDateTime> first(LocalDateTime from, LocalDateTime until) {
    var fromMonth = YearMonth.from(from);
    var lastMonth = YearMonth.from(until);
    for (int year = years.applyAsInt(from.getYear());
        0 <= year && year <= until.getYear();
        year = years.applyAsInt(year + 1)) {
      for (int number = months.nextSetBit(1); 0 < number; number = months.nextSetBit(number + 1)) {
        var month = YearMonth.of(year, number);
        if (month.isAfter(lastMonth)) {
          return Optional.empty();
        }
        if (!month.isBefore(fromMonth)) {
          var found =
              month.equals(fromMonth)
                  ? firstOfMonth(from)
                  : firstOfMonth(month.atDay(1).atStartOfDay());
          if (found.isPresent()) {
            return found.filter(time -> time.isBefore(until));
          }
        }
      }
    }
    return Optional.empty();
  }

  /// The first match from `from` to the end of its month.
  private Optional<LocalDateTime> firstOfMonth(LocalDateTime from) {
    int days = days().days(YearMonth.from(from)) & -1 << from.getDayOfMonth();
    while (days != 0) {
      int day = Integer.numberOfTrailingZeros(days);
      var date = from.toLocalDate().withDayOfMonth(day);
      var time = firstOfDay(day == from.getDayOfMonth() ? from.toLocalTime() : LocalTime.MIDNIGHT);
      if (time.isPresent()) {
        return time.map(date::atTime);
      }
      days &= days - 1;
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
        if (0 <= second) {
          return Optional.of(LocalTime.of(hour, minute, second));
        }
        minute = minutes.nextSetBit(minute + 1);
      }
      if (0 <= minute) {
        return Optional.of(LocalTime.of(hour, minute, seconds.nextSetBit(0)));
      }
      hour = hours.nextSetBit(hour + 1);
    }
    return hour < 0
        ? Optional.empty()
        : Optional.of(LocalTime.of(hour, minutes.nextSetBit(0), seconds.nextSetBit(0)));
  }
}
