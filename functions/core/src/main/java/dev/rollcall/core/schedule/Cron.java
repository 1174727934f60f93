package dev.rollcall.core.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/// A cron expression in a time zone, with the meaning that Debian's cron gives it and as cronsim
/// 2.8, a later one of the reference's library, reads it.
///
/// Five fields: minute, hour, day of month, month, day of week; or six, with seconds first. A field
/// is a list of values, ranges and steps. Months and weekdays have English names of three letters.
/// The day of month may be `L`, the last day, or `LW`, the last day from Monday to Friday; the day
/// of week may be `5L`, the last Friday, or `FRI#2`, the second. When both day fields are
/// restricted, a day need match only one of them; where one of them begins with `*`, it must match
/// both.
///
/// Where the clock is set forward, a job at a fixed time that is skipped runs right after the
/// change; where it is set back, such a job runs once. A job whose minute or hour begins with `*`,
/// or with seconds, runs by the clock on the wall: not at all in the skipped hour, and again in the
/// repeated one.
///
/// cronsim steps over hours of real time and loses its way where the clock changes by half an hour
/// or at midnight; asked for the time within a repeated hour, it may answer one that is past.
/// Neither happens here.
public final class Cron implements Schedule {

  /// No day recurs more rarely than the 29 February on a given weekday: every 40 years at most.
  private static final int YEARS_TO_SEARCH = 50;

  /// How many fields an expression has, unless seconds come first.
  static final int FIELDS = 5;

  private final String expression;
  private final String plain;
  private final ZoneId zone;
  private final LocalTimes times;
  private final boolean fixed;

  Cron(String expression, String plain, ZoneId zone, LocalTimes times, boolean fixed) {
    this.expression = expression;
    this.plain = plain;
    this.zone = zone;
    this.times = times;
    this.fixed = fixed;
  }

  /// Reads a cron expression: [Parsed.Valid] with a [Cron], or what is wrong with it.
  ///
  /// An expression is refused when none of its days of the month occurs in any of its months, such
  /// as `0 0 30 2 *`, unless a weekday is enough, as in `0 0 30 2 1`. One that never comes due for
  /// another reason is read, and has no [#next].
  public static Parsed parse(String expression, ZoneId zone) {
    return new CronParser().parse(expression, zone);
  }

  /// The expression as it was written.
  public String expression() {
    return expression;
  }

  /// The same in words that every release reads: a day of the month that never occurs is left out,
  /// so that only the weekday is left.
  public String plain() {
    return plain;
  }

  /// The zone whose clock the expression is read by.
  public ZoneId zone() {
    return zone;
  }

  /// Empty when nothing matches within 50 years, which means never.
  @Override
  public Optional<Instant> next(Instant after) {
    var clock = new WallClock(zone);
    var until = clock.secondBehind(after).plusYears(YEARS_TO_SEARCH);
    return fixed
        ? clock.firstOnce(times, after, until)
        : clock.firstWheneverShown(times, after, until);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cron cron
        && expression.equals(cron.expression)
        && zone.equals(cron.zone);
  }

  @Override
  public int hashCode() {
    return Objects.hash(expression, zone);
  }

  @Override
  public String toString() {
    return expression + " (" + zone + ")";
  }
}
