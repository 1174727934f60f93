package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Body;
import dev.rollcall.testing.conformance.Service;
import java.nio.charset.Charset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedRequestTest {
  private static final String CHECKS = "/api/v3/checks/";

  private final ApiUnderTest api = new ApiUnderTest();
  private final String key = api.project().readWrite();

  @AfterEach
  void close() {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"name\"",
        "{'name': 1}",
        "nil",
        " ",
        "{} {}",
        "\uFEFF",
        "\uFEFF{}",
        "{\"name\": \"\\ud800\"}",
        "{\"tags\": \"\\udc00\\ud800\"}",
        "{\"x\": [{\"y\": \"\\ud800\"}]}"
      })
  void is_no_json(String body) {
    var response = api.call("POST", CHECKS, key, body);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body().text()).isEqualTo("{\"error\": \"could not parse request body\"}");
  }

  @Test
  void nests_too_deep_to_be_json() {
    var response =
        api.call("POST", CHECKS, key, "{\"x\": " + "[".repeat(5000) + "]".repeat(5000) + "}");

    assertThat(response.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "UTF-16", "UTF-16LE", "UTF-32BE"})
  void is_not_utf_8(String encoding) {
    var body = Body.of("{\"name\": \"é\"}".getBytes(Charset.forName(encoding)));

    var answer = api.send(new Service.Request("POST", CHECKS, Map.of("X-Api-Key", key), body));

    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void is_larger_than_any_request_needs_to_be() {
    var response =
        api.call("POST", CHECKS, key, "{\"x\": \"" + "y".repeat(RequestBody.LIMIT) + "\"}");

    assertThat(response.status()).isEqualTo(400);
  }

  @Test
  void has_a_description_that_no_item_could_hold() {
    var response =
        api.call("POST", CHECKS, key, "{\"desc\": \"" + "\u20ac".repeat(100_001) + "\"}");

    assertThat(response.body().text()).contains("desc is too long");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000000000000000000", "1000000000000000000000000", "31536001"})
  void has_a_timeout_that_is_too_large(String timeout) {
    var response = api.call("POST", CHECKS, key, "{\"timeout\": " + timeout + "}");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body().text()).contains("timeout is too large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false", "-1", "-1000000000000000000000", "59"})
  void has_a_timeout_that_is_too_small(String timeout) {
    var response = api.call("POST", CHECKS, key, "{\"timeout\": " + timeout + "}");

    assertThat(response.body().text()).contains("timeout is too small");
  }

  @ParameterizedTest
  @ValueSource(strings = {"60.0", "\"60\"", "null", "[]", "1e3", "NaN", "-Infinity"})
  void has_a_timeout_that_is_no_whole_number(String timeout) {
    var response = api.call("POST", CHECKS, key, "{\"timeout\": " + timeout + "}");

    assertThat(response.body().text()).contains("timeout is not a number");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"utc\"",
        "\"+02:00\"",
        "\"\"",
        "\"Mars/Olympus\"",
        "\"a-name-that-is-far-longer-than-that-of-any-place-on-earth-where-clocks-could-ever-have-been-set-in-time\""
      })
  void has_a_zone_that_does_not_exist(String zone) {
    var response = api.call("POST", CHECKS, key, "{\"tz\": " + zone + "}");

    assertThat(response.body().text()).contains("tz is not a valid timezone");
  }

  @Test
  void is_told_of_the_first_fault_only() {
    var response = api.call("POST", CHECKS, key, "{\"tz\": 5, \"name\": 5, \"desc\": null}");

    assertThat(response.body().text())
        .isEqualTo("{\"error\": \"json validation error: desc is not a string\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"filter_body\": 5, \"filter_subject\": 5', filter_subject",
    "'\"filter_default_fail\": 5, \"filter_body\": 5', filter_body",
    "'\"filter_default_fail\": 5, \"filter_http_body\": 5', filter_http_body"
  })
  void is_told_of_filters_in_the_order_of_the_reference(String fields, String first) {
    var response = api.call("POST", CHECKS, key, "{" + fields + "}");

    assertThat(response.body().text()).contains(": " + first + " is not a boolean");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"NaN", "[[[[[[[[[[[[[[[[[[[[[[[[{}]]]]]]]]]]]]]]]]]]]]]]]]", "\"\\u0000\""})
  void is_no_worse_for_what_nobody_reads(String value) {
    var response = api.call("POST", CHECKS, key, "{\"other\": " + value + "}");

    assertThat(response.status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {",", "a,", "%2A,", ",,"})
  void names_an_empty_channel(String channels) {
    var response = api.call("POST", CHECKS, key, "{\"channels\": \"" + channels + "\"}");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body().text()).contains("channel identifier");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v3/checks/%ZZ",
        "/api/v3/checks/%00",
        "/%",
        "/api/v4/checks/",
        "/api/v3/checks//",
        "/api/v3/checks/00000000-0000-4000-8000-00000000000G",
        "/b/99999999999/x.svg",
        "/b/2/00000000-0000-4000-8000-000000000000.svg",
        "/badge/x/y.svg",
        "/badge/x/y/%25.svg",
        "/badge/x/y/a/b.svg",
        "/badge/x/y/a%20b.svg",
        "/badge/x%20/y.svg",
        "/badge/x/y%20.svg"
      })
  void names_a_path_where_nothing_is(String path) {
    assertThat(api.call("GET", path, key, "").status()).isEqualTo(404);
  }
}
