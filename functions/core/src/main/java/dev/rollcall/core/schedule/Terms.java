package dev.rollcall.core.schedule;

import java.util.BitSet;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads the terms that lists of values are made of, and keeps the first thing found wrong.
///
/// After a problem the values read are of no use, and reading on is harmless: a parser reads
/// everything and asks once, at the end, whether there was a problem.
final class Terms {

  /// The characters an expression may have. The API takes 100; the bound keeps a hostile one cheap.
  static final int LONGEST = 500;

  static final Parsed.Invalid TOO_LONG =
      new Parsed.Invalid("longer than %d characters".formatted(LONGEST), LONGEST);

  private static final int LONGEST_QUOTE = 20;

  private final String rangeMark;
  private Parsed.@Nullable Invalid problem;

  /// @param rangeMark what stands between the ends of a range
  Terms(String rangeMark) {
    this.rangeMark = rangeMark;
  }

  /// The schedule, or the first problem if there was one.
  Parsed parsed(Supplier<Schedule> schedule) {
    return problem == null ? new Parsed.Valid(schedule.get()) : problem;
  }

  void refuse(String reason, int position) {
    if (problem == null) {
      problem = new Parsed.Invalid(reason, position);
    }
  }

  /// Refuses what stands where `expected` should.
  void refuse(String expected, Piece found) {
    refuse(
        "expected %s, found %s".formatted(expected, found.isEmpty() ? "nothing" : quote(found)),
        found.start());
  }

  static String quote(Piece piece) {
    String text = piece.text();
    return '"'
        + (text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text)
        + '"';
  }

  /// Adds the values of `value`, `from-to`, `value/step` or `from-to/step`. A single value with a
  /// step counts up to the field's last value; so does a range of one value.
  void add(Piece term, Field field, BitSet values) {
    var head = term.before("/");
    int step = step(term);
    int from = value(head.before(rangeMark), field);
    int to = head.has(rangeMark) ? value(head.behind(rangeMark), field) : from;
    refuseReversed(from, to, head);
    add(from, from == to && term.has("/") ? field.last() : to, step, values);
  }

  void refuseReversed(int from, int to, Piece range) {
    if (to < from) {
      refuse("this range ends before it begins: " + quote(range), range.start());
    }
  }

  static void add(int from, int to, int step, BitSet values) {
    for (int value = from; value <= to; value += step) {
      values.set(value);
    }
  }

  /// The value that a piece stands for; the field's first after a complaint.
  int value(Piece piece, Field field) {
    OptionalInt value = field.value(piece.text());
    if (value.isEmpty()) {
      refuse("%s from %d to %d".formatted(field.name(), field.first(), field.last()), piece);
    }
    return value.orElse(field.first());
  }

  /// The step of a term, 1 when it has none.
  int step(Piece term) {
    if (!term.has("/")) {
      return 1;
    }
    var piece = term.behind("/");
    int step = Field.number(piece.text()).orElse(0);
    if (step == 0) {
      refuse("a step of 1 or more", piece);
    }
    return Math.max(1, step);
  }
}
