package dev.rollcall.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulesTest {

  private static final ZoneId RIGA = ZoneId.of("Europe/Riga");

  @ParameterizedTest
  @ValueSource(strings = {"* * * * *", " 0\t12 * * MON\n"})
  void one_line_of_five_fields_is_cron(String expression) {
    assertThat(Schedules.parse(expression, RIGA)).isEqualTo(Cron.parse(expression, RIGA));
    assertThat(Reading.valid(Schedules.parse(expression, RIGA))).isInstanceOf(Cron.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"daily", "Mon *-*-* 12:00 UTC", "12:00\n13:00", "2001-01-01", "*-02-29"})
  void anything_else_is_on_calendar(String expression) {
    assertThat(Schedules.parse(expression, RIGA)).isEqualTo(OnCalendar.parse(expression, RIGA));
    assertThat(Reading.valid(Schedules.parse(expression, RIGA))).isInstanceOf(OnCalendar.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"@daily", "0 0 0 * * *", "0 0 * *", "daily\n0 0 * *", "60 * * * *", ""})
  void what_is_neither_is_refused(String expression) {
    assertThat(Schedules.parse(expression, RIGA)).isInstanceOf(Parsed.Invalid.class);
  }

  @Test
  void an_expression_has_at_most_500_characters() {
    String longest = "daily" + " ".repeat(495);
    assertThat(Schedules.parse(longest, RIGA)).isInstanceOf(Parsed.Valid.class);
    assertThat(Schedules.parse(longest + " ", RIGA))
        .isEqualTo(new Parsed.Invalid("longer than 500 characters", 500));
  }

  @Test
  void one_that_is_too_long_is_told_so_whatever_was_meant() {
    assertThat(Schedules.parse("0 4 * * * backup " + "x".repeat(500), RIGA))
        .isEqualTo(new Parsed.Invalid("longer than 500 characters", 500));
  }

  @Test
  void five_words_on_two_lines_are_not_cron() {
    assertThat(Schedules.parse("* *\n* * *", RIGA)).isEqualTo(OnCalendar.parse("* *\n* * *", RIGA));
  }

  @ParameterizedTest
  @CsvSource({
    "*-2-30, 0",
    "'  2027-2-29', 2",
    "1999-12-31, 0",
    "2000-01-01, 0",
    "* * */20 * 1L, 0"
  })
  void what_never_comes_after_the_start_of_2000_is_refused(String expression, int position) {
    assertThat(Schedules.parse(expression, RIGA))
        .isEqualTo(new Parsed.Invalid("this never comes after 2000-01-01", position));
  }

  @Test
  void what_only_daylight_saving_prevents_is_accepted() {
    assertThat(Schedules.parse("*/30 2 * 3 0#2", ZoneId.of("America/New_York")))
        .isInstanceOf(Parsed.Valid.class);
  }

  @Nested
  class A_calendar_that_is_new {

    @ParameterizedTest
    @CsvSource({
      "*-*~5/5, 4",
      "2026-*~5/5, 7",
      "20/4:00, 0",
      "00:00/60, 3",
      "00:00:00/60, 6",
      "*-*-27/5, 4",
      "*-*-1/31 12:00, 4",
      "*-12/1-1, 2",
      "2199/1-1-1, 0",
    })
    void takes_each_of_its_steps_at_least_once(String expression, int position) {
      assertThat(Schedules.parse(expression, RIGA))
          .isInstanceOfSatisfying(
              Parsed.Invalid.class,
              invalid -> {
                assertThat(invalid.position()).isEqualTo(position);
                assertThat(invalid.reason()).startsWith("this step leads nowhere: \"");
              });
      assertThat(Schedules.parseOwn(expression, Schedules.Kind.ON_CALENDAR, RIGA))
          .isEqualTo(Schedules.parse(expression, RIGA));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "*-*~5/4",
          "*-*~28/27",
          "19/4:00",
          "00:00/59",
          "*-*-26/5",
          "*-*-1/30",
          "*-11/1-1",
          "2198/1-1-1",
          "*-*-7..7/10",
          "*-*~3..3/5",
          "*:05..10/6",
          "*~03/1,03..05",
          "*-*~1..28"
        })
    void may_take_one_step_only(String expression) {
      assertThat(Schedules.parse(expression, RIGA)).isInstanceOf(Parsed.Valid.class);
    }

    @Test
    void counts_from_the_end_as_far_as_every_month_reaches() {
      assertThat(Schedules.parse("*-*~16..29", RIGA))
          .isEqualTo(
              new Parsed.Invalid(
                  "a month has days before its end from 1 to 28, not \"16..29\"", 4));
    }
  }

  @Nested
  class A_schedule_that_a_check_has {

    @ParameterizedTest
    @ValueSource(strings = {"*-*~5/5", "20/4:00", "*~16..31", "0 0 * * *", "semi-annually"})
    void is_read_although_it_would_be_refused_today(String expression) {
      assertThat(Schedules.parseStored(expression, RIGA)).isInstanceOf(Parsed.Valid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@daily", "bogus", "*-2-30"})
    void was_never_one_that_could_not_be_read(String expression) {
      assertThat(Schedules.parseStored(expression, RIGA)).isInstanceOf(Parsed.Invalid.class);
    }
  }

  @Nested
  class A_schedule_of_a_kind {

    @Test
    void is_cron_with_five_fields_only() {
      assertThat(Schedules.parseOwn("* * * * *", Schedules.Kind.CRON, RIGA))
          .isEqualTo(Cron.parse("* * * * *", RIGA));
      assertThat(Schedules.parseOwn("daily ", Schedules.Kind.CRON, RIGA))
          .isEqualTo(new Parsed.Invalid("expected 5 fields, found 1", 5));
      assertThat(Schedules.parseOwn("0 0 0 * * *", Schedules.Kind.CRON, RIGA))
          .isEqualTo(Schedules.parse("0 0 0 * * *", RIGA));
    }

    @Test
    void is_a_calendar_although_it_has_five_words() {
      assertThat(Schedules.parseOwn("daily", Schedules.Kind.ON_CALENDAR, RIGA))
          .isEqualTo(OnCalendar.parse("daily", RIGA));
      assertThat(Schedules.parseOwn("* * * * *", Schedules.Kind.ON_CALENDAR, RIGA))
          .isInstanceOf(Parsed.Invalid.class);
    }
  }

  /// What systemd 252 takes and refuses, by its own tests; what has fractions of seconds, is an
  /// instant since 1970 or never comes apart.
  @Nested
  class Systemd {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Sat,Thu,Mon-Wed,Sat-Sun",
          "Mon,Sun 12-*-* 2,1:23",
          "Wed *-1",
          "Wed..Wed,Wed *-1",
          "Wed, 17:48",
          "Wednesday,",
          "Wed..Sat,Tue 12-10-16 1:2:3",
          "10-15",
          "monday *-12-* 17:00",
          "12,14,13,12:20,10,30",
          "mon,fri *-1/2-1,3 *:30:45",
          "*:2/3",
          "2015-10-25 01:00:00 uTc",
          "2015-10-25 01:00:00 Asia/Vladivostok",
          "weekly Pacific/Auckland",
          "9..11,13:00,30",
          "1..3-1..3 1..3:1..3",
          "00:00:01/2,02..03",
          "*-*~1 Utc",
          "*-*~05,3 ",
          "*-*~* 00:00:00",
          "*:*:*",
          "93..01-*-*",
          "*:20..39/5",
          "00:00:20..40/1",
          "*:05..05"
        })
    void takes(String expression) {
      assertThat(Schedules.parse(expression, RIGA)).isInstanceOf(Parsed.Valid.class);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "test",
          " utc",
          "7",
          "121212:1:2",
          "2000-03-05.23 00:00:00",
          "2000-03-05 00:00.1:00",
          "2016~11-22",
          "*-*~5/5",
          "Monday.. 12:00",
          "Monday..",
          "-00:+00/-5",
          "00:+00/-5",
          "2016- 11- 24 12: 30: 00",
          "*~29",
          "*~16..31",
          "12..1/2-*",
          "20/4:00",
          "00:00/60",
          "00:00:2300",
          "00:00:18446744073709551615"
        })
    void refuses(String expression) {
      assertThat(Schedules.parse(expression, RIGA)).isInstanceOf(Parsed.Invalid.class);
    }
  }
}
