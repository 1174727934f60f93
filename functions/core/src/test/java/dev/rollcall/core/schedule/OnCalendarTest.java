package dev.rollcall.core.schedule;

import static dev.rollcall.core.schedule.Reading.next;
import static dev.rollcall.core.schedule.Reading.onCalendar;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnCalendarTest {

  /// A Thursday.
  private static final String NEW_YEAR = "2026-01-01T00:00:00Z";

  @Nested
  class An_event {

    @ParameterizedTest
    @CsvSource({
      "minutely, 2026-01-01T00:01:00Z",
      "hourly, 2026-01-01T01:00:00Z",
      "daily, 2026-01-02T00:00:00Z",
      "weekly, 2026-01-05T00:00:00Z",
      "monthly, 2026-02-01T00:00:00Z",
      "quarterly, 2026-04-01T00:00:00Z",
      "semiannually, 2026-07-01T00:00:00Z",
      "yearly, 2027-01-01T00:00:00Z",
      "annually, 2027-01-01T00:00:00Z",
      "semi-annually, 2026-07-01T00:00:00Z",
      "biannually, 2026-07-01T00:00:00Z",
      "bi-annually, 2026-07-01T00:00:00Z",
      "anually, 2027-01-01T00:00:00Z",
      "Semi-Annually, 2026-07-01T00:00:00Z",
      "DAILY, 2026-01-02T00:00:00Z",
    })
    void has_a_shorthand(String expression, String expected) {
      assertThat(next(1, onCalendar(expression, "UTC"), NEW_YEAR)).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "12:30                | 2026-01-01T12:30:00Z",
          "12:30:15             | 2026-01-01T12:30:15Z",
          "*:*:0/20             | 2026-01-01T00:00:20Z",
          "Fri                  | 2026-01-02T00:00:00Z",
          "friday 12:00         | 2026-01-02T12:00:00Z",
          "3-5                  | 2026-03-05T00:00:00Z",
          "Mon *-3-5 1:00       | 2029-03-05T01:00:00Z",
          "2027-*-2             | 2027-01-02T00:00:00Z",
          "26-02-01             | 2026-02-01T00:00:00Z",
          "69-1-1               | 2069-01-01T00:00:00Z",
          "2026/2-1-1           | 2028-01-01T00:00:00Z",
          "2027,2030-1-1        | 2027-01-01T00:00:00Z",
          "2199-1-1             | 2199-01-01T00:00:00Z",
          "*-2..3/2-*           | 2026-02-01T00:00:00Z",
          "*-*-30..31           | 2026-01-30T00:00:00Z",
          "*-*-7..7/10          | 2026-01-07T00:00:00Z",
        })
    void has_a_weekday_a_date_and_a_time_each_of_which_may_be_left_out(
        String expression, String expected) {
      assertThat(next(1, onCalendar(expression, "UTC"), NEW_YEAR)).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Mon..Wed,Sat",
          "mon-wed,SATURDAY",
          "Sat,Monday..Wednesday",
          "Mon,Tue,Wed,Sat,",
          "Mon-Wed,Sat,,"
        })
    void lists_weekdays_and_ranges_of_them(String expression) {
      assertThat(next(5, onCalendar(expression, "UTC"), NEW_YEAR))
          .containsExactly(
              "2026-01-03T00:00:00Z",
              "2026-01-05T00:00:00Z",
              "2026-01-06T00:00:00Z",
              "2026-01-07T00:00:00Z",
              "2026-01-10T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
      "*-*~1, 2026-01-31, 2026-02-28",
      "*~3, 2026-01-29, 2026-02-26",
      "2~28, 2026-02-01, 2027-02-01",
      "*-*~1..3/2, 2026-01-29, 2026-01-31",
      "*-*~7/4, 2026-01-25, 2026-01-29",
      "*-*~4..4/2, 2026-01-28, 2026-01-30",
      "*-*~30..30, 2026-01-02, 2026-03-02",
      "*-*~31..31, 2026-03-01, 2026-05-01",
      "Sun *-*~7/1, 2026-01-25, 2026-02-22",
      "*-*~*, 2026-01-02, 2026-01-03",
    })
    void may_count_days_from_the_end_of_the_month(String expression, String first, String second) {
      assertThat(next(2, onCalendar(expression, "UTC"), NEW_YEAR))
          .containsExactly(first + "T00:00:00Z", second + "T00:00:00Z");
    }

    @Test
    void may_name_a_year_of_the_last_century_by_two_digits() {
      assertThat(next(2, onCalendar("70,99-1-1", "UTC"), "1969-06-01T00:00:00Z"))
          .containsExactly("1970-01-01T00:00:00Z", "1999-01-01T00:00:00Z");
    }

    @Test
    void of_the_past_has_no_next() {
      assertThat(next(1, onCalendar("2001-01-01", "UTC"), NEW_YEAR)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*-2-30", "2027-2-29", "2100-02-29"})
    void that_never_comes_has_no_next(String expression) {
      assertThat(next(1, onCalendar(expression, "UTC"), NEW_YEAR)).isEmpty();
    }

    @Test
    void comes_no_more_after_the_year_2199() {
      assertThat(next(2, onCalendar("yearly", "UTC"), "2198-06-01T00:00:00Z"))
          .containsExactly("2199-01-01T00:00:00Z");
      assertThat(next(2, onCalendar("daily", "UTC"), "2199-12-30T12:00:00Z"))
          .containsExactly("2199-12-31T00:00:00Z");
    }
  }

  @Nested
  class Several_lines {

    @Test
    void come_when_the_earliest_comes() {
      assertThat(next(3, onCalendar("12:00\r\n*-*-2 9:00\n\t6:00 ", "UTC"), NEW_YEAR))
          .containsExactly("2026-01-01T06:00:00Z", "2026-01-01T12:00:00Z", "2026-01-02T06:00:00Z");
    }

    @Test
    void go_on_when_one_of_them_is_past() {
      assertThat(next(1, onCalendar("2001-01-01\n2027-01-01\n2002-01-01", "UTC"), NEW_YEAR))
          .containsExactly("2027-01-01T00:00:00Z");
    }

    @Test
    void each_have_their_own_zone() {
      assertThat(next(2, onCalendar("12:00 Europe/Riga\n12:00", "America/New_York"), NEW_YEAR))
          .containsExactly("2026-01-01T10:00:00Z", "2026-01-01T17:00:00Z");
    }
  }

  @Nested
  class A_zone {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "12:00 Europe/Kiev",
          "12:00\tEurope/Kyiv ",
          "daily Etc/GMT-12",
          "12:00 \u00a0Europe/Kyiv"
        })
    void at_the_end_counts_instead_of_the_checks(String expression) {
      var zoned = onCalendar(expression.replace("\t", " \t"), "UTC");
      assertThat(next(1, zoned, NEW_YEAR).getFirst())
          .isEqualTo(
              expression.startsWith("daily") ? "2026-01-01T12:00:00Z" : "2026-01-01T10:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12:00 +02:00", "12:00 Mars/Olympus", "UTC 12:00", "12:00\tUTC"})
    void is_an_iana_name_behind_a_space_at_the_end(String expression) {
      assertThat(OnCalendar.parse(expression, ZoneOffset.UTC)).isInstanceOf(Parsed.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12:00 UTC", "12:00 utc", "12:00 Utc"})
    void may_be_utc_in_any_case(String expression) {
      assertThat(next(1, onCalendar(expression, "Europe/Riga"), NEW_YEAR))
          .containsExactly("2026-01-01T12:00:00Z");
    }

    @Test
    void alone_is_no_event() {
      assertThat(OnCalendar.parse("UTC", ZoneOffset.UTC))
          .isEqualTo(
              new Parsed.Invalid("expected a weekday such as Mon or Monday, found \"UTC\"", 0));
    }
  }

  /// In Riga the clock goes from 03:00 to 04:00 on 2026-03-29 at 01:00Z, and from 04:00 back to
  /// 03:00 on 2026-10-25 at 01:00Z.
  @Nested
  class Daylight_saving {

    @Test
    void leaves_out_what_falls_into_the_skipped_hour() {
      assertThat(next(1, onCalendar("3:30", "Europe/Riga"), "2026-03-28T12:00:00Z"))
          .containsExactly("2026-03-30T00:30:00Z");
      assertThat(next(2, onCalendar("*:30", "Europe/Riga"), "2026-03-29T00:00:00Z"))
          .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z");
    }

    @Test
    void lets_the_repeated_hour_count_once() {
      assertThat(next(2, onCalendar("3:30", "Europe/Riga"), "2026-10-25T00:00:00Z"))
          .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
      assertThat(next(2, onCalendar("*:30", "Europe/Riga"), "2026-10-25T00:00:00Z"))
          .containsExactly("2026-10-25T00:30:00Z", "2026-10-25T02:30:00Z");
    }

    @Test
    void does_not_lead_back_from_the_second_showing_to_the_first() {
      assertThat(next(1, onCalendar("*:*", "Europe/Riga"), "2026-10-25T01:15:00Z"))
          .containsExactly("2026-10-25T02:00:00Z");
    }

    @Test
    void can_leave_nothing_at_all() {
      assertThat(next(1, onCalendar("Sun *-3-8..14 2:30", "America/New_York"), NEW_YEAR)).isEmpty();
    }
  }

  @Nested
  class A_mistake {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "Foo 12:00        | 0 | expected a weekday such as Mon or Monday, found \"Foo\"",
          "Mon..            | 5 | expected a weekday such as Mon or Monday, found nothing",
          "Mon,,Tue         | 4 | expected a weekday such as Mon or Monday, found nothing",
          "Sun,Fri..Mon     | 4 | this range ends before it begins: \"Fri..Mon\"",
          "@daily           | 0 | expected a weekday such as Mon or Monday, found \"@daily\"",
          "*                | 0 | expected a date such as 2026-01-31 or *-*-01, found \"*\"",
          "2026-1-1-1       | 0 | expected a date such as 2026-01-31 or *-*-01, found \"2026-1-1-1\"",
          "~1               | 0 | expected month from 1 to 12, found nothing",
          "1969-1-1         | 0 | expected year from 1970 to 2199, found \"1969\"",
          "2200-1-1         | 0 | expected year from 1970 to 2199, found \"2200\"",
          "100-1-1          | 0 | expected year from 1970 to 2199, found \"100\"",
          "*-13-1           | 2 | expected month from 1 to 12, found \"13\"",
          "*-*-32           | 4 | expected day of month from 1 to 31, found \"32\"",
          "*-*-1,*          | 6 | expected day of month from 1 to 31, found \"*\"",
          "*-*-*/2          | 4 | expected day of month from 1 to 31, found \"*\"",
          "*-*~29           | 4 | expected day before the end of the month from 1 to 28, found \"29\"",
          "*-*~1..32        | 7 | expected day of month from 1 to 31, found \"32\"",
          "*-*~3..1         | 4 | this range ends before it begins: \"3..1\"",
          "*-*~7/0          | 6 | expected a step of 1 or more, found \"0\"",
          "24:00            | 0 | expected hour from 0 to 23, found \"24\"",
          "5..1:00          | 0 | this range ends before it begins: \"5..1\"",
          "12:60            | 3 | expected minute from 0 to 59, found \"60\"",
          "12:00:61         | 6 | expected second from 0 to 59, found \"61\"",
          "12:00:           | 6 | expected second from 0 to 59, found nothing",
          "1:2:3:4          | 0 | expected a time such as 12:00 or 12:00:00, found \"1:2:3:4\"",
          "12:00 Mon        | 6 | expected weekdays, date, time and time zone in this order, found \"Mon\"",
          "12:00 13:00 14:00 | 6 | expected weekdays, date, time and time zone in this order, found \"13:00\"",
        })
    void is_named_with_its_place(String expression, int position, String reason) {
      assertThat(OnCalendar.parse(expression, ZoneOffset.UTC))
          .isEqualTo(new Parsed.Invalid(reason, position));
    }

    @Test
    void is_found_on_a_later_line() {
      assertThat(OnCalendar.parse("hourly\n  bogus", ZoneOffset.UTC))
          .isEqualTo(
              new Parsed.Invalid("expected a weekday such as Mon or Monday, found \"bogus\"", 9));
    }

    @Test
    void may_be_an_empty_line() {
      assertThat(OnCalendar.parse("12:00\n\n13:00", ZoneOffset.UTC))
          .isEqualTo(new Parsed.Invalid("expected a calendar event, found nothing", 6));
      assertThat(OnCalendar.parse("", ZoneOffset.UTC))
          .isEqualTo(new Parsed.Invalid("expected a calendar event, found nothing", 0));
    }

    @Test
    void an_expression_has_at_most_500_characters() {
      String longest = "12:00" + " ".repeat(495);
      assertThat(OnCalendar.parse(longest, ZoneOffset.UTC)).isInstanceOf(Parsed.Valid.class);
      assertThat(OnCalendar.parse(longest + " ", ZoneOffset.UTC))
          .isEqualTo(new Parsed.Invalid("longer than 500 characters", 500));
    }
  }

  @Nested
  class As_a_value {

    private final Schedule daily = onCalendar("daily", "Europe/Riga");

    @Test
    void it_equals_one_of_the_same_expression_and_zone() {
      assertThat(daily)
          .isEqualTo(onCalendar("daily", "Europe/Riga"))
          .hasSameHashCodeAs(onCalendar("daily", "Europe/Riga"));
      assertThat(daily)
          .isNotEqualTo(onCalendar("00:00", "Europe/Riga"))
          .isNotEqualTo(onCalendar("daily", "UTC"))
          .isNotEqualTo(Reading.cron("0 0 * * *", "Europe/Riga"))
          .doesNotHaveSameHashCodeAs(onCalendar("hourly", "Europe/Riga"));
    }

    @ParameterizedTest
    @CsvSource({
      "daily, daily",
      "'12:00  UTC\nDaily', '12:00  UTC\nDaily'",
      "Semi-annually, semiannually",
      "'anually uTc\n biannually\n12:00 utc', 'annually UTC\n semiannually\n12:00 UTC'",
    })
    void it_says_the_same_in_words_that_every_release_reads(String expression, String plain) {
      assertThat(onCalendar(expression, "UTC"))
          .isInstanceOfSatisfying(
              OnCalendar.class,
              calendar -> {
                assertThat(calendar.expression()).isEqualTo(expression);
                assertThat(calendar.plain()).isEqualTo(plain);
              });
    }

    @Test
    void it_tells_what_it_was_made_of() {
      assertThat(daily).hasToString("daily (Europe/Riga)");
      assertThat(daily)
          .isInstanceOfSatisfying(
              OnCalendar.class,
              calendar -> {
                assertThat(calendar.expression()).isEqualTo("daily");
                assertThat(calendar.zone()).isEqualTo(ZoneId.of("Europe/Riga"));
              });
    }
  }
}
