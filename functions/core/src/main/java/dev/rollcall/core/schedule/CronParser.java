package dev.rollcall.core.schedule;

import java.time.YearMonth;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads one cron expression.
final class CronParser {

  private static final int MOST_WEEKS = 5;
  private static final Field NTH = new Field("week of the month", 1, MOST_WEEKS, List.of());
  private static final int LEAP_YEAR = 2000;

  private final Terms terms = new Terms("-");
  private final BitSet days = new BitSet();
  private final BitSet weekdays = new BitSet();
  private final Set<CronDays.Occurrence> occurrences = new HashSet<>();
  private boolean last;
  private boolean lastWorkday;

  Parsed parse(String expression, ZoneId zone) {
    if (expression.length() > Terms.LONGEST) {
      return Terms.TOO_LONG;
    }
    var whole = Piece.of(expression);
    var fields = whole.words();
    return switch (fields.size()) {
      case 5 -> parse(expression, zone, fields, false);
      case 6 -> parse(expression, zone, fields, true);
      default -> {
        int position = fields.stream().skip(6).findFirst().map(Piece::start).orElse(whole.end());
        yield new Parsed.Invalid("expected 5 fields, found " + fields.size(), position);
      }
    };
  }

  private Parsed parse(String expression, ZoneId zone, List<Piece> fields, boolean withSeconds) {
    var seconds = new BitSet();
    if (withSeconds) {
      addList(fields.getFirst(), Field.SECOND, seconds);
    } else {
      seconds.set(0);
    }
    var rest = withSeconds ? fields.subList(1, fields.size()) : fields;
    var minutes = values(rest.get(0), Field.MINUTE);
    var hours = values(rest.get(1), Field.HOUR);
    readDays(rest.get(2));
    var months = values(rest.get(3), Field.NAMED_MONTH);
    readWeekdays(rest.get(4));
    boolean both = startsWithStar(rest.get(2)) || startsWithStar(rest.get(4));
    boolean possible = daysOccurIn(months);
    if (both && !possible) {
      terms.refuse(
          "no month of this expression has a day %d".formatted(days.nextSetBit(1)),
          rest.get(2).start());
    }
    boolean fixed = !withSeconds && !startsWithStar(rest.get(0)) && !startsWithStar(rest.get(1));
    return terms.parsed(() -> {
      var rule = new CronDays(bits(days), last, lastWorkday, isoWeekdays(), occurrences, both);
      var times = new LocalTimes(_ -> true, months, rule, hours, minutes, seconds);
      var plain = possible ? expression : rest.get(2).replacedBy("*");
      return new Cron(expression, plain, zone, times, fixed);
    });
  }

  private static boolean startsWithStar(Piece field) {
    return field.text().startsWith("*");
  }

  private BitSet values(Piece list, Field field) {
    var values = new BitSet();
    addList(list, field, values);
    return values;
  }

  private void addList(Piece list, Field field, BitSet values) {
    for (var term : list.split(",")) {
      addTerm(term, field, values);
    }
  }

  private void addTerm(Piece term, Field field, BitSet values) {
    if (term.before("/").is("*")) {
      Terms.add(field.first(), field.last(), terms.step(term), values);
    } else {
      terms.add(term, field, values);
    }
  }

  private void readDays(Piece list) {
    for (var term : list.split(",")) {
      switch (term.before("/").text().toUpperCase(Locale.ROOT)) {
        case "L" -> {
          terms.step(term);
          last = true;
        }
        case "LW" -> {
          terms.step(term);
          lastWorkday = true;
        }
        default -> addTerm(term, Field.DAY, days);
      }
    }
  }

  private void readWeekdays(Piece list) {
    for (var term : list.split(",")) {
      String text = term.text().toUpperCase(Locale.ROOT);
      if (term.has("#")) {
        int weekday = terms.value(term.before("#"), Field.WEEKDAY);
        occurrences.add(new CronDays.Nth(iso(weekday), terms.value(term.behind("#"), NTH)));
      } else if (text.matches("[0-9]+L")) {
        var number = new Piece(term.whole(), term.start(), term.end() - 1);
        occurrences.add(new CronDays.Last(iso(terms.value(number, Field.WEEKDAY))));
      } else {
        addTerm(term, Field.WEEKDAY, weekdays);
      }
    }
  }

  /// Whether any of the days of the month occurs in any of these months.
  private boolean daysOccurIn(BitSet months) {
    int longest =
        months.stream()
            .map(month -> YearMonth.of(LEAP_YEAR, month).lengthOfMonth())
            .max()
            .orElse(0);
    return last || lastWorkday || days.nextSetBit(1) <= longest;
  }

  private int isoWeekdays() {
    return weekdays.stream().map(weekday -> 1 << iso(weekday)).reduce(0, (all, bit) -> all | bit);
  }

  /// The weekday counted from Monday as 0, for one counted from Sunday as 0 or 7.
  private static int iso(int weekday) {
    return (weekday + 6) % 7;
  }

  private static int bits(BitSet days) {
    return days.stream().map(day -> 1 << day).reduce(0, (all, bit) -> all | bit);
  }
}
