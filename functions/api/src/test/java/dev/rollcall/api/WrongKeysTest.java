package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rollcall.core.check.Body;
import dev.rollcall.edge.http.HttpRequest;
import dev.rollcall.edge.http.HttpResponse;
import dev.rollcall.testing.Items;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrongKeysTest {
  private static final int LIMIT = 3;
  private static final String CHECKS = "/api/v3/checks/";
  private static final String WRONG = "hcw_wrongwrongwrongwrongwrongwro";
  private static final String HERE = "203.0.113.7";
  private static final String ELSEWHERE = "198.51.100.9";

  private final ApiUnderTest api = new ApiUnderTest(LIMIT);
  private int tries;

  @BeforeEach
  void begin_a_minute() {
    api.clock().advance(Duration.ofSeconds(20));
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Nested
  class Up_to_the_limit {

    @Test
    void are_told_that_they_are_wrong() {
      for (int i = 0; i < LIMIT; i++) {
        assertThat(list(another(), HERE).status()).isEqualTo(401);
      }
    }
  }

  @Nested
  class Over_the_limit {

    @Test
    void are_told_until_when_to_wait() {
      exhaust(HERE);

      var answer = list(another(), HERE);

      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.headers()).containsEntry("retry-after", "40");
      assertThat(answer.headers()).containsEntry("access-control-allow-origin", "*");
      assertThat(answer.body().text()).contains("too many wrong api keys, try again in 40 s");
    }

    @Test
    void are_told_that_they_are_wrong_again_in_the_next_minute() {
      exhaust(HERE);
      assertThat(list(another(), HERE).status()).isEqualTo(429);

      api.clock().advance(Duration.ofSeconds(40));

      assertThat(list(another(), HERE).status()).isEqualTo(401);
    }

    @Test
    void of_one_address_do_not_count_for_another() {
      exhaust(HERE);

      assertThat(list(another(), ELSEWHERE).status()).isEqualTo(401);
    }

    @Test
    void of_one_beginning_count_wherever_they_come_from() {
      for (int i = 0; i < LIMIT; i++) {
        assertThat(list(WRONG, "198.51.100." + i).status()).isEqualTo(401);
      }

      assertThat(list(WRONG, HERE).status()).isEqualTo(429);
    }

    @Test
    void count_in_every_process() {
      exhaust(HERE);

      var other = new ApiUnderTest(LIMIT, api.tables());
      other.clock().advance(Duration.ofSeconds(20));

      assertThat(list(other, another(), HERE).status()).isEqualTo(429);
    }

    @Test
    void do_not_keep_a_right_key_of_the_same_address_or_beginning_out() {
      var key = api.project().readWrite();
      exhaust(HERE);
      for (int i = 0; i < LIMIT; i++) {
        list(key.substring(0, 31) + "-", ELSEWHERE);
      }
      assertThat(list(key.substring(0, 31) + "-", HERE).status()).isEqualTo(429);

      assertThat(list(key, HERE).status()).isEqualTo(200);
    }

    @Test
    void are_not_counted_any_further() {
      exhaust(HERE);
      list(another(), HERE);
      api.tables().meter().reset();

      list(another(), HERE);

      assertThat(api.tables().meter().usage().calls()).isEqualTo(1);
      assertThat(api.tables().meter().usage().writeUnits()).isZero();
    }
  }

  @Nested
  class Everywhere {

    @ParameterizedTest
    @CsvSource({
      "/api/v3/checks/, x-api-key, short, 401",
      "/api/v3/metrics/, x-metrics-key, wrong, 403",
      "/projects/00000000-0000-4000-8000-000000000000/metrics/, authorization, Bearer x, 400",
      "/projects/00000000-0000-4000-8000-000000000000/metrics/, authorization,"
          + " Bearer hcr_wrongwrongwrongwrongwrongwro, 403"
    })
    void are_limited(String path, String header, String value, int status) {
      for (int i = 0; i < LIMIT; i++) {
        assertThat(get(path, header, value).status()).isEqualTo(status);
      }

      assertThat(get(path, header, value).status()).isEqualTo(429);
    }

    @Test
    void are_no_wrong_ones_where_none_is_shown() {
      for (int i = 0; i <= LIMIT; i++) {
        assertThat(get(CHECKS, "accept", "*/*").status()).isEqualTo(401);
      }
    }

    @Test
    void are_no_wrong_ones_where_a_known_key_may_only_read() {
      var key = api.project().readOnly();
      for (int i = 0; i <= LIMIT; i++) {
        assertThat(get("/api/v3/channels/", "x-api-key", key).status()).isEqualTo(401);
      }
    }
  }

  @Nested
  class What_is_stored {

    @Test
    void is_no_more_of_a_key_than_may_be_shown_and_expires() {
      list(WRONG, HERE);
      get(CHECKS, "x-api-key", "secret");

      assertThat(Items.in(api.tables().client(), api.tables().tables().log()))
          .extracting(
              item -> Items.value(item, "pk").s(),
              item -> Items.value(item, "attempts").n(),
              item -> Items.value(item, "expires").n())
          .containsExactlyInAnyOrder(
              tuple("FAILED#address " + HERE + "#" + minute(), "2", expires()),
              tuple("FAILED#key hcw_wron#" + minute(), "1", expires()));
    }

    @Test
    void is_nothing_when_the_key_is_right() {
      var key = api.project().readOnly();
      api.tables().meter().reset();

      get("/api/v3/checks/00000000-0000-4000-8000-000000000000", "x-api-key", key);

      assertThat(api.tables().meter().usage().writeUnits()).isZero();
    }

    @Test
    void fits_whatever_a_proxy_calls_an_address() {
      assertThat(list(WRONG, "a".repeat(5000)).status()).isEqualTo(401);
    }

    private static long minute() {
      return ApiUnderTest.NOON.getEpochSecond() / 60;
    }

    private static String expires() {
      return Long.toString(ApiUnderTest.NOON.plusSeconds(140).getEpochSecond());
    }
  }

  private void exhaust(String address) {
    for (int i = 0; i < LIMIT; i++) {
      list(another(), address);
    }
  }

  /// A wrong key with a beginning of its own.
  private String another() {
    return "%08d".formatted(++tries) + WRONG.substring(8);
  }

  private HttpResponse list(String key, String address) {
    return list(api, key, address);
  }

  private static HttpResponse list(ApiUnderTest api, String key, String address) {
    return get(api, CHECKS, "x-api-key", key, address);
  }

  private HttpResponse get(String path, String header, String value) {
    return get(api, path, header, value, HERE);
  }

  private static HttpResponse get(
      ApiUnderTest api, String path, String header, String value, String address) {
    return api.api()
        .handle(new HttpRequest("1", "GET", path, "", Map.of(header, value), address, Body.EMPTY));
  }
}
