package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.edge.Settings;
import dev.rollcall.edge.http.TrustedProxy;
import dev.rollcall.testing.QueueInMemory;
import dev.rollcall.testing.TablesInMemory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Requests by the site, and past it.
class BySiteTest {
  private static final String ORIGIN_KEY = "what-nobody-else-knows";
  private static final String EDGE = "130.176.0.1";

  private final TablesInMemory tables = new TablesInMemory();

  @Nested
  class Where_the_site_guards_the_api {

    @Test
    void a_request_by_the_site_is_answered() {
      assertThat(ask("/api/v3/status/", ORIGIN_KEY, "198.51.100.7", ORIGIN_KEY))
          .contains("\"statusCode\":200");
    }

    @Test
    void a_request_past_the_site_is_told_where_the_site_is() {
      for (var path : new String[] {"/api/v3/status/", "/api/v3/checks/", "/b/2/x.svg", "/"}) {
        assertThat(ask(path, ORIGIN_KEY, "198.51.100.7", "guess"))
            .contains("\"statusCode\":403", "ask at https://rollcall.example.org")
            .doesNotContain(ORIGIN_KEY);
        assertThat(ask(path, ORIGIN_KEY, "198.51.100.7", null)).contains("\"statusCode\":403");
      }
    }

    @Test
    void wrong_keys_are_counted_by_the_viewer_and_not_by_cloudfronts_address() {
      assertThat(wrongKey("198.51.100.7")).contains("\"statusCode\":401");
      assertThat(wrongKey("198.51.100.7")).contains("\"statusCode\":429");

      assertThat(wrongKey("198.51.100.8")).contains("\"statusCode\":401");
    }

    private String wrongKey(String viewer) {
      return ask("/api/v3/checks/", ORIGIN_KEY, viewer, ORIGIN_KEY);
    }
  }

  @Nested
  class Where_there_is_no_site {

    @Test
    void the_api_is_open_to_whoever_has_a_key() {
      assertThat(ask("/api/v3/status/", null, "198.51.100.7", null)).contains("\"statusCode\":200");
      assertThat(ask("/api/v3/checks/", null, "198.51.100.7", "guess"))
          .contains("\"statusCode\":401");
    }

    @Test
    void nobody_is_believed_to_come_from_elsewhere() {
      assertThat(ask("/api/v3/checks/", null, "198.51.100.7", "guess"))
          .contains("\"statusCode\":401");
      assertThat(ask("/api/v3/checks/", null, "198.51.100.8", "guess"))
          .contains("\"statusCode\":429");
    }
  }

  /// Asks with a wrong API key.
  ///
  /// @param key that of the function; null for none
  /// @param sent what the request shows; null for nothing
  private String ask(
      String path,
      @org.jspecify.annotations.Nullable String key,
      String viewer,
      @org.jspecify.annotations.Nullable String sent) {
    var variables =
        new HashMap<>(
            Map.of(
                "ROLLCALL_STATE_TABLE", tables.tables().state(),
                "ROLLCALL_LOG_TABLE", tables.tables().log(),
                "ROLLCALL_FLIPS_QUEUE", "flips",
                "ROLLCALL_DUE_QUEUE", "due",
                "ROLLCALL_DELIVERIES_QUEUE", "deliveries",
                "ROLLCALL_AUTH_FAILURES_PER_MINUTE", "1",
                "ROLLCALL_SITE_ROOT", "https://rollcall.example.org"));
    if (key != null) {
      variables.put("ROLLCALL_ORIGIN_KEY", key);
    }
    var function =
        ApiWiring.handler(
            new Settings(variables::get), tables.client(), new QueueInMemory(), CLOCK);
    var event =
        """
        {"version": "2.0", "rawPath": "%s",
         "headers": {"x-api-key": "wrong", "x-forwarded-for": "%s, %s"%s},
         "requestContext": {"requestId": "1", "http": {"method": "GET", "sourceIp": "%s"}}}
        """
            .formatted(
                path,
                viewer,
                EDGE,
                sent == null ? "" : ", \"%s\": \"%s\"".formatted(TrustedProxy.HEADER, sent),
                EDGE);
    return new String(
        function.apply(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8))),
        StandardCharsets.UTF_8);
  }

  private static final InstantSource CLOCK = InstantSource.fixed(ApiUnderTest.NOON);
}
