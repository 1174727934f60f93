package dev.rollcall.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Body;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TrustedProxyTest {
  private static final String KEY = "01234567-89ab-cdef-0123-456789abcdef";
  private static final String EDGE = "130.176.0.1";
  private static final String VIEWER = "198.51.100.7";

  @Nested
  class Where_there_is_one {
    private final TrustedProxy proxy = new TrustedProxy(KEY);

    @Test
    void a_request_by_it_is_from_the_address_that_it_saw() {
      assertThat(address(Map.of(TrustedProxy.HEADER, KEY, "x-forwarded-for", "%s, %s")))
          .isEqualTo(VIEWER);
    }

    @Test
    void a_gateway_that_does_not_name_the_proxy_changes_nothing() {
      assertThat(address(Map.of(TrustedProxy.HEADER, KEY, "x-forwarded-for", "%s")))
          .isEqualTo(VIEWER);
    }

    @Test
    void what_the_client_says_of_itself_is_not_believed() {
      var forged = "203.0.113.1, 203.0.113.2,%s,%s";

      assertThat(address(Map.of(TrustedProxy.HEADER, KEY, "x-forwarded-for", forged)))
          .isEqualTo(VIEWER);
    }

    @Test
    void a_request_without_the_key_is_from_where_the_gateway_saw_it_come() {
      assertThat(address(Map.of("x-forwarded-for", "%s, %s"))).isEqualTo(EDGE);
      assertThat(address(Map.of(TrustedProxy.HEADER, "guess", "x-forwarded-for", "%s, %s")))
          .isEqualTo(EDGE);
      assertThat(address(Map.of(TrustedProxy.HEADER, "", "x-forwarded-for", "%s"))).isEqualTo(EDGE);
    }

    @Test
    void a_request_that_names_nobody_is_from_the_proxy() {
      assertThat(address(Map.of(TrustedProxy.HEADER, KEY))).isEqualTo(EDGE);
      assertThat(address(Map.of(TrustedProxy.HEADER, KEY, "x-forwarded-for", " ,")))
          .isEqualTo(EDGE);
    }

    @Test
    void the_key_goes_no_further() {
      var request = request(Map.of(TrustedProxy.HEADER, KEY, "accept", "*/*"));

      assertThat(proxy.unwrapped(request).headers()).isEqualTo(Map.of("accept", "*/*"));
    }

    @Test
    void only_requests_by_it_are_admitted() {
      assertThat(proxy.admits(request(Map.of(TrustedProxy.HEADER, KEY)))).isTrue();
      assertThat(proxy.admits(request(proxy.headers()))).isTrue();
      assertThat(proxy.admits(request(Map.of()))).isFalse();
      assertThat(proxy.admits(request(Map.of(TrustedProxy.HEADER, "")))).isFalse();
      assertThat(proxy.admits(request(Map.of(TrustedProxy.HEADER, KEY + "0")))).isFalse();
    }

    private String address(Map<String, String> headers) {
      return proxy.unwrapped(request(headers)).address();
    }
  }

  @Nested
  class Where_there_is_none {
    private final TrustedProxy proxy = new TrustedProxy(null);

    @Test
    void everything_is_admitted_and_nothing_believed() {
      var request = request(Map.of(TrustedProxy.HEADER, "", "x-forwarded-for", "%s, %s"));

      assertThat(proxy.admits(request)).isTrue();
      assertThat(proxy.unwrapped(request).address()).isEqualTo(EDGE);
    }
  }

  /// A request that the gateway got from the proxy's address.
  private static HttpRequest request(Map<String, String> headers) {
    var filled = new HashMap<>(headers);
    filled.replaceAll(
        (name, value) -> name.startsWith("x-") ? value.formatted(VIEWER, EDGE) : value);
    return new HttpRequest("1", "GET", "/ping/1", "", filled, EDGE, Body.EMPTY);
  }
}
