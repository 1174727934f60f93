package dev.rollcall.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may call the control API, by what a browser says of the page that asks.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalCallersTest {
  private static final byte[] JUMP = "{\"advance\": 86400}".getBytes(UTF_8);

  private Service service;
  private Remote remote;

  @BeforeAll
  void start() {
    service = Service.start(new Options(0, null, false));
    remote = Remote.at(service.url());
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Nested
  class A_page_that_leads_its_own_name_to_this_machine {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "evil.example",
          "evil.example:80",
          "localhost.evil.example",
          "localhostevil",
          "evil.example@localhost",
          "127.0.0.1.evil.example",
          "127.0.0.2",
          "0.0.0.0",
          "[::ffff:127.0.0.1]",
          "localhost:x",
          "",
        })
    void gets_no_keys(String host) {
      var answer = remote.http().exchange(head("GET", "/_local/session", "Host: " + host), none());

      assertThat(answer.status()).isIn(400, 403);
      assertThat(answer.text()).doesNotContain("api_key");
    }

    @Test
    void gets_none_by_an_absolute_address_either() {
      var target = "http://evil.example/_local/session";
      var answer =
          remote.http().exchange(head("GET", target, "Host: " + "localhost:" + port()), none());

      assertThat(answer.status()).isIn(400, 403);
    }

    @Test
    void is_told_what_would_be_right() {
      var answer =
          remote.http().exchange(head("GET", "/_local/clock", "Host: evil.example"), none());

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.text())
          .isEqualTo(
              "{\"error\":\"/_local answers to localhost, 127.0.0.1 and [::1] only, and this request"
                  + " names another Host; call it by one of these, on the machine where the service"
                  + " runs\"}");
    }

    @Test
    void may_see_what_needs_no_key() {
      var answer =
          remote.http().exchange(head("GET", "/api/v3/status/", "Host: evil.example"), none());

      assertThat(answer.status()).isEqualTo(200);
    }
  }

  @Nested
  class A_page_of_another_site {
    @ParameterizedTest
    @CsvSource({
      "Origin, http://evil.example",
      "Origin, null",
      "Origin, http://localhost",
      "Origin, http://localhost:1",
      "Origin, http://localhost.evil.example",
      "Sec-Fetch-Site, cross-site",
      "Sec-Fetch-Site, same-site",
    })
    void moves_no_clock(String header, String value) {
      var before = remote.now();
      var answer = remote.http().send("POST", "/_local/clock", Map.of(header, value), JUMP);

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.text()).contains("pages of other sites");
      assertThat(remote.now()).isBefore(before.plusSeconds(86_400));
    }
  }

  @Nested
  class The_owner_of_the_desk {
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost:%d", "127.0.0.1:%d", "[::1]:%d"})
    void is_heard_by_each_name_of_the_machine(String host) {
      var named = "Host: " + host.formatted(port());

      assertThat(remote.http().exchange(head("GET", "/_local/session", named), none()).status())
          .isEqualTo(200);
    }

    @Test
    void is_heard_by_the_page_of_the_service() {
      var headers = Map.of("Origin", "http://localhost:" + port(), "Sec-Fetch-Site", "same-origin");
      var answer =
          remote.http().send("POST", "/_local/clock", headers, "{\"advance\":0}".getBytes(UTF_8));

      assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void is_heard_by_an_address_that_is_typed() {
      var headers = Map.of("Sec-Fetch-Site", "none");

      assertThat(remote.http().send("GET", "/_local/session", headers, none()).status())
          .isEqualTo(200);
    }
  }

  private int port() {
    return remote.http().port();
  }

  private static byte[] none() {
    return new byte[0];
  }

  private static String head(String method, String target, String host) {
    return method + " " + target + " HTTP/1.1\r\n" + host + "\r\nConnection: close\r\n\r\n";
  }
}
