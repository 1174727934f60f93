package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.edge.http.HttpResponse;
import dev.rollcall.testing.conformance.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// What the schedule of a check may be, in the compatible calls and in Rollcall's own.
class ScheduleDialectTest {
  private static final String COMPATIBLE = "/api/v3/checks/";
  private static final String OWN = "/api/rollcall/v1/checks/";

  private final ApiUnderTest api = new ApiUnderTest();
  private final Service.Keys keys = api.project();

  @AfterEach
  void close() {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2", "v3"})
  void the_names_of_cron_are_refused_as_the_reference_refuses_them(String version) {
    var answer = send("/api/" + version + "/checks/", "@daily");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().text())
        .contains("schedule is not a valid cron or OnCalendar expression");
  }

  @Test
  void the_names_of_cron_are_taken_by_rollcalls_own_calls_and_kept_as_fields() {
    var answer = send(OWN + made("0 4 * * *"), "@daily");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().text()).contains("\"schedule\": \"0 0 * * *\"");
  }

  @ParameterizedTest
  @CsvSource({"0 0 31 2 1-5", "0 0 31 4 fri#1", "semi-annually", "*-*~1 Utc", "biannually utc"})
  void what_the_reference_refused_once_is_taken_and_shown_as_it_was_written(String schedule) {
    var check = made(schedule);

    var shown = api.call("GET", COMPATIBLE + check, keys.readWrite(), "").body().text();
    assertThat(shown).contains("\"schedule\": \"" + schedule + "\"");
    var moved =
        api.call("POST", COMPATIBLE + check, keys.readWrite(), "{\"tz\": \"Asia/Tokyo\"}")
            .body()
            .text();
    assertThat(moved).contains("\"schedule\": \"" + schedule + "\"", "\"tz\": \"Asia/Tokyo\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*-*~5/5", "20/4:00", "@reboot"})
  void a_new_schedule_that_systemd_or_cron_refuses_is_refused_everywhere(String schedule) {
    assertThat(send(COMPATIBLE, schedule).status()).isEqualTo(400);
    assertThat(send(OWN + made("daily"), schedule).status()).isEqualTo(400);
  }

  private String made(String schedule) {
    var answer = send(COMPATIBLE, schedule);
    assertThat(answer.status()).isEqualTo(201);
    return JsonMapper.shared().readTree(answer.body().text()).path("uuid").asString("");
  }

  private HttpResponse send(String path, String schedule) {
    return api.call(
        "POST", path, keys.readWrite(), "{\"schedule\": \"" + schedule + "\", \"tz\": \"UTC\"}");
  }
}
