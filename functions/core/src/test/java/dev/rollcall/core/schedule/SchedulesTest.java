package dev.rollcall.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
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
}
