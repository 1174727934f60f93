package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulePreviewTest {
  private final ApiUnderTest api = new ApiUnderTest();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void shows_when_a_cron_job_is_expected() {
    assertThat(
            preview(
                """
                {"schedule": "0 3 * * *", "tz": "Europe/Riga", "count": 2,
                 "after": "2026-06-01T00:00:00Z"}\
                """))
        .isEqualTo(
            "{\"valid\": true, \"kind\": \"cron\", \"next\":"
                + " [\"2026-06-02T00:00:00+00:00\", \"2026-06-03T00:00:00+00:00\"]}");
  }

  @Test
  void counts_from_the_present_in_utc_unless_told_otherwise() {
    assertThat(preview("{\"schedule\": \"daily\", \"count\": 1}"))
        .isEqualTo(
            "{\"valid\": true, \"kind\": \"oncalendar\","
                + " \"next\": [\"2026-06-02T00:00:00+00:00\"]}");
  }

  @Test
  void shows_nothing_for_a_calendar_that_has_ended() {
    assertThat(preview("{\"schedule\": \"2001-01-01\"}")).contains("\"next\": []");
  }

  @Test
  void says_where_a_mistake_is() {
    assertThat(preview("{\"schedule\": \"0 25 * * *\"}"))
        .startsWith("{\"valid\": false, \"error\": \"")
        .endsWith("\"position\": 2}");
  }

  @Test
  void reads_an_expression_as_the_kind_that_is_asked_for() {
    assertThat(preview("{\"schedule\": \"daily\", \"kind\": \"cron\"}"))
        .contains("\"valid\": false");
  }

  @Test
  void reads_the_names_of_cron() {
    assertThat(
            preview(
                """
                {"schedule": "@daily", "count": 1, "after": "2026-06-01T00:00:00Z"}\
                """))
        .isEqualTo(
            "{\"valid\": true, \"kind\": \"cron\","
                + " \"next\": [\"2026-06-02T00:00:00+00:00\"]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", \"kind\": \"cron\"", ", \"kind\": \"oncalendar\""})
  void says_what_somebody_meant(String kind) {
    assertThat(preview("{\"schedule\": \"0 3 * * * /usr/bin/backup\"" + kind + "}"))
        .contains("\"valid\": false", "leave out the command", "cron", "\"position\": 10");
    assertThat(preview("{\"schedule\": \"0 15 */1 * * *\"" + kind + "}"))
        .contains("\"valid\": false", "cron has 5 fields");
  }

  /// As the governments decided in 2026, which the JDK may not know.
  @ParameterizedTest
  @CsvSource({
    "Africa/Casablanca, 2026-10-01, 2026-10-01T12:00:00+00:00",
    "America/Edmonton, 2026-11-01, 2026-11-01T18:00:00+00:00",
    "America/Vancouver, 2026-11-01, 2026-11-01T19:00:00+00:00",
    "Cuba, 2026-11-01, 2026-11-01T16:00:00+00:00",
  })
  void goes_by_the_newest_rules_of_time_zones(String zone, String date, String noon) {
    assertThat(
            preview(
                "{\"schedule\": \"0 12 1,15 * *\", \"tz\": \"%s\", \"count\": 1, \"after\":"
                        .formatted(zone)
                    + " \"%sT00:00:00Z\"}".formatted(date)))
        .contains("\"next\": [\"" + noon + "\"]");
  }

  @Test
  void refuses_what_no_check_could_have() {
    assertThat(preview("{\"schedule\": \"" + "*".repeat(101) + "\"}"))
        .contains("\"position\": 100");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-5, 1", "3, 3", "20, 20", "1000000, 20", "99999999999999999999, 20"})
  void shows_one_to_twenty(String count, int shown) {
    var next = preview("{\"schedule\": \"* * * * *\", \"count\": " + count + "}");

    assertThat(next.split("\\+00:00", -1)).hasSize(shown + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"schedule\": 5}",
        "{\"schedule\": \"daily\", \"tz\": \"nowhere\"}",
        "{\"schedule\": \"daily\", \"after\": \"yesterday\"}",
        "{\"schedule\": \"daily\", \"tz\": 5}",
        "{\"schedule\": \"daily\", \"kind\": null}",
        "{\"schedule\": \"daily\", \"after\": 1780272000}",
        "{\"schedule\": \"daily\", \"count\": \"3\"}"
      })
  void is_refused_when_the_question_is_wrong(String body) {
    assertThat(api.call("POST", "/api/rollcall/v1/schedules/preview", "", body).status())
        .isEqualTo(400);
  }

  private String preview(String body) {
    return api.call("POST", "/api/rollcall/v1/schedules/preview", "", body).body().text();
  }
}
