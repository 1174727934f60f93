package dev.rollcall.core.zone;

import java.time.LocalDate;

/// A time of day in the time zone database, and the clock that shows it.
///
/// @param seconds since midnight; may be negative, or more than a day's
/// @param clock whose time it is
record ClockTime(int seconds, Clock clock) {

  /// Whose time is meant.
  enum Clock {
    /// What people's clocks show.
    WALL,
    /// What they would show without daylight saving.
    STANDARD,
    /// UTC.
    UNIVERSAL;

    /// How many seconds it is ahead of UTC.
    ///
    /// @param standard how many the standard time is
    /// @param saving how many the wall's clock is ahead of that
    int ahead(int standard, int saving) {
      return switch (this) {
        case WALL -> standard + saving;
        case STANDARD -> standard;
        case UNIVERSAL -> 0;
      };
    }
  }

  private static final int HOUR = 3600;
  private static final int MINUTE = 60;
  private static final long DAY = 86_400;

  /// Reads `2`, `2:30`, `-1` or `24`, with `s` for standard time or `u` for UTC behind it.
  static ClockTime parse(String text) {
    int last = text.length() - 1;
    return switch (text.charAt(last)) {
      case 's' -> new ClockTime(amount(text.substring(0, last)), Clock.STANDARD);
      case 'u' -> new ClockTime(amount(text.substring(0, last)), Clock.UNIVERSAL);
      default -> new ClockTime(amount(text), Clock.WALL);
    };
  }

  /// Reads hours, minutes and seconds, as in `1`, `-0:30` or `5:17:32`; `-` alone is nothing.
  ///
  /// @return seconds
  static int amount(String text) {
    if (text.equals("-")) {
      return 0;
    }
    if (text.startsWith("-")) {
      return -amount(text.substring(1));
    }
    int amount = 0;
    int unit = HOUR;
    for (var part : text.split(":", -1)) {
      amount += unit * Integer.parseInt(part);
      unit /= MINUTE;
    }
    return amount;
  }

  /// When it is this time on a date, in seconds since the start of 1970 by its clock.
  long on(LocalDate date) {
    return date.toEpochDay() * DAY + seconds;
  }
}
