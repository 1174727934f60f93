package dev.rollcall.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The management API, badges and metrics.
abstract class ApiScenarios extends Scenarios {

  ApiScenarios(Endpoints endpoints, Recording recording) {
    super(endpoints, recording);
  }

  @Nested
  class A_check {

    @Test
    void is_made_found_changed_and_deleted() {
      var check = check(Map.of("name", "Backup", "slug", "backup", "tags", "prod web"));
      assertThat(get("/api/v3/checks/?tag=prod").json().path("checks").valueStream()).hasSize(1);

      var changed = post("/api/v3/checks/" + check, Map.of("name", "Copy", "slug", "copy"));
      assertThat(changed.status()).isEqualTo(200);
      assertThat(checkNow(check).path("slug").stringValue()).isEqualTo("copy");

      assertThat(call("DELETE", "/api/v3/checks/" + check, "").status()).isEqualTo(200);
      assertThat(get("/api/v3/checks/" + check).status()).isEqualTo(404);
    }

    @Test
    void is_made_once_by_those_who_ask_for_a_unique_one_and_again_when_it_was_deleted() {
      var wish = Map.of("name", "Backup", "timeout", 60, "unique", List.of("name"));
      var made = post("/api/v3/checks/", wish);
      assertThat(made.status()).isEqualTo(201);
      assertThat(post("/api/v3/checks/", wish).status()).isEqualTo(200);

      call("DELETE", "/api/v3/checks/" + made.json().path("uuid").stringValue(), "");

      assertThat(post("/api/v3/checks/", wish).status()).isEqualTo(201);
      assertThat(get("/api/v3/checks/").json().path("checks").valueStream()).hasSize(1);
    }

    @Test
    void is_refused_where_the_project_is_full_until_one_is_deleted() {
      tenant = rollcall.tenant(1);
      var check = check(Map.of("name", "One"));
      assertThat(post("/api/v3/checks/", Map.of("name", "Two")).status()).isEqualTo(403);

      call("DELETE", "/api/v3/checks/" + check, "");

      assertThat(post("/api/v3/checks/", Map.of("name", "Two")).status()).isEqualTo(201);
    }

    @Test
    void is_paused_and_resumed() {
      var check = check(Map.of("name", "Backup"));
      rollcall.ping(check, "");

      assertThat(post("/api/v3/checks/%s/pause".formatted(check), "").status()).isEqualTo(200);
      assertThat(status(check)).isEqualTo("paused");
      assertThat(post("/api/v3/checks/%s/resume".formatted(check), "").status()).isEqualTo(200);
      assertThat(status(check)).isEqualTo("new");
    }

    @Test
    void is_looked_at_in_time_when_its_deadline_is_brought_near() {
      webhook();
      var check = check(Map.of("name", "Backup", "timeout", 86_400));
      rollcall.ping(check, "");
      rollcall.tell();
      rollcall.pass(Duration.ofMillis(119_500));

      post("/api/v3/checks/" + check, Map.of("timeout", 60));
      rollcall.pass(Duration.ofSeconds(1));
      assertThat(rollcall.await(Queue.DUE)).isPositive();
      rollcall.tell();

      assertThat(listener.targets()).containsExactly("/down?check=Backup");
    }

    @Test
    void shows_its_pings_flips_and_events() {
      var check = check(Map.of("name", "Backup"));
      rollcall.ping(check, "a line");
      rollcall.ping(check + "/fail", "");
      rollcall.tell();

      assertThat(pings(check)).containsExactly("fail", "success");
      assertThat(get("/api/v3/checks/%s/pings/1/body".formatted(check)).body()).isEqualTo("a line");
      assertThat(
              get("/api/v3/checks/%s/flips/".formatted(check)).json().path("flips").valueStream())
          .hasSize(2);
      assertThat(
              get("/api/rollcall/v1/checks/%s/events".formatted(check))
                  .json()
                  .path("events")
                  .valueStream())
          .hasSize(4);
    }
  }

  @Nested
  class A_channel {

    @Test
    void is_made_listed_and_deleted() {
      var check = check(Map.of("name", "Backup"));
      var channel = mail("ops@example.org");
      assertThat(checkNow(check).path("channels").stringValue()).isEqualTo(channel);
      assertThat(get("/api/v3/channels/").json().path("channels").valueStream()).hasSize(1);

      call("DELETE", "/api/rollcall/v1/channels/" + channel, "");

      assertThat(get("/api/v3/channels/").json().path("channels").valueStream()).isEmpty();
      assertThat(checkNow(check).path("channels").stringValue()).isEmpty();
    }
  }

  @Nested
  class Whoever_has_no_key {

    @Test
    void sees_badges() {
      var check = check(Map.of("name", "Backup", "tags", "prod"));
      rollcall.ping(check, "");
      var badges = get("/api/v3/badges/").json().path("badges");
      var ofCheck = checkNow(check).path("badge_url").stringValue();

      for (var badge :
          List.of(
              address(badges.path("*").path("json")), address(badges.path("prod").path("json")))) {
        assertThat(open(badge, Map.of()).json().path("status").stringValue()).isEqualTo("up");
      }
      assertThat(open(URI.create(ofCheck).getRawPath(), Map.of()).body()).contains("<svg");
    }
  }

  @Nested
  class Whoever_has_a_wrong_key {

    /// The limit that functions have unless they are told another.
    private static final int LIMIT = 100;

    @Test
    void is_told_to_wait_after_too_many_tries_of_a_minute() {
      var wrong = Map.of("x-api-key", "hcw_%s".formatted("x".repeat(28)));

      // The minute may end once in between.
      var statuses =
          Stream.generate(() -> open("/api/v3/checks/", wrong).status())
              .limit(2 * LIMIT + 1)
              .toList();

      assertThat(statuses).startsWith(401).contains(429).containsOnly(401, 429);
    }
  }

  @Nested
  class Metrics {

    @Test
    void of_a_project_are_scraped_with_its_read_only_key() {
      var check = check(Map.of("name", "Backup"));
      rollcall.ping(check, "");

      var scraped =
          open("/projects/%s/metrics/%s".formatted(tenant.id(), tenant.readOnlyKey()), Map.of());

      assertThat(scraped.body())
          .contains("hc_check_up{name=\"Backup\"")
          .contains("hc_checks_total 1");
    }

    @Test
    void of_our_own_say_how_old_the_last_ping_is() {
      var check = check(Map.of("name", "Backup"));
      rollcall.ping(check, "");

      var scraped =
          open(
              "/api/rollcall/v1/metrics",
              Map.of("authorization", "Bearer " + tenant.readOnlyKey()));

      assertThat(scraped.body()).contains("rollcall_check_last_ping_age_seconds{name=\"Backup\"");
    }

    @Test
    void of_the_instance_count_flips_that_nobody_has_taken_over() {
      var check = check(Map.of("name", "Backup"));
      rollcall.ping(check + "/fail", "");

      var untold = open("/api/v3/metrics/", Map.of("x-metrics-key", Resources.METRICS_KEY));

      assertThat(untold.json().path("num_unprocessed_flips").asInt()).isOne();
    }
  }

  private Answer open(String target, Map<String, String> headers) {
    return rollcall.api("GET", target, headers, "");
  }

  private static String address(JsonNode url) {
    return URI.create(url.stringValue()).getRawPath();
  }
}
