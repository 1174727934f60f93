package dev.rollcall.core.zone;

import java.time.Month;
import java.time.YearMonth;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A time in which a zone kept its standard time and its way of saving daylight: a line of a zone
/// in the time zone database.
///
/// @param standard how many seconds its standard time is ahead of UTC
/// @param saving how many seconds clocks are ahead of that from its start on, until a rule changes
///   it
/// @param rules how that changes, in no order
/// @param end null for the one that lasts
record Era(int standard, int saving, List<SavingRule> rules, @Nullable End end) {

  Era {
    rules = List.copyOf(rules);
  }

  /// When it ends.
  ///
  /// @param local in seconds since the start of 1970 by a clock
  /// @param clock by which
  record End(int year, long local, ClockTime.Clock clock) {}

  /// Reads `STANDARD RULES FORMAT [YEAR [MONTH [DAY [TIME]]]]`, where rules are `-` for none, an
  /// amount, or a name.
  ///
  /// @param named the rules of a name
  static Era parse(String line, Function<String, List<SavingRule>> named) {
    var words = line.split(" ", -1);
    int standard = ClockTime.amount(words[0]);
    var end = words.length > 3 ? end(words) : null;
    return isAmount(words[1])
        ? new Era(standard, ClockTime.amount(words[1]), List.of(), end)
        : new Era(standard, 0, named.apply(words[1]), end);
  }

  private static boolean isAmount(String text) {
    return text.startsWith("-") || Character.isDigit(text.charAt(0));
  }

  private static End end(String[] words) {
    int year = Integer.parseInt(words[3]);
    var month = OnDay.named(Month.values(), word(words, 4, "Ja"));
    var day = OnDay.parse(word(words, 5, "1"));
    var time = ClockTime.parse(word(words, 6, "0"));
    return new End(year, time.on(day.of(YearMonth.of(year, month))), time.clock());
  }

  private static String word(String[] words, int index, String otherwise) {
    return index < words.length ? words[index] : otherwise;
  }
}
