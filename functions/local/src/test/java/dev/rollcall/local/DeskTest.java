package dev.rollcall.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.json.Json;
import dev.rollcall.testing.conformance.Service.Hook;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The service with its timer and the real clock, as somebody at a desk has it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeskTest {
  private static final byte[] NOTHING = {};

  /// An alert leaves at most this long after the deadline.
  private static final Duration PROMPT = Duration.ofMillis(1500);

  private Service service;
  private Listener listener;
  private Remote remote;

  @BeforeAll
  void start() throws IOException {
    service = Service.start(new Options(0, null, true));
    listener = new Listener();
    remote = Remote.at(service.url());
  }

  @AfterAll
  void stop() {
    service.close();
    listener.close();
  }

  @Nested
  class A_job_that_falls_silent {
    @Test
    void is_down_at_its_deadline_is_told_of_at_once_and_is_up_with_its_next_ping() {
      var room = listener.room("silence");
      hook(room.url() + "/down?at=$NOW", room.url() + "/up");
      var check = create(Map.of("name", "backup", "channels", "*"));
      remote.api("POST", "/api/rollcall/v1/checks/" + check, Map.of("timeout", 10, "grace", 10));
      remote.ping(check);
      var deadline = Instant.parse(show(check, "last_ping")).plusSeconds(20);

      Wait.until("a webhook arrives", () -> !room.hooks().isEmpty());
      assertThat(Instant.now()).isBetween(deadline, deadline.plus(PROMPT));
      assertThat(room.drain()).extracting(Hook::path).allMatch(path -> path.startsWith("/down?"));
      assertThat(show(check, "status")).isEqualTo("down");
      Wait.until("a mail is in the outbox", () -> remote.outbox().size() == 1);
      assertThat(remote.outbox().path(0).path("subject").asString()).contains("backup");

      assertThat(remote.ping(check)).isEqualTo(200);
      Wait.until("it says so", () -> !room.hooks().isEmpty());
      assertThat(room.drain()).extracting(Hook::path).containsExactly("/up");
      assertThat(show(check, "status")).isEqualTo("up");
      Wait.until("a mail says so", () -> remote.outbox().size() == 2);
    }
  }

  @Nested
  class A_ping {
    @ParameterizedTest
    @CsvSource({
      "'192.0.2.1, 10.0.0.1', 192.0.2.1",
      "192.0.2.1:8080, 192.0.2.1",
      "2001:DB8::1, 2001:db8::1",
      "2001:0db8:0:0:1:0:0:0, 2001:db8:0:0:1::",
      "0:0:0:0:0:0:0:1, ::1",
      "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
      "::ffff:192.0.2.1, ::ffff:192.0.2.1",
      "unknown, unknown"
    })
    void is_logged_with_the_address_that_a_proxy_names_first(String forwarded, String address) {
      var check = create(Map.of("name", "behind a proxy"));
      remote.http().send("GET", "/ping/" + check, Map.of("X-Forwarded-For", forwarded), NOTHING);
      var pings = remote.api("GET", "/api/v3/checks/" + check + "/pings/", Map.of()).path("pings");
      assertThat(pings.path(0).path("remote_addr").asString()).isEqualTo(address);
    }

    @Test
    void may_name_its_check_by_key_and_slug() {
      var check = create(Map.of("name", "Nightly", "slug", "nightly"));
      var key = remote.session().path("ping_key").asString();

      assertThat(remote.ping(key + "/nightly")).isEqualTo(200);
      assertThat(remote.ping(key + "/nightly/start")).isEqualTo(200);
      assertThat(remote.ping(key + "/nightly/7")).isEqualTo(200);
      assertThat(show(check, "n_pings")).isEqualTo("3");
      assertThat(show(check, "status")).isEqualTo("down");
    }

    @Test
    void may_make_its_check() {
      var key = remote.session().path("ping_key").asString();

      assertThat(remote.ping(key + "/weekly")).isEqualTo(404);
      assertThat(remote.ping(key + "/weekly?create=1")).isEqualTo(201);
      assertThat(remote.ping(key + "/weekly")).isEqualTo(200);
    }
  }

  @Nested
  class The_control_API {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "POST | /clock | {\"advance\": | 400 | the body is no JSON",
          "POST | /clock | [] | 400 | the body must be a JSON object",
          "POST | /clock | {} | 400 | advance must be a number of seconds from 0 to 345600000",
          "POST | /clock | {\"advance\": -1} | 400 | advance must be a number of seconds from 0 to"
              + " 345600000",
          "POST | /clock | {\"advance\": \"1\"} | 400 | advance must be a number of seconds from 0"
              + " to 345600000",
          "POST | /clock | {\"advance\": 1e300} | 400 | advance must be a number of seconds from 0"
              + " to 345600000",
          "GET | /nothing | {} | 404 | there is no GET /_local/nothing",
          "PATCH | /projects/00000000-0000-4000-8000-000000000000 | {} | 404 | there is no such"
              + " project",
        })
    void says_what_is_wrong(String method, String path, String body, int status, String reason) {
      var answer = remote.http().send(method, "/_local" + path, Map.of(), body.getBytes(UTF_8));

      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.text()).isEqualTo("{\"error\":\"" + reason + "\"}");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "POST | /channels | {} | 400",
          "POST | /channels | {\"kind\": \"email\"} | 400",
          "POST | /channels | {\"kind\": \"email\", \"value\": \"nobody\"} | 400",
          "POST | /channels | {\"kind\": \"email\", \"value\": 5} | 400",
          "POST | /channels | {\"kind\": \"email\", \"value\": \"a@b.example\", \"name\": 5} | 400",
          "POST | /channels | {\"kind\": \"email\", \"value\": \"a@b.example\", \"assign\": 1} | 400",
          "POST | /channels | {\"kind\": \"email\", \"value\": \"a@b.example\", \"disabled\": \"\"} | 400",
          "POST | /channels | {\"kind\": \"email\", \"value\": {\"value\": \"a@b.example\", \"up\": 1}} | 400",
          "POST | /channels | {\"kind\": \"pigeon\", \"value\": \"a@b.example\"} | 400",
          "POST | /channels | {\"kind\": \"webhook\", \"value\": \"http://x.example/\"} | 400",
          "POST | /channels | {\"kind\": \"webhook\", \"value\": {\"url_down\": \"http://a@b@x.example/\"}} | 400",
          "POST | /channels | {\"kind\": \"webhook\", \"value\": {\"url_down\": \"http://x.example/\", \"headers_down\": null}} | 201",
          "POST | /channels | {\"kind\": \"email\", \"value\": \"a@b.example\", \"name\": \"Ann\"} | 201",
          "DELETE | /channels | {} | 405",
          "GET | '' | {} | 405",
          "PATCH | '' | {\"check_limit\": -1} | 400",
          "PATCH | '' | {\"check_limit\": \"many\"} | 400",
        })
    void refuses_what_makes_no_sense_of_a_project(
        String method, String path, String body, int status) {
      var project = remote.session().path("project").path("uuid").asString();
      var target = "/_local/projects/" + project + path;

      assertThat(remote.http().send(method, target, Map.of(), body.getBytes(UTF_8)).status())
          .isEqualTo(status);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection",
        "Content-Length",
        "Expect",
        "Host",
        "Keep-Alive",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "upgrade"
      })
  void A_header_that_the_sender_writes_is_refused_as_the_api_refuses_it(String name) {
    var project = remote.session().path("project").path("uuid").asString();
    var settings = Map.of("url_down", "http://x.example/", "headers_down", Map.of(name, "x"));
    var own = Json.write(Map.of("kind", "webhook", "value", settings)).getBytes(UTF_8);
    var made =
        remote.http().send("POST", "/_local/projects/" + project + "/channels", Map.of(), own);
    assertThat(made.status()).isEqualTo(400);
    assertThat(made.text())
        .isEqualTo("{\"error\":\"headers_down has " + name + ", which the sender writes itself\"}");
    var key = Map.of("X-Api-Key", remote.session().path("api_key").asString());
    var asked = Json.write(Map.of("kind", "webhook", "settings", settings)).getBytes(UTF_8);
    assertThat(remote.http().send("POST", "/api/rollcall/v1/channels", key, asked).text())
        .contains("headers_down has " + name + ", which the sender writes itself");
  }

  @Nested
  class A_hostile_request {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "/ping/%",
          "/ping/%zz",
          "/ping/%ff%fe",
          "/ping/../../etc/passwd",
          "/ping/%2e%2e/%2e%2e/x",
          "/ping/00000000-0000-4000-8000-000000000000?rid=%",
          "/api/v3/checks/%00",
          "/api/v3/checks/?tag=%zz",
          "/..",
          "/%2e%2e/index.html",
          "/js/../../../x.js",
          "//",
          "/;a=b/ping/x",
          "/\\",
          "/ping/\u00e9\u00ff",
          "/_local/%",
          "/_local/projects/------------------------------------",
          "*",
          "x",
        })
    void is_answered_as_a_mistake_of_the_caller(String target) {
      assertThat(remote.http().get(target).status()).isBetween(200, 499);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "GET / HTTP/9.9\r\n\r\n",
          "GET /\r\n\r\n",
          "GET\r\n\r\n",
          "NONSENSE\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: x\r\nNo colon\r\n\r\n",
          "POST /ping/x HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
          "POST /ping/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        })
    void may_be_no_HTTP_at_all(String head) {
      assertThat(remote.http().exchange(head, NOTHING).status())
          .satisfiesAnyOf(
              status -> assertThat(status).isLessThan(500),
              status -> assertThat(status).as("HTTP Version Not Supported").isEqualTo(505));
    }

    @Test
    void has_a_body_that_the_gateway_passes_on_or_none() {
      var path = "/ping/00000000-0000-4000-8000-000000000000";

      assertThat(remote.http().send("POST", path, Map.of(), new byte[4_500_000]).status())
          .isEqualTo(400);
      assertThat(remote.http().send("POST", path, Map.of(), new byte[4_500_001]).status())
          .isEqualTo(413);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/index.html",
        "/ping/00000000-0000-4000-8000-000000000000",
        "/api/v3/checks/",
        "/no"
      })
  void An_answer_to_HEAD_has_no_body(String path) {
    var answer = remote.http().send("HEAD", path, Map.of(), NOTHING);

    assertThat(answer.status()).isLessThan(500);
    assertThat(answer.body()).isEmpty();
  }

  private String create(Map<String, Object> fields) {
    return remote.api("POST", "/api/v3/checks/", fields).path("uuid").asString();
  }

  private String show(String check, String field) {
    return remote.api("GET", "/api/v3/checks/" + check, Map.of()).path(field).asString();
  }

  private void hook(String down, String up) {
    var project = remote.session().path("project").path("uuid").asString();
    remote.control(
        "POST",
        "/projects/" + project + "/channels",
        Map.of(
            "kind",
            "webhook",
            "value",
            Map.of("method_down", "GET", "url_down", down, "method_up", "GET", "url_up", up)));
  }
}
