package dev.rollcall.core.schedule;

import static dev.rollcall.core.schedule.Reading.cron;
import static dev.rollcall.core.schedule.Reading.next;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

  /// A Thursday.
  private static final String NEW_YEAR = "2026-01-01T00:00:00Z";

  private static String firstDay(String expression) {
    return next(1, cron(expression, "UTC"), NEW_YEAR)
        .getFirst()
        .substring(0, "2026-01-01".length());
  }

  @Nested
  class The_next_instant {

    @Test
    void is_later_than_the_one_asked_about() {
      assertThat(next(2, cron("0 0 * * *", "UTC"), NEW_YEAR))
          .containsExactly("2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z");
    }

    @Test
    void may_be_a_fraction_of_a_second_away() {
      assertThat(next(1, cron("0 0 * * *", "UTC"), "2025-12-31T23:59:59.999999999Z"))
          .containsExactly(NEW_YEAR);
    }

    @Test
    void carries_from_minutes_to_hours_to_days_to_months_to_years() {
      assertThat(next(1, cron("5 4 3 2 *", "UTC"), "2026-02-03T04:05:00Z"))
          .containsExactly("2027-02-03T04:05:00Z");
      assertThat(next(2, cron("10,20 1,2 * * *", "UTC"), "2026-01-01T01:20:00Z"))
          .containsExactly("2026-01-01T02:10:00Z", "2026-01-01T02:20:00Z");
      assertThat(next(1, cron("10 1 * * *", "UTC"), "2026-01-31T01:30:00Z"))
          .containsExactly("2026-02-01T01:10:00Z");
    }

    @Test
    void may_be_40_years_away() {
      assertThat(next(2, cron("0 0 * 2 MON#5", "UTC"), "2071-01-01T00:00:00Z"))
          .containsExactly("2072-02-29T00:00:00Z", "2112-02-29T00:00:00Z");
    }

    @Test
    void counts_seconds_in_a_first_field_of_six() {
      assertThat(next(3, cron("*/30 59 23 * * *", "UTC"), "2026-01-01T23:59:00Z"))
          .containsExactly("2026-01-01T23:59:30Z", "2026-01-02T23:59:00Z", "2026-01-02T23:59:30Z");
    }
  }

  @Nested
  class A_field {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "5          | 5,65",
          "5,7        | 5,7,65",
          "5-7        | 5,6,7,65",
          "5-9/2      | 5,7,9,65",
          "*/25       | 25,50,60,85",
          "50/5       | 50,55,110",
          "58-58/1    | 58,59,118",
          "058        | 58,118",
          "*/9999999999999 | 60,120",
        })
    void lists_values_ranges_and_steps(String minutes, String expected) {
      var found = next(expected.split(",", -1).length, cron(minutes + " * * * *", "UTC"), NEW_YEAR);
      assertThat(found.stream().map(CronTest::minutesOfDay))
          .containsExactly(expected.split(",", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "MAR", "mar", "3-3", "mar-MAR", "12,3"})
    void names_months(String months) {
      assertThat(firstDay("0 0 1 " + months + " *")).isEqualTo("2026-03-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "SUN", "sun", "7-7", "0-0", "*/7", "07"})
    void knows_sunday_as_0_and_7(String weekday) {
      assertThat(next(2, cron("0 0 * * " + weekday, "UTC"), NEW_YEAR))
          .containsExactly("2026-01-04T00:00:00Z", "2026-01-11T00:00:00Z");
    }

    @Test
    void may_stand_apart_by_any_white_space() {
      assertThat(next(1, cron(" 0\t0\n2 \u00a01\u2028\u0085* ", "UTC"), NEW_YEAR))
          .containsExactly("2026-01-02T00:00:00Z");
    }
  }

  private static String minutesOfDay(String instant) {
    return Integer.toString(
        Integer.parseInt(instant.substring(11, 13)) * 60
            + Integer.parseInt(instant.substring(14, 16)));
  }

  @Nested
  class A_day {

    @ParameterizedTest
    @CsvSource({
      "0 0 L * *, 2026-01-31",
      "0 0 l 2 *, 2026-02-28",
      "0 0 LW 1 *, 2026-01-30",
      "0 0 lw 2 *, 2026-02-27",
      "0 0 LW 3 *, 2026-03-31",
      "0 0 L/2 * *, 2026-01-31",
      "0 0 * * 4L, 2026-01-29",
      "0 0 * * 5l, 2026-01-30",
      "0 0 * * 7L, 2026-01-25",
      "0 0 * * FRI#1, 2026-01-02",
      "0 0 * * thu#2, 2026-01-08",
      "0 0 * * 4#5, 2026-01-29",
      "0 0 * * 7#1, 2026-01-04",
      "0 0 * * 3#5, 2026-04-29",
      "0 0 */31 2 1, 2027-02-01",
    })
    void is_counted_in_its_month(String expression, String expected) {
      assertThat(firstDay(expression)).isEqualTo(expected);
    }

    @Test
    void matches_either_field_when_both_are_restricted() {
      assertThat(next(3, cron("0 0 13 * FRI", "UTC"), NEW_YEAR))
          .containsExactly("2026-01-02T00:00:00Z", "2026-01-09T00:00:00Z", "2026-01-13T00:00:00Z");
    }

    @Test
    void matches_both_fields_when_one_begins_with_a_star() {
      assertThat(firstDay("0 0 */13 * FRI")).isEqualTo("2026-02-27");
      assertThat(firstDay("0 0 15 * */6")).isEqualTo("2026-02-15");
      assertThat(firstDay("0 0 2 * *,FRI")).isEqualTo("2026-01-02");
    }

    @Test
    void matches_either_field_when_a_star_comes_later_in_a_list() {
      assertThat(firstDay("0 0 1,* * MON")).isEqualTo("2026-01-02");
    }

    @Test
    void of_a_leap_year_is_waited_for() {
      assertThat(firstDay("0 0 29 2 *")).isEqualTo("2028-02-29");
    }
  }

  /// In Riga the clock goes from 03:00 to 04:00 on 2026-03-29 at 01:00Z.
  @Nested
  class When_the_clock_is_set_forward {

    @Test
    void a_job_at_a_skipped_time_runs_right_after_the_change() {
      assertThat(next(2, cron("30 3 * * *", "Europe/Riga"), "2026-03-29T00:59:59Z"))
          .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
    }

    @Test
    void it_runs_once_however_many_of_its_times_are_skipped() {
      assertThat(next(3, cron("0,20,40 3-4 * * *", "Europe/Riga"), "2026-03-28T02:40:00Z"))
          .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T01:20:00Z", "2026-03-29T01:40:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/30 3 * * *", "0 0,30 3 * * *"})
    void a_job_that_runs_by_the_clock_on_the_wall_does_not_run_in_the_skipped_hour(
        String expression) {
      assertThat(next(1, cron(expression, "Europe/Riga"), "2026-03-28T01:30:00Z"))
          .containsExactly("2026-03-30T00:00:00Z");
    }

    @Test
    void an_hourly_job_runs_every_hour() {
      assertThat(next(3, cron("30 * * * *", "Europe/Riga"), "2026-03-28T23:30:00Z"))
          .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z");
    }

    @Test
    void a_job_on_a_skipped_day_runs_at_its_end() {
      assertThat(next(2, cron("0 12 * * *", "Pacific/Apia"), "2011-12-29T22:00:00Z"))
          .containsExactly("2011-12-30T10:00:00Z", "2011-12-30T22:00:00Z");
    }
  }

  /// In Riga the clock goes from 04:00 back to 03:00 on 2026-10-25 at 01:00Z.
  @Nested
  class When_the_clock_is_set_back {

    @Test
    void a_job_at_a_repeated_time_runs_at_its_first_showing_only() {
      assertThat(next(2, cron("30 3 * * *", "Europe/Riga"), "2026-10-25T00:29:59Z"))
          .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:15:00Z"})
    void a_job_whose_time_is_past_does_not_come_again_in_the_second_showing(String after) {
      assertThat(next(1, cron("30 3 * * *", "Europe/Riga"), after))
          .containsExactly("2026-10-26T01:30:00Z");
    }

    @Test
    void a_job_right_behind_the_repeated_hour_runs() {
      assertThat(next(1, cron("0 4 * * *", "Europe/Riga"), "2026-10-25T01:59:59Z"))
          .containsExactly("2026-10-25T02:00:00Z");
      assertThat(next(1, cron("0 4 * * *", "Europe/Riga"), "2026-10-25T01:15:00Z"))
          .containsExactly("2026-10-25T02:00:00Z");
    }

    @Test
    void a_job_that_runs_by_the_clock_on_the_wall_runs_in_both_showings() {
      assertThat(next(5, cron("*/30 3 * * *", "Europe/Riga"), "2026-10-24T23:45:00Z"))
          .containsExactly(
              "2026-10-25T00:00:00Z",
              "2026-10-25T00:30:00Z",
              "2026-10-25T01:00:00Z",
              "2026-10-25T01:30:00Z",
              "2026-10-26T01:00:00Z");
    }
  }

  @Nested
  class An_expression_that_never_matches {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "0 0 30 2 *",
          "0 0 31 2,4,6,9,11 *",
          "0 0 30-31 2 *",
          "0 0 31 4 *,1",
          "0 0 31 11/20 *"
        })
    void is_refused_when_no_month_has_its_days(String expression) {
      assertThat(Cron.parse(expression, ZoneOffset.UTC))
          .isEqualTo(
              new Parsed.Invalid(
                  "no month of this expression has a day " + expression.substring(4, 6), 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 31,L 2 *", "0 0 31,LW 2 *", "0 0 28-31 2 *", "0 0 31 3,4 *"})
    void is_not_one_whose_months_have_some_of_its_days(String expression) {
      assertThat(next(1, cron(expression, "UTC"), NEW_YEAR)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "0 0 31 2 1-5     | 0 0 * 2 1-5     | 2026-02-02, 2026-02-03",
          "0 0 31 2 0       | 0 0 * 2 0       | 2026-02-01, 2026-02-08",
          "0 0 31 4,6 fri#1 | 0 0 * 4,6 fri#1 | 2026-04-03, 2026-06-05",
          "0 0 30,31 2 5L   | 0 0 * 2 5L      | 2026-02-27, 2027-02-26",
          "0 0 31 2 MON#5   | 0 0 * 2 MON#5   | 2044-02-29, 2072-02-29",
        })
    void comes_on_its_weekdays_when_no_month_has_its_days(
        String expression, String plain, String days) {
      var cron = (Cron) cron(expression, "UTC");
      assertThat(next(2, cron, NEW_YEAR).stream().map(at -> at.substring(0, 10)))
          .containsExactly(days.split(", ", -1));
      assertThat(cron.plain()).isEqualTo(plain);
      assertThat(next(9, cron(plain, "UTC"), NEW_YEAR)).isEqualTo(next(9, cron, NEW_YEAR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 29 2 *", "0 0 31,L 2 1", "0 0 31 2,3 1", "0 0 LW 2 1"})
    void says_the_same_in_plain_words_otherwise(String expression) {
      assertThat(((Cron) cron(expression, "UTC")).plain()).isEqualTo(expression);
    }

    @Test
    void has_no_next_when_its_day_fields_exclude_each_other() {
      assertThat(next(1, cron("* * */20 * 1L", "UTC"), NEW_YEAR)).isEmpty();
    }

    @Test
    void has_no_next_when_its_times_are_always_skipped() {
      assertThat(next(1, cron("*/30 2 * 3 0#2", "America/New_York"), NEW_YEAR)).isEmpty();
    }
  }

  @Nested
  class A_mistake {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "60 * * * *      | 0 | expected minute from 0 to 59, found \"60\"",
          "1,, * * * *     | 2 | expected minute from 0 to 59, found nothing",
          "* 24 * * *      | 2 | expected hour from 0 to 23, found \"24\"",
          "* * 0 * *       | 4 | expected day of month from 1 to 31, found \"0\"",
          "* * 1W * *      | 4 | expected day of month from 1 to 31, found \"1W\"",
          "* * * 13 *      | 6 | expected month from 1 to 12, found \"13\"",
          "* * * JANUARY * | 6 | expected month from 1 to 12, found \"JANUARY\"",
          "* * * * 8       | 8 | expected day of week from 0 to 7, found \"8\"",
          "* * * * MONL    | 8 | expected day of week from 0 to 7, found \"MONL\"",
          "* * * * 8L      | 8 | expected day of week from 0 to 7, found \"8\"",
          "* * * * 8#1     | 8 | expected day of week from 0 to 7, found \"8\"",
          "* * * * 1#6     | 10 | expected week of the month from 1 to 5, found \"6\"",
          "* * * * 1,2#0   | 12 | expected week of the month from 1 to 5, found \"0\"",
          "5,9-3 * * * *   | 2 | this range ends before it begins: \"9-3\"",
          "1-2-3 * * * *   | 2 | expected minute from 0 to 59, found \"2-3\"",
          "*-5 * * * *     | 0 | expected minute from 0 to 59, found \"*\"",
          "*/0 * * * *     | 2 | expected a step of 1 or more, found \"0\"",
          "5/ * * * *      | 2 | expected a step of 1 or more, found nothing",
          "1/2/3 * * * *   | 2 | expected a step of 1 or more, found \"2/3\"",
          "* * L/0 * *     | 6 | expected a step of 1 or more, found \"0\"",
          "* * LW/x * *    | 7 | expected a step of 1 or more, found \"x\"",
          "61 0 * * * *    | 0 | expected second from 0 to 59, found \"61\"",
          "* * * *         | 7 | expected 5 fields, found 4",
          "* * * * * * *   | 12 | expected 5 fields, found 7",
          "@daily          | 6 | expected 5 fields, found 1",
          "٥ * * * *       | 0 | expected minute from 0 to 59, found \"٥\"",
          "aaaaaaaaaabbbbbbbbbb * * * * | 0 | expected minute from 0 to 59, found \"aaaaaaaaaabbbbbbbbbb\"",
          "aaaaaaaaaabbbbbbbbbbc * * * * | 0 | expected minute from 0 to 59, found \"aaaaaaaaaabbbbbbbbbb…\"",
        })
    void is_named_with_its_place(String expression, int position, String reason) {
      assertThat(Cron.parse(expression, ZoneOffset.UTC))
          .isEqualTo(new Parsed.Invalid(reason, position));
    }

    @Test
    void the_first_one_is_named() {
      assertThat(Cron.parse("60 24 32 13 8", ZoneOffset.UTC))
          .isEqualTo(new Parsed.Invalid("expected minute from 0 to 59, found \"60\"", 0));
    }

    @Test
    void an_expression_has_at_most_500_characters() {
      String longest = " ".repeat(491) + "* * * * *";
      assertThat(Cron.parse(longest, ZoneOffset.UTC)).isInstanceOf(Parsed.Valid.class);
      assertThat(Cron.parse(" " + longest, ZoneOffset.UTC))
          .isEqualTo(new Parsed.Invalid("longer than 500 characters", 500));
    }
  }

  @Nested
  class As_a_value {

    private final Schedule hourly = cron("0 * * * *", "Europe/Riga");

    @Test
    void it_equals_one_of_the_same_expression_and_zone() {
      assertThat(hourly)
          .isEqualTo(cron("0 * * * *", "Europe/Riga"))
          .hasSameHashCodeAs(cron("0 * * * *", "Europe/Riga"));
      assertThat(hourly)
          .isNotEqualTo(cron("0  * * * *", "Europe/Riga"))
          .isNotEqualTo(cron("0 * * * *", "UTC"))
          .isNotEqualTo(Reading.onCalendar("hourly", "Europe/Riga"))
          .doesNotHaveSameHashCodeAs(cron("1 * * * *", "Europe/Riga"));
    }

    @Test
    void it_tells_what_it_was_made_of() {
      assertThat(hourly).hasToString("0 * * * * (Europe/Riga)");
      assertThat(hourly)
          .isInstanceOfSatisfying(
              Cron.class,
              cron -> {
                assertThat(cron.expression()).isEqualTo("0 * * * *");
                assertThat(cron.zone()).isEqualTo(ZoneId.of("Europe/Riga"));
              });
    }
  }
}
