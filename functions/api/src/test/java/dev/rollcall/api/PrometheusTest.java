package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.CheckDocument;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Signal;
import dev.rollcall.testing.conformance.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PrometheusTest {
  private static final String OWN = "/api/rollcall/v1/metrics";

  private final ApiUnderTest api = new ApiUnderTest();
  private final Service.Keys keys = api.project();
  private final CheckId check = make("a \"quoted\" \\ name");
  private final String labels =
      "name=\"a \\\"quoted\\\" \\\\ name\", tags=\"prod\", unique_key=\"%s\""
          .formatted(CheckDocument.uniqueKey(check));

  @AfterEach
  void close() {
    api.close();
  }

  @Nested
  class A_check_that_was_never_pinged {

    @Test
    void has_neither_an_age_nor_run_times() {
      assertThat(scrape(OWN)).noneMatch(line -> line.matches("rollcall_check_(last|run).*"));
    }

    @Test
    void has_no_pings_of_any_kind() {
      assertThat(scrape(OWN))
          .filteredOn(line -> line.startsWith("rollcall_check_pings_total{"))
          .hasSize(5)
          .allMatch(line -> line.endsWith("\"} 0"));
    }
  }

  @Nested
  class A_check_with_a_past {

    @BeforeEach
    void ping() {
      hear(new Signal.Start(null));
      api.clock().advance(Duration.ofMillis(61_500));
      hear(new Signal.Success(null));
      hear(new Signal.Failure(null));
      hear(new Signal.Failure(null));
      hear(new Signal.Log(null));
      hear(new Signal.Ignored(null));
      hear(new Signal.Ignored(null));
      hear(new Signal.Success(null));
      hear(new Signal.Start(null));
    }

    @Test
    void counts_its_pings_by_kind() {
      assertThat(scrape(OWN))
          .contains(
              "# TYPE rollcall_check_pings_total counter",
              "rollcall_check_pings_total{" + labels + ", kind=\"success\"} 2",
              "rollcall_check_pings_total{" + labels + ", kind=\"start\"} 2",
              "rollcall_check_pings_total{" + labels + ", kind=\"fail\"} 2",
              "rollcall_check_pings_total{" + labels + ", kind=\"log\"} 1",
              "rollcall_check_pings_total{" + labels + ", kind=\"ign\"} 2");
    }

    @Test
    void says_how_old_its_last_ping_is_and_how_long_its_run_takes() {
      api.clock().advance(Duration.ofSeconds(90));

      assertThat(scrape(OWN))
          .contains(
              "# TYPE rollcall_check_last_ping_age_seconds gauge",
              "rollcall_check_last_ping_age_seconds{" + labels + "} 90.001",
              "rollcall_check_run_seconds{" + labels + "} 90.001");
    }

    @Test
    void says_how_long_its_last_run_took() {
      api.clock().advance(Duration.ofMinutes(2));
      hear(new Signal.Success(null));

      assertThat(scrape(OWN))
          .contains("rollcall_check_last_run_seconds{" + labels + "} 120.000")
          .noneMatch(line -> line.startsWith("rollcall_check_run_seconds{"));
    }

    @Test
    void is_shown_to_clients_of_the_reference_as_there() {
      assertThat(scrape("/projects/" + keys.id() + "/metrics/"))
          .contains("hc_check_up{" + labels + "} 1", "hc_checks_total 1")
          .noneMatch(line -> line.contains("rollcall"));
    }
  }

  @Nested
  class A_page {

    @Test
    void names_each_metric_once_with_its_help_and_type_before_its_samples() {
      make("another");
      var lines = scrape(OWN);
      var types =
          lines.stream()
              .filter(line -> line.startsWith("# TYPE "))
              .map(line -> line.split(" ", 4)[2]);

      assertThat(types).doesNotHaveDuplicates().hasSize(12);
      var metric = "";
      for (var line : lines.stream().filter(line -> !line.isEmpty()).toList()) {
        if (line.startsWith("# TYPE ")) {
          metric = line.split(" ", 4)[2];
        } else if (!line.startsWith("# HELP ")) {
          assertThat(line).matches(metric + "(\\{.*\\})? [0-9.]+");
        }
      }
    }

    @Test
    void is_shown_to_a_read_only_key_alone() {
      assertThat(get(OWN, "Bearer " + keys.readWrite()).status()).isEqualTo(403);
      assertThat(get(OWN, "Basic x").status()).isEqualTo(401);
      assertThat(get(OWN, "Bearer short").status()).isEqualTo(400);
    }

    @Test
    void takes_blanks_after_bearer_for_no_part_of_a_key() {
      assertThat(get(OWN, "Bearer " + "x".repeat(32)).status()).isEqualTo(403);
      assertThat(get(OWN, "Bearer " + "a".repeat(32)).status()).isEqualTo(403);
      assertThat(get(OWN, "Bearer  " + keys.readOnly()).status()).isEqualTo(200);
    }
  }

  private CheckId make(String name) {
    var json = new JsonMapper();
    var answer =
        api.call(
            "POST",
            "/api/v3/checks/",
            keys.readWrite(),
            json.writeValueAsString(Map.of("name", name, "tags", "prod", "grace", 3600)));
    var id = json.readTree(answer.body().bytes()).path("uuid").stringValue();
    return new CheckId(UUID.fromString(id));
  }

  private void hear(Signal signal) {
    var now = api.clock().instant();
    var item = api.stores().checks().find(check).orElseThrow();
    api.stores()
        .checks()
        .save(item, UUID.randomUUID().toString(), now, before -> before.hear(signal, now));
  }

  private List<String> scrape(String path) {
    var answer = get(path, "Bearer " + keys.readOnly());
    assertThat(answer.status()).isEqualTo(200);
    return answer.body().text().lines().toList();
  }

  private Service.Answer get(String path, String authorization) {
    return api.send(
        new Service.Request("GET", path, Map.of("Authorization", authorization), Body.EMPTY));
  }
}
