package dev.rollcall.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The dashboard on a desk, of an API elsewhere.
class DeskDashboardTest {
  private static final byte[] NOTHING = {};

  @Nested
  class Of_an_api_that_answers {
    private Service stack = Service.start(new Options(0, null, false));
    private Dashboard dashboard = Dashboard.start(URI.create(stack.url()), 0);
    private RawHttp desk = Remote.at(dashboard.url()).http();
    private String key = "";

    @BeforeEach
    void sign_in() {
      key = Remote.at(stack.url()).session().path("api_key").asString();
    }

    @AfterEach
    void stop() {
      dashboard.close();
      stack.close();
    }

    @Test
    void shows_the_page() {
      assertThat(text("/")).contains("<title>Rollcall");
      assertThat(text("/js/main.js")).contains("import");
    }

    @Test
    void hands_on_what_is_asked_with_the_key_that_was_typed() {
      var body = "{\"name\": \"Nightly\", \"timeout\": 3600}".getBytes(UTF_8);
      var made = desk.send("POST", "/api/v3/checks/?a=b%20c", Map.of("X-Api-Key", key), body);

      assertThat(made.status()).isEqualTo(201);
      assertThat(made.text()).contains("Nightly");
      var list = desk.send("GET", "/api/v3/checks/", Map.of("X-Api-Key", key), NOTHING);
      assertThat(list.text()).contains("Nightly");
    }

    @Test
    void has_no_key_of_its_own() {
      assertThat(desk.send("GET", "/api/v3/checks/", Map.of(), NOTHING).status()).isEqualTo(401);
    }

    @Test
    void never_hands_on_what_only_a_desk_answers() {
      assertThat(desk.send("GET", "/_local/session", Map.of(), NOTHING).status()).isEqualTo(404);
      assertThat(desk.send("POST", "/_local/clock", Map.of(), NOTHING).status()).isEqualTo(404);
    }

    private String text(String path) {
      var answer = desk.send("GET", path, Map.of(), NOTHING);
      assertThat(answer.status()).isEqualTo(200);
      return answer.text();
    }
  }

  @Test
  void says_that_the_api_is_away_and_shows_the_page_all_the_same() throws IOException {
    var api = new Listener();
    try (var dashboard = Dashboard.start(origin(api), 0)) {
      api.close();
      var desk = Remote.at(dashboard.url()).http();

      var answer = desk.get("/api/v3/status/");

      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.text()).contains("cannot be reached");
      assertThat(desk.get("/").status()).isEqualTo(200);
    }
  }

  @Test
  void hands_on_no_cookie_and_no_name_of_this_machine() throws IOException {
    try (var api = new Listener();
        var dashboard = Dashboard.start(origin(api), 0)) {
      var heard = api.room("api");
      heard.drain();
      var headers = Map.of("Cookie", "a=b", "Origin", dashboard.url(), "X-Api-Key", "k");
      Remote.at(dashboard.url()).http().send("GET", "/api/v3/checks/?tag=a%2Fb", headers, NOTHING);

      assertThat(heard.hooks())
          .singleElement()
          .satisfies(hook -> {
            assertThat(hook.path()).isEqualTo("/v3/checks/?tag=a%2Fb");
            assertThat(hook.headers()).containsEntry("x-api-key", "k");
            assertThat(hook.headers()).doesNotContainKeys("cookie", "origin", "referer");
            assertThat(hook.headers().get("host")).startsWith("127.0.0.1:");
          });
    }
  }

  @Test
  void does_not_start_where_no_rollcall_answers() throws IOException {
    try (var other = new Listener()) {
      other.room("api").answer(List.of(404));
      assertThatExceptionOfType(CannotStart.class)
          .isThrownBy(() -> Dashboard.start(origin(other), 0))
          .withMessageContaining("does not answer as Rollcall's API does, but with status 404");
    }
  }

  private static URI origin(Listener listener) {
    return URI.create(listener.room("api").url().replaceFirst("/api$", ""));
  }
}
