package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.Signal;
import dev.rollcall.edge.http.HttpResponse;
import dev.rollcall.testing.QueueInMemory.Sent;
import dev.rollcall.testing.conformance.Service;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksTest {
  private static final String CHECKS = "/api/v3/checks/";
  private static final String OWN = "/api/rollcall/v1/";
  private static final Pattern UUID = Pattern.compile("\"uuid\": \"([0-9a-f-]{36})\"");

  private final ApiUnderTest api = new ApiUnderTest();
  private final Service.Keys keys = api.project();

  @AfterEach
  void close() {
    api.close();
  }

  @Nested
  class A_project_with_more_checks_than_one_page_holds {

    @Test
    void lists_them_all_in_the_order_they_were_made() {
      for (int i = 0; i < 120; i++) {
        create("{\"name\": \"check-%03d\", \"desc\": \"%s\"}".formatted(i, "d".repeat(9000)));
      }

      var names =
          Pattern.compile("\"name\": \"(check-\\d+)\"")
              .matcher(send("GET", CHECKS, "").body().text())
              .results()
              .map(found -> found.group(1))
              .toList();

      assertThat(names).hasSize(120).isSorted();
    }
  }

  @Nested
  class A_full_project {

    @BeforeEach
    void fill() {
      api.limit(keys.id(), Map.of("check_limit", 1));
      create("{\"name\": \"one\"}");
    }

    @Test
    void takes_no_other_check() {
      var refused = send("POST", CHECKS, "{\"name\": \"two\"}");

      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.body().isEmpty()).isTrue();
    }

    @Test
    void says_so_before_it_says_that_a_channel_is_not_there() {
      var body = "{\"name\": \"%s\", \"channels\": \"nobody\", \"unique\": [\"name\"]}";

      assertThat(send("POST", CHECKS, body.formatted("two")).status()).isEqualTo(403);
      assertThat(send("POST", CHECKS, body.formatted("one")).status()).isEqualTo(400);
    }

    @Test
    void lets_the_check_that_it_has_be_upserted() {
      assertThat(send("POST", CHECKS, "{\"name\": \"one\", \"unique\": [\"name\"]}").status())
          .isEqualTo(200);
    }
  }

  @Nested
  class A_check_with_a_calendar {

    @Test
    void is_found_by_the_usual_period() {
      create("{\"schedule\": \"daily\"}");

      var found = send("POST", CHECKS, "{\"timeout\": 86400, \"unique\": [\"timeout\"]}");

      assertThat(found.status()).isEqualTo(200);
      assertThat(found.body().text()).contains("\"timeout\": 86400");
    }
  }

  @Nested
  class A_check_that_is_deleted {

    @Test
    void is_shown_without_its_channels() {
      api.channel(keys.id(), Map.of("kind", "email", "name", "mail", "value", "a@example.org"));
      var check = create("{\"channels\": \"*\"}");

      assertThat(send("GET", CHECKS + check, "").body().text())
          .doesNotContain("\"channels\": \"\"");
      assertThat(send("DELETE", CHECKS + check, "").body().text()).contains("\"channels\": \"\"");
    }
  }

  @Nested
  class Tags {

    @ParameterizedTest
    @CsvSource({"tag=a, 2", "tag=a&tag=b, 1", "tag=a%09b, 1", "tag=a+b, 0", "tag=, 0", "other=, 4"})
    void are_separated_by_blanks_alone(String query, int checks) {
      for (var tags : List.of("a b", " a ", "a\\tb", "")) {
        create("{\"tags\": \"" + tags + "\"}");
      }

      var found = send("GET", CHECKS + "?" + query, "").body().text();

      assertThat(UUID.matcher(found).results()).hasSize(checks);
    }
  }

  @Nested
  class Flips_of_a_time {
    private final String check = create("{\"name\": \"beat\"}");

    @ParameterizedTest
    @ValueSource(
        strings = {"seconds=", "seconds=5.0", "seconds=%205%20", "seconds=1_000", "start=%2B1_0"})
    void are_shown_for_numbers_of_the_reference(String query) {
      assertThat(flips(query)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "seconds=%20",
          "seconds=.",
          "seconds=.0",
          "start=",
          "start=1__0",
          "end=1.0",
          "end=%2B"
        })
    void are_not_shown_for_anything_else(String query) {
      assertThat(flips(query)).isEqualTo(400);
    }

    @Test
    void are_not_shown_for_a_number_without_end() {
      assertThat(flips("seconds=" + "1".repeat(100_000))).isEqualTo(400);
    }

    private int flips(String query) {
      return send("GET", CHECKS + check + "/flips/?" + query, "").status();
    }
  }

  @Nested
  class Periods_under_a_minute {
    private final String check = create("{\"name\": \"beat\"}");

    @Test
    void are_set_by_rollcalls_own_call() {
      var answer = send("POST", OWN + "checks/" + check, "{\"timeout\": 10, \"grace\": 10}");

      assertThat(answer.body().text()).contains("\"timeout\": 10", "\"grace\": 10");
    }

    @Test
    void are_refused_under_ten_seconds_even_there() {
      assertThat(send("POST", OWN + "checks/" + check, "{\"timeout\": 9}").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2", "v3"})
    void are_refused_where_the_reference_refuses_them(String version) {
      assertThat(send("POST", "/api/" + version + "/checks/" + check, "{\"timeout\": 10}").status())
          .isEqualTo(400);
    }
  }

  @Nested
  class After_a_check_was_written {
    private final String check = create("{\"timeout\": 3600, \"grace\": 3600}");

    @Test
    void its_flips_are_sent_on() {
      send("POST", CHECKS + check + "/pause", "");

      assertThat(api.queues().sent()).extracting(Sent::queue).containsExactly("flips");
    }

    @Test
    void a_near_deadline_is_looked_at_when_it_comes() {
      ping("");
      send("POST", CHECKS + check, "{\"timeout\": 60, \"grace\": 60}");

      assertThat(api.queues().sent()).extracting(Sent::queue).containsExactly("due");
      assertThat(api.queues().sent().getFirst().delaySeconds()).isBetween(119, 120);
    }

    @Test
    void nothing_is_sent_when_there_is_nothing_to_hurry() {
      send("POST", CHECKS + check, "{\"name\": \"calm\"}");

      assertThat(api.queues().sent()).isEmpty();
    }

    @Test
    void a_queue_that_does_not_answer_changes_nothing() {
      api.queues().breakDown();

      assertThat(send("POST", CHECKS + check + "/pause", "").status()).isEqualTo(200);
    }

    private void ping(String suffix) {
      ChecksTest.this.ping(check, suffix);
    }
  }

  @Nested
  class Pings_past_the_projects_limit {
    private final String check = create("{\"name\": \"chatty\"}");

    @BeforeEach
    void ping_more_often_than_the_limit() {
      api.limit(keys.id(), Map.of("ping_log_limit", 2));
      for (int i = 0; i < 4; i++) {
        ping(check, "/log");
      }
    }

    @Test
    void are_not_listed() {
      assertThat(numbers(send("GET", CHECKS + check + "/pings/", ""))).containsExactly("4", "3");
    }

    @Test
    void have_no_body_to_show() {
      assertThat(send("GET", CHECKS + check + "/pings/2/body", "").status()).isEqualTo(404);
      assertThat(send("GET", CHECKS + check + "/pings/3/body", "").status()).isEqualTo(200);
    }
  }

  @Nested
  class The_events_of_a_check {
    private final String check = create("{\"timeout\": 3600, \"grace\": 600}");

    @BeforeEach
    void live_through_an_outage() {
      ping(check, "/start");
      api.advance(90);
      ping(check, "");
      api.advance(5000);
      api.sweep();
      ping(check, "/3");
    }

    @Test
    void are_merged_newest_first() {
      var events = send("GET", OWN + "checks/" + check + "/events", "").body().text();

      assertThat(types(events)).containsExactly("ping", "flip", "flip", "ping", "ping");
      assertThat(events)
          .contains(
              "\"from\": \"up\", \"to\": \"down\", \"reason\": \"timeout\"",
              "\"from\": \"new\", \"to\": \"up\", \"reason\": null",
              "\"duration\": 90.0");
    }

    @Test
    void are_as_many_as_asked_for() {
      var events = send("GET", OWN + "checks/" + check + "/events?limit=2", "").body().text();

      assertThat(types(events)).containsExactly("ping", "flip");
    }

    @Test
    void say_of_a_mail_what_it_says() {
      var raw = Body.of("Subject: =?utf-8?Q?=C3=BC?=\n\n=C3=A8".getBytes(StandardCharsets.UTF_8));
      var source = new Ping.Source("email", null, "", "Email from root@db1.example.org");
      var id = new CheckId(java.util.UUID.fromString(check));
      var mail = new Ping.Mail("ü", "è");
      var ping = new Ping(id, 3, api.now(), new Signal.Success(null), null, source, raw, mail);
      api.stores().log().append(ping, Duration.ofDays(1));
      var texts = OWN + "checks/" + check + "/pings/";

      assertThat(send("GET", OWN + "checks/" + check + "/events", "").body().text())
          .contains("\"subject\": \"\\u00fc\"", texts + "3/text\"", "\"subject\": null");
      assertThat(send("GET", texts + "3/text", "").body().text()).isEqualTo("è");
      assertThat(send("GET", CHECKS + check + "/pings/3/body", "").body()).isEqualTo(raw);
      assertThat(send("GET", texts + "2/text", "").status()).isEqualTo(404);
      assertThat(api.call("GET", texts + "3/text", keys.readOnly(), "").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "x", ""})
    void cannot_be_asked_for_in_other_numbers(String limit) {
      assertThat(send("GET", OWN + "checks/" + check + "/events?limit=" + limit, "").status())
          .isEqualTo(400);
    }

    @Test
    void are_not_for_readers() {
      assertThat(api.call("GET", OWN + "checks/" + check + "/events", keys.readOnly(), "").status())
          .isEqualTo(401);
    }

    private static List<String> types(String events) {
      return Pattern.compile("\"type\": \"(\\w+)\"")
          .matcher(events)
          .results()
          .map(found -> found.group(1))
          .toList();
    }
  }

  private static List<String> numbers(HttpResponse response) {
    return Pattern.compile("\"n\": (\\d+)")
        .matcher(response.body().text())
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private void ping(String check, String suffix) {
    api.send(
        new Service.Request(
            "POST", "/ping/" + check + suffix, Map.of(), Body.of(new byte[] {'x'})));
  }

  private String create(String body) {
    var found = UUID.matcher(send("POST", CHECKS, body).body().text());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private HttpResponse send(String method, String target, String body) {
    return api.call(method, target, keys.readWrite(), body);
  }
}
