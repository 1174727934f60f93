package dev.rollcall.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeantTest {
  private static final String FIVE =
      "cron has 5 fields (minute, hour, day of month, month, day of week)";

  private static Parsed.Invalid complaint(String expression) {
    return (Parsed.Invalid) Schedules.parse(expression, ZoneOffset.UTC);
  }

  private static void assertComplaint(String expression, int position, String reason) {
    assertThat(complaint(expression)).isEqualTo(new Parsed.Invalid(reason, position));
  }

  @Nested
  class Cron_with_another_number_of_fields {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "0 15 */1 * * *      | 13 | 6",
          "0 0 0 * * *         | 10 | 6",
          "*/5 * * * * 2026    | 12 | 6",
          "0 0 3 LW JAN Mon 2026 | 13 | 7",
        })
    void has_too_many(String expression, int position, int found) {
      assertComplaint(expression, position, FIVE + ", without seconds and years: found " + found);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "* *                 | 3 | 2",
          "*/5 *               | 5 | 2",
          "0 3 *               | 5 | 3",
          "0 3 * *             | 7 | 4",
          "0 3 * * /bin/backup | 8 | 4",
        })
    void has_too_few(String expression, int position, int found) {
      assertComplaint(expression, position, FIVE + ": found " + found);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"0 0 12 * * ?", "0 0/5 14 ? * MON-FRI", "0 15 10 ? * 6L 2026", "0 12 * * ?"})
    void is_that_of_quartz(String expression) {
      assertComplaint(
          expression,
          0,
          "this is cron as Quartz has it: "
              + FIVE
              + ", without seconds and years, and * in the place of ?");
    }
  }

  @Nested
  class A_line_of_a_crontab {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "0 3 * * * /usr/bin/backup            | 10 | \"/usr/bin/backup\"",
          "0 3 * * * root /usr/bin/backup --all | 10 | \"root\"",
          "*/5 * * * 1-5 cd /srv; ./run         | 14 | \"cd\"",
          "0 3 * * * bin/run                    | 10 | \"bin/run\"",
          "@daily /usr/bin/backup               | 7  | \"/usr/bin/backup\"",
        })
    void has_a_command(String expression, int position, String first) {
      assertComplaint(
          expression, position, "leave out the command: cron's fields end before " + first);
    }

    @ParameterizedTest
    @CsvSource({
      "TZ=Europe/Paris 0 9 L * *, TZ",
      "CRON_TZ=UTC 0 9 * * *, CRON_TZ",
    })
    void names_a_zone_before_the_fields(String expression, String name) {
      assertComplaint(
          expression,
          0,
          "a cron expression names no time zone: leave out \""
              + name
              + "=\", and set the time zone"
              + " of the check");
    }

    @ParameterizedTest
    @CsvSource({
      "0 9 * * * Europe/Paris, 10",
      "0 9 * * 1-5 America/Argentina/Ushuaia, 12",
      "0 9 * * * utc, 10",
      "0 9 * * * UTC, 10",
      "0 9 * * * Mars/Olympus_Mons, 10",
      "@daily Europe/Riga, 7",
    })
    void names_a_zone_at_its_end(String expression, int position) {
      var complaint = complaint(expression);
      assertThat(complaint.position()).isEqualTo(position);
      assertThat(complaint.reason())
          .startsWith("a cron expression names no time zone: leave out \"")
          .endsWith("\", and set the time zone of the check");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"MAILTO=me@example.org\n0 3 * * * x", "SHELL=/bin/sh", "# daily\n0 3 * * *"})
    void stands_among_others(String expression) {
      assertComplaint(expression, 0, "leave out the other lines of a crontab: " + FIVE);
    }

    @Test
    void is_not_alone() {
      assertComplaint(
          "0 3 * * *\n\n 0 15 * * *",
          12,
          "a check has one line of cron: leave out the others, or write OnCalendar expressions");
    }
  }

  @Nested
  class A_name_for_a_time {

    @ParameterizedTest
    @CsvSource({
      "@hourly, 0 * * * *",
      "@daily, 0 0 * * *",
      "@midnight, 0 0 * * *",
      "@weekly, 0 0 * * 0",
      "@monthly, 0 0 1 * *",
      "@yearly, 0 0 1 1 *",
      "@annually, 0 0 1 1 *",
      "@DAILY, 0 0 * * *",
      "' @daily\n', 0 0 * * *",
    })
    void is_taken_by_rollcalls_own_calls_only(String name, String plain) {
      for (var kind : new Schedules.Kind[] {Schedules.Kind.BY_ITS_LOOKS, Schedules.Kind.CRON}) {
        assertThat(Schedules.parseOwn(name, kind, ZoneOffset.UTC))
            .isEqualTo(Cron.parse(plain, ZoneOffset.UTC))
            .isInstanceOf(Parsed.Valid.class);
      }
      assertThat(complaint(name).reason()).isEqualTo("write " + plain + ": cron's " + name.strip());
      assertThat(Schedules.parseOwn(name, Schedules.Kind.ON_CALENDAR, ZoneOffset.UTC))
          .isEqualTo(complaint(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"@reboot", "@every 5m", "@often"})
    void may_be_none_that_can_be_expected(String expression) {
      assertComplaint(
          expression,
          0,
          "cron knows no such time here: it has @hourly, @daily, @midnight, @weekly, @monthly,"
              + " @yearly, @annually; for a job that runs at a steady pace choose a simple period");
    }

    @Test
    void may_be_an_instant_of_systemd() {
      assertComplaint("@1493187147", 0, "write a date such as 2026-01-31 12:00 UTC");
    }
  }

  @Nested
  class A_schedule_of_another_kind_of_file {

    @ParameterizedTest
    @CsvSource({
      "OnCalendar=daily, 0",
      "oncalendar = *-*-* 12:00, 0",
      "'[Timer]\nOnCalendar=daily\nPersistent=true', 8",
    })
    void is_a_timers(String expression, int position) {
      assertComplaint(
          expression,
          position,
          "leave out \"OnCalendar=\" and the other lines of a timer: the expression is what stands"
              + " behind it");
    }

    @ParameterizedTest
    @CsvSource({"cron(0 12 * * ? *), cron", "rate(5 minutes), rate", "at(2026-01-31T12:00:00), at"})
    void is_eventbridges(String expression, String name) {
      assertComplaint(
          expression,
          0,
          "leave out \"" + name + "(\" and \")\": " + FIVE + ", and a rate is a simple period");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "bogus",
        "*",
        "7",
        "60 * * * *",
        "0 25 * * *",
        "Mon 12:00 x",
        "Mon,Tue Wed",
        "12:00 13:00",
        "*-*-* 25:00",
        "*-*-* x",
        "daily\n0 0 * *"
      })
  void where_it_is_unclear_what_was_meant_the_readers_complaint_stands(String expression) {
    assertThat(complaint(expression))
        .isEqualTo(
            expression.split(" ", -1).length == 5
                ? Cron.parse(expression, ZoneOffset.UTC)
                : OnCalendar.parse(expression, ZoneOffset.UTC));
  }

  static Stream<String> longest() {
    return Stream.of("0 ", "0,", "*/1-1#1,", "H H ", "x=", "@", "a/", "1-1,1-1,")
        .map(part -> part.repeat(500 / part.length()));
  }

  @ParameterizedTest
  @MethodSource("longest")
  void the_longest_are_complained_about_too(String expression) {
    assertThat(complaint(expression).reason()).isNotEmpty();
  }
}
