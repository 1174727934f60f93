package dev.rollcall.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Addresses with user information, and with what programs read in different ways.
class WebAddressTest {

  private static WebAddress read(String text) {
    return WebAddress.read(text).orElseThrow();
  }

  private static Reading<?> stored(String url) {
    return new Webhook().read(Map.of("url_down", url));
  }

  private static Reading<?> added(String url) {
    return new Webhook().readNew(Map.of("url_down", url));
  }

  @Nested
  class User_information {
    @ParameterizedTest
    @CsvSource({
      "user:p%40ss, user:p@ss",
      "user:a%3Ab, user:a:b",
      "us%20er:p, us er:p",
      "us%3aer:p, us:er:p",
      "a:b:c, a:b:c",
      "%C3%BCser:p%e2%82%acss, üser:p€ss",
      "üser:p😀, üser:p😀",
      "a+b:c+d, a+b:c+d",
      "100%:50%zz%4, 100%:50%zz%4",
      "%25:%2540, %:%40",
      "user, user:",
      "user:, user:",
      ":pass, :pass",
    })
    void is_decoded_as_basic_authentication_has_it(String written, String sent) {
      var address = read("https://" + written + "@x.example/a");
      assertThat(address.credentials()).isEqualTo(sent);
      assertThat(address.uri()).hasToString("https://x.example/a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://x.example/", "https://@x.example/", "https://x.example/@a"})
    void is_none_where_there_is_none(String url) {
      assertThat(read(url).credentials()).isEmpty();
      assertThat(read(url).uri().getHost()).isEqualTo("x.example");
    }

    @Test
    void of_a_request_is_in_UTF_8() {
      var post =
          (Delivery.Post)
              Samples.render(
                  new Webhook(),
                  Samples.down("x", "", null),
                  Map.of("url_down", "https://%C3%BC:%C3%BC@x.example/"));
      assertThat(post.headers()).containsEntry("Authorization", "Basic w7w6w7w=");
    }
  }

  @Nested
  class The_host {
    @ParameterizedTest
    @CsvSource({
      "http://user:p@127.0.0.1:1@x.example/, x.example, -1, user:p@127.0.0.1:1",
      "http://127.0.0.1:8218@x.example:81/, x.example, 81, 127.0.0.1:8218",
      "http://a@b@x.example?q, x.example, -1, a@b:",
      "http://[::1]:8219@x.example/, x.example, -1, '[::1]:8219'",
      "http://u:p@x.example:81#@b.example/, x.example, 81, u:p",
      "http://x.example?@b.example/, x.example, -1, ''",
    })
    void is_what_stands_behind_the_last_at_sign_of_the_authority(
        String url, String host, int port, String credentials) {
      var address = read(url);
      assertThat(address.uri().getHost()).isEqualTo(host);
      assertThat(address.uri().getPort()).isEqualTo(port);
      assertThat(address.credentials()).isEqualTo(credentials);
    }
  }

  @Nested
  class A_new_address {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "http://user:p@127.0.0.1:1@x.example/",
          "http://a@b@c/",
          "http://user:p@ss@x.example/",
          "HTTPS://[::1]:8219@@x.example?a"
        })
    void has_one_at_sign_at_most_and_a_stored_one_goes_on(String url) {
      assertThat(stored(url)).isInstanceOf(Reading.Valid.class);
      assertThat(added(url))
          .isEqualTo(
              new Reading.Invalid<>(
                  "url_down",
                  "has more than one @ before its path; write %40 in a name or a password"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "http://127.0.0.1:8219\\@x.example/",
          "http://x.example\\b",
          "\\http://x.example/",
          "http://x.example/a?b=\\"
        })
    void has_no_backslash(String url) {
      assertThat(added(url))
          .isEqualTo(
              new Reading.Invalid<>("url_down", "has a \\, which no address has; write / or %5C"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "http://x.example/a\r\nX-Evil: 1",
          "http://x.example/\ta",
          "http://u\u0001@x.example/",
          "http://x.example/\u007f",
          "http://x.example/\u0085b"
        })
    void has_no_control_character(String url) {
      assertThat(stored(url)).isInstanceOf(Reading.Valid.class);
      assertThat(added(url))
          .isEqualTo(
              new Reading.Invalid<>(
                  "url_down", "has a control character, such as a line break; leave it out"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "https://x.example/",
          "https://ann:secret@x.example/@/a@b?c=@",
          " https://x.example/\n"
        })
    void is_else_what_a_stored_one_is(String url) {
      assertThat(stored(url)).isInstanceOf(Reading.Valid.class);
      assertThat(added(url)).isEqualTo(stored(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x.example/", "https://$NAME@x.example/", "x@y@z"})
    void that_is_none_is_refused_as_ever(String url) {
      assertThat(added(url)).isEqualTo(stored(url)).isInstanceOf(Reading.Invalid.class);
      assertThat(WebAddress.fault(url))
          .hasValue("is not an address that begins with http:// or https:// and a host");
    }
  }
}
