package dev.rollcall.core.schedule;

import dev.rollcall.core.zone.Zones;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads the lines of one OnCalendar expression.
final class OnCalendarParser {

  private static final Map<String, String> SHORTHANDS =
      Map.of(
          "minutely", "*-*-* *:*:00",
          "hourly", "*-*-* *:00:00",
          "daily", "*-*-* 00:00:00",
          "weekly", "Mon *-*-* 00:00:00",
          "monthly", "*-*-01 00:00:00",
          "quarterly", "*-01,04,07,10-01 00:00:00",
          "semiannually", "*-01,07-01 00:00:00",
          "yearly", "*-01-01 00:00:00",
          "annually", "*-01-01 00:00:00");

  /// Further names of systemd, behind those that every release knows.
  private static final Map<String, String> ALIASES =
      Map.of(
          "semi-annually", "semiannually",
          "biannually", "semiannually",
          "bi-annually", "semiannually",
          "anually", "annually");

  private static final String UTC = "UTC";

  private static final List<String> WEEKDAYS =
      List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY");

  private static final int ABBREVIATION = 3;
  private static final int EVERY_WEEKDAY = 0b1111111;
  private static final Piece EVERY_DAY = Piece.of("*-*-*");
  private static final Piece MIDNIGHT = Piece.of("00:00:00");
  private static final Piece ANY = Piece.of("*");
  private static final Piece ZERO = Piece.of("0");

  /// A single day is counted back from the end only as far as every month reaches.
  private static final Field DAY_FROM_END =
      new Field("day before the end of the month", 1, 28, List.of());

  private final Terms terms = new Terms("..");
  private final Steps steps;

  /// Pieces that not every release reads, with what stands for them, from the end to the start.
  private final Deque<Map.Entry<Piece, String>> renamed = new ArrayDeque<>();

  OnCalendarParser(Steps steps) {
    this.steps = steps;
  }

  Parsed parse(String expression, ZoneId zone) {
    if (expression.length() > Terms.LONGEST) {
      return Terms.TOO_LONG;
    }
    var events = new ArrayList<CalendarEvent>();
    for (var line : Piece.of(expression).trim().split("\n")) {
      events.add(event(line.trim(), zone));
    }
    return terms.parsed(() -> new OnCalendar(expression, plain(expression), zone, events));
  }

  private String plain(String expression) {
    var plain = expression;
    for (var name : renamed) {
      var piece = name.getKey();
      plain = new Piece(plain, piece.start(), piece.end()).replacedBy(name.getValue());
    }
    return plain;
  }

  private CalendarEvent event(Piece line, ZoneId zone) {
    var words = line.words();
    var named = zoneAtEnd(line, words);
    var event = named.isEmpty() ? words : words.subList(0, words.size() - 1);
    if (event.isEmpty()) {
      terms.refuse("a calendar event", line);
    }
    String shorthand = event.size() == 1 ? SHORTHANDS.get(name(event.getFirst())) : null;
    var times = times(shorthand == null ? event : Piece.of(shorthand).words());
    if (named.isPresent() && words.getLast().text().equalsIgnoreCase(UTC)) {
      rename(words.getLast(), UTC);
    }
    return new CalendarEvent(times, new WallClock(named.orElse(zone)));
  }

  /// A shorthand by the name that every release knows.
  private String name(Piece word) {
    var name = word.text().toLowerCase(Locale.ROOT);
    var known = ALIASES.get(name);
    if (known == null) {
      return name;
    }
    rename(word, known);
    return known;
  }

  private void rename(Piece word, String name) {
    renamed.push(Map.entry(word, name));
  }

  /// The reference looks for a zone only in a line with a space, not merely a tab.
  private static Optional<ZoneId> zoneAtEnd(Piece line, List<Piece> words) {
    if (!line.has(" ")) {
      return Optional.empty();
    }
    var last = words.getLast().text();
    return Zones.parse(last.equalsIgnoreCase(UTC) ? UTC : last);
  }

  private LocalTimes times(List<Piece> words) {
    var rest = new ArrayDeque<>(words);
    int weekdays = nextIs(Part.WEEKDAYS, rest) ? weekdays(rest.remove()) : EVERY_WEEKDAY;
    var date = nextIs(Part.DATE, rest) ? rest.remove() : EVERY_DAY;
    var time = nextIs(Part.TIME, rest) ? rest.remove() : MIDNIGHT;
    for (var word : rest) {
      terms.refuse("weekdays, date, time and time zone in this order", word);
    }
    return times(weekdays, date, time);
  }

  private static boolean nextIs(Part part, Deque<Piece> words) {
    return !words.isEmpty() && Part.of(words.element()) == part;
  }

  private LocalTimes times(int weekdays, Piece date, Piece time) {
    String dayMark = date.has("~") ? "~" : "-";
    var month = date.beforeLast(dayMark).split("-");
    if (!date.has(dayMark) || month.size() > 2) {
      terms.refuse("a date such as 2026-01-31 or *-*-01", date);
    }
    var clock = time.split(":");
    if (clock.size() > 3) {
      terms.refuse("a time such as 12:00 or 12:00:00", time);
    }
    var years = values(month.size() > 1 ? month.getFirst() : ANY, Field.YEAR);
    return new LocalTimes(
        years::get,
        values(month.getLast(), Field.MONTH),
        days(dayMark, date.behindLast(dayMark), weekdays),
        values(clock.get(0), Field.HOUR),
        values(clock.get(1), Field.MINUTE),
        values(clock.size() > 2 ? clock.get(2) : ZERO, Field.SECOND));
  }

  private CalendarEvent.Days days(String mark, Piece list, int weekdays) {
    return mark.equals("~") && !list.is("*")
        ? new CalendarEvent.Days(0, bits(fromEnd(list)), weekdays)
        : new CalendarEvent.Days((int) bits(values(list, Field.DAY)), 0, weekdays);
  }

  /// The values of a list; every value of the field for `*`, which stands alone.
  private BitSet values(Piece list, Field field) {
    var values = new BitSet();
    if (list.is("*")) {
      values.set(field.first(), field.last() + 1);
    } else {
      list.split(",")
          .forEach(term -> {
            terms.add(term, field, values);
            if (!term.has("..")) {
              refuseIdle(term, field.last() - terms.value(term.before("/"), field));
            }
          });
    }
    return values;
  }

  /// Days counted back from the end of the month. Steps lead towards the end: `~7/2` is 7, 5, 3 and
  /// 1.
  private BitSet fromEnd(Piece list) {
    var days = new BitSet();
    for (var term : list.split(",")) {
      var head = term.before("/");
      int step = terms.step(term);
      boolean range = head.has("..");
      int nearest = terms.value(head.before(".."), range ? Field.DAY : DAY_FROM_END);
      int farthest = range ? terms.value(head.behind(".."), Field.DAY) : nearest;
      terms.refuseReversed(nearest, farthest, head);
      if (range) {
        refuseBeyondShortMonths(term, farthest);
      } else {
        refuseIdle(term, nearest - 1);
      }
      int end = nearest == farthest && term.has("/") ? 1 : nearest;
      for (int day = farthest; day >= end; day -= step) {
        days.set(day);
      }
    }
    return days;
  }

  /// Refuses a step that is wider than the way that is left.
  private void refuseIdle(Piece term, int left) {
    if (steps == Steps.MUST_LEAD_ON && term.has("/") && terms.step(term) > left) {
      terms.refuse("this step leads nowhere: " + Terms.quote(term), term.start());
    }
  }

  private void refuseBeyondShortMonths(Piece term, int farthest) {
    if (steps == Steps.MUST_LEAD_ON && farthest > DAY_FROM_END.last()) {
      terms.refuse(
          "a month has days before its end from 1 to %d, not %s"
              .formatted(DAY_FROM_END.last(), Terms.quote(term)),
          term.start());
    }
  }

  private int weekdays(Piece list) {
    int weekdays = 0;
    for (var term : list.withoutTrailing(',').split(",")) {
      String mark = term.has("..") ? ".." : "-";
      int from = weekday(term.before(mark));
      int to = term.has(mark) ? weekday(term.behind(mark)) : from;
      terms.refuseReversed(from, to, term);
      for (int weekday = from; weekday <= to; weekday++) {
        weekdays |= 1 << weekday;
      }
    }
    return weekdays;
  }

  /// A weekday by its name or the name's first three letters, counted from Monday as 0.
  private int weekday(Piece piece) {
    String text = piece.text().toUpperCase(Locale.ROOT);
    for (int weekday = 0; weekday < WEEKDAYS.size(); weekday++) {
      String name = WEEKDAYS.get(weekday);
      if (text.equals(name) || text.equals(name.substring(0, ABBREVIATION))) {
        return weekday;
      }
    }
    terms.refuse("a weekday such as Mon or Monday", piece);
    return 0;
  }

  private static long bits(BitSet days) {
    return days.stream().mapToLong(day -> 1L << day).sum();
  }

  /// What a word of an event is, judged by how it begins, so that a word with a mistake is still
  /// told for what it was meant to be.
  private enum Part {
    WEEKDAYS,
    DATE,
    TIME;

    static Part of(Piece word) {
      char first = word.text().charAt(0);
      if (word.has(":")) {
        return TIME;
      }
      return first == '*' || first == '~' || Character.isDigit(first) ? DATE : WEEKDAYS;
    }
  }
}
