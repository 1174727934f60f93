package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testing.conformance.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A method that a path does not have.
class OtherMethodsTest {
  private static final String CHECK = "3c1ad0e5-2b1f-4b5e-9a0c-5d0f6f3f8a11";

  private final ApiUnderTest api = new ApiUnderTest();
  private final Service.Keys keys = api.project();

  @AfterEach
  void close() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource({
    "TRACE, /api/v3/checks/, 'GET, OPTIONS, POST'",
    "PUT, /api/v3/checks/, 'GET, OPTIONS, POST'",
    "TRACE, /api/rollcall/v1/channels/kinds, 'GET, OPTIONS'",
    "PATCH, /api/v3/checks/" + CHECK + "/pause, 'OPTIONS, POST'",
    "HEAD, /b/2/" + CHECK + ".svg, 'GET, OPTIONS'",
    "TRACE, /b/2/" + CHECK + ".svg, 'GET, OPTIONS'",
    "TRACE, /api/v3/status/, 'GET, HEAD, OPTIONS'",
    "GET, /api/v3/notifications/" + CHECK + "/status, POST"
  })
  void is_refused_with_those_that_it_has(String method, String path, String allowed) {
    var answer = api.call(method, path, keys.readWrite(), "");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers()).containsEntry("allow", allowed);
  }

  @Test
  void is_no_way_to_write_to_a_page() {
    assertThat(api.call("POST", "/api/v3/status/", keys.readWrite(), "").status()).isEqualTo(403);
  }
}
