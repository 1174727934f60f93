package dev.rollcall.core.zone;

import java.time.Month;
import java.time.YearMonth;

/// When clocks change in some years, and how far they are ahead of standard time from then on: a
/// line `R` of the time zone database.
///
/// @param first the first such year
/// @param last the last
/// @param month when
/// @param day when
/// @param time when
/// @param saving how many seconds ahead, which may be negative
record SavingRule(int first, int last, Month month, OnDay day, ClockTime time, int saving) {

  /// Reads `R NAME FROM TO - MONTH DAY TIME SAVING LETTERS`.
  static SavingRule parse(String line) {
    var words = line.split(" ", -1);
    int first = Integer.parseInt(words[2]);
    int last =
        switch (words[3]) {
          case "o" -> first;
          case "ma" -> Integer.MAX_VALUE;
          default -> Integer.parseInt(words[3]);
        };
    return new SavingRule(
        first,
        last,
        OnDay.named(Month.values(), words[5]),
        OnDay.parse(words[6]),
        ClockTime.parse(words[7]),
        ClockTime.amount(words[8]));
  }

  boolean isFor(int year) {
    return first <= year && year <= last;
  }

  Change in(int year) {
    return new Change(time.on(day.of(YearMonth.of(year, month))), time.clock(), saving);
  }

  /// What a rule does in one year.
  ///
  /// @param local when, in seconds since the start of 1970 by a clock
  /// @param clock by which
  /// @param saving how many seconds wall clocks are ahead of standard time then
  record Change(long local, ClockTime.Clock clock, int saving) {

    /// When, in seconds since 1970.
    ///
    /// @param standard how many seconds the standard time is ahead of UTC
    /// @param before how many wall clocks were ahead of that before
    long at(int standard, int before) {
      return local - clock.ahead(standard, before);
    }
  }
}
