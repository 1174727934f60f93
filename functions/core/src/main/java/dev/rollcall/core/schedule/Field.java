package dev.rollcall.core.schedule;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// A field of an expression: its name and the values it may take.
///
/// @param name the name as a user knows it
/// @param first the least value
/// @param last the greatest value
/// @param names other ways to write the values, in upper case, from `first` on
record Field(String name, int first, int last, List<String> names) {

  static final Field SECOND = new Field("second", 0, 59, List.of());
  static final Field MINUTE = new Field("minute", 0, 59, List.of());
  static final Field HOUR = new Field("hour", 0, 23, List.of());
  static final Field DAY = new Field("day of month", 1, 31, List.of());
  static final Field MONTH = new Field("month", 1, 12, List.of());
  static final Field YEAR = new Field("year", 1970, 2199, List.of());
  static final Field NAMED_MONTH =
      new Field(
          "month",
          1,
          12,
          List.of(
              "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"));

  /// Cron counts weekdays from Sunday, and Sunday is both 0 and 7.
  static final Field WEEKDAY =
      new Field("day of week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

  private static final int CENTURY = 100;
  private static final int FIRST_SHORT_YEAR = 70;
  private static final int BEYOND_EVERY_FIELD = 1_000_000;

  /// The value that `text` stands for, or nothing when it stands for none of this field.
  OptionalInt value(String text) {
    int name = names.indexOf(text.toUpperCase(Locale.ROOT));
    if (0 <= name) {
      return OptionalInt.of(first + name);
    }
    var number = number(text);
    if (number.isEmpty()) {
      return number;
    }
    int value = equals(YEAR) ? fullYear(number.getAsInt()) : number.getAsInt();
    return first <= value && value <= last ? OptionalInt.of(value) : OptionalInt.empty();
  }

  /// Years of two digits or less stand for 1970 to 2069, as in systemd.
  private static int fullYear(int year) {
    if (year >= CENTURY) {
      return year;
    }
    return year < FIRST_SHORT_YEAR ? 2000 + year : 1900 + year;
  }

  /// The number that ASCII digits write; one too large for any field counts as the least such
  /// number.
  static OptionalInt number(String text) {
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || 9 < digit) {
        return OptionalInt.empty();
      }
      number = Math.min(number * 10 + digit, BEYOND_EVERY_FIELD);
    }
    return OptionalInt.of(number);
  }
}
