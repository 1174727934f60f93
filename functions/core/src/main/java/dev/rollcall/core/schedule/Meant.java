package dev.rollcall.core.schedule;

import dev.rollcall.core.zone.Zones;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What somebody meant whose expression is none: often a schedule copied from a crontab, from a
/// timer's file or from another scheduler, with what belongs to it there.
///
/// @param lines of the expression, each by its words
record Meant(List<List<Piece>> lines) {

  private static final int FIELDS = 5;
  private static final String FIVE =
      "cron has 5 fields (minute, hour, day of month, month, day of week)";

  /// A field of cron as most programs have it: `*`, `?`, `H`, numbers, names, ranges and steps.
  private static final Pattern FIELD;

  static {
    var value =
        "(\\*|\\?|H|L|LW|W|\\d{1,4}[LW]?"
            + "|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|SUN|MON|TUE|WED|THU|FRI|SAT)";
    var term = value + "(-\\w{1,4})?(/\\d+)?(#\\d)?";
    FIELD = Pattern.compile(term + "(," + term + ")*", Pattern.CASE_INSENSITIVE);
  }

  private static final Pattern TIMER =
      Pattern.compile("OnCalendar\\s*=.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern ZONE_VARIABLE = Pattern.compile("(CRON_)?TZ=.*");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_]\\w*=.*");
  private static final Pattern CALL =
      Pattern.compile("(cron|rate|at)\\(.*", Pattern.CASE_INSENSITIVE);
  private static final Pattern ZONE = Pattern.compile("[A-Z]\\w+(/[A-Z][\\w+-]+)+");
  private static final Pattern SECONDS_SINCE_1970 = Pattern.compile("@\\d+");

  /// A better complaint about an expression that could not be read; nothing when it is unclear what
  /// was meant.
  static Optional<Parsed.Invalid> by(String expression) {
    var lines =
        Piece.of(expression).trim().split("\n").stream()
            .map(Piece::words)
            .filter(words -> !words.isEmpty())
            .toList();
    return lines.isEmpty() ? Optional.empty() : new Meant(lines).complaint();
  }

  private Optional<Parsed.Invalid> complaint() {
    var timer = timer();
    return timer.isPresent() ? timer : inCron(lines.getFirst());
  }

  private Optional<Parsed.Invalid> timer() {
    return lines.stream()
        .filter(words -> TIMER.matcher(rest(words, 0)).matches())
        .findFirst()
        .map(words ->
            at(
                words.getFirst(),
                "leave out \"OnCalendar=\" and the other lines of a timer: the expression is what"
                    + " stands behind it"));
  }

  private Optional<Parsed.Invalid> inCron(List<Piece> words) {
    var first = words.getFirst();
    var text = first.text();
    if (ZONE_VARIABLE.matcher(text).matches()) {
      return Optional.of(
          at(
              first,
              "a cron expression names no time zone: leave out \"%s=\", and set the time zone of"
                      .formatted(first.before("=").text())
                  + " the check"));
    }
    if (VARIABLE.matcher(text).matches() || text.startsWith("#")) {
      return Optional.of(at(first, "leave out the other lines of a crontab: " + FIVE));
    }
    if (CALL.matcher(text).matches()) {
      return Optional.of(
          at(
              first,
              "leave out \"%s(\" and \")\": %s, and a rate is a simple period"
                  .formatted(first.before("(").text(), FIVE)));
    }
    return text.startsWith("@") ? macro(words) : fields(words);
  }

  private Optional<Parsed.Invalid> macro(List<Piece> words) {
    var first = words.getFirst();
    var plain = Macro.plain(first.text());
    if (plain.isPresent()) {
      return Optional.of(
          words.size() > 1
              ? behind(words, 1)
              : at(first, "write %s: cron's %s".formatted(plain.get(), first.text())));
    }
    if (SECONDS_SINCE_1970.matcher(first.text()).matches()) {
      return Optional.of(at(first, "write a date such as 2026-01-31 12:00 UTC"));
    }
    return Optional.of(
        at(
            first,
            "cron knows no such time here: it has %s; for a job that runs at a steady pace choose"
                    .formatted(Macro.NAMES)
                + " a simple period"));
  }

  private Optional<Parsed.Invalid> fields(List<Piece> words) {
    int fields = (int) words.stream().takeWhile(Meant::isField).count();
    boolean all = fields == words.size();
    if (words.stream().limit(fields).noneMatch(Meant::isNumberOrStar)) {
      return Optional.empty();
    }
    if (all && words.stream().anyMatch(word -> word.has("?"))) {
      return Optional.of(
          at(
              words.getFirst(),
              "this is cron as Quartz has it: %s, without seconds and years, and * in the place"
                      .formatted(FIVE)
                  + " of ?"));
    }
    if (fields > FIELDS) {
      return Optional.of(
          at(words.get(FIELDS), "%s, without seconds and years: found %d".formatted(FIVE, fields)));
    }
    if (fields == FIELDS) {
      return lines.size() > 1 && all ? Optional.of(secondLine()) : behindFields(words);
    }
    boolean few = lines.size() == 1 && fields > 1 && all;
    return few || fields == FIELDS - 1 ? tooFew(words, fields) : Optional.empty();
  }

  private Optional<Parsed.Invalid> behindFields(List<Piece> words) {
    return words.size() > FIELDS ? Optional.of(behind(words, FIELDS)) : Optional.empty();
  }

  private Parsed.Invalid secondLine() {
    return at(
        lines.get(1).getFirst(),
        "a check has one line of cron: leave out the others, or write OnCalendar expressions");
  }

  private static Optional<Parsed.Invalid> tooFew(List<Piece> words, int fields) {
    int position = fields < words.size() ? words.get(fields).start() : words.getLast().end();
    return Optional.of(new Parsed.Invalid("%s: found %d".formatted(FIVE, fields), position));
  }

  /// What stands behind a time of cron: a zone, or else the rest of a line of a crontab.
  private static Parsed.Invalid behind(List<Piece> words, int index) {
    var word = words.get(index);
    return at(
        word,
        words.size() == index + 1 && isZone(word.text())
            ? "a cron expression names no time zone: leave out %s, and set the time zone of the check"
                .formatted(Terms.quote(word))
            : "leave out the command: cron's fields end before " + Terms.quote(word));
  }

  private static boolean isZone(String text) {
    return Zones.parse(text).isPresent()
        || text.equalsIgnoreCase("UTC")
        || ZONE.matcher(text).matches();
  }

  private static boolean isField(Piece word) {
    return FIELD.matcher(word.text()).matches();
  }

  private static boolean isNumberOrStar(Piece word) {
    char first = word.text().charAt(0);
    return first == '*' || Character.isDigit(first);
  }

  private static Parsed.Invalid at(Piece place, String reason) {
    return new Parsed.Invalid(reason, place.start());
  }

  private static String rest(List<Piece> words, int from) {
    var first = words.get(from);
    return first.whole().substring(first.start(), words.getLast().end());
  }
}
