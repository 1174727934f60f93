package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BouncesTest {

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
  void are_taken_by_whatever_method_they_come(String method) {
    try (var api = new ApiUnderTest()) {
      var answer = api.call(method, "/api/v3/bounces/", "", "");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
    }
  }
}
