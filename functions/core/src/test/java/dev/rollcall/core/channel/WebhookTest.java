package dev.rollcall.core.channel;

import static dev.rollcall.core.channel.Samples.down;
import static dev.rollcall.core.channel.Samples.file;
import static dev.rollcall.core.channel.Samples.ping;
import static dev.rollcall.core.channel.Samples.render;
import static dev.rollcall.core.channel.Samples.up;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Reason;
import dev.rollcall.core.check.State;
import dev.rollcall.core.check.Status;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {
  private static final String NAME = "Fö $TAG1 \"q\"";
  private static final Alert DOWN = down(NAME, "one two", ping(null, "b \"1\""));

  private static Delivery.Post post(Alert alert, Map<String, Object> settings) {
    return (Delivery.Post) render(new Webhook(), alert, settings);
  }

  private static Delivery.Post get(Alert alert, String url) {
    return post(alert, Map.of("url_down", url, "url_up", url));
  }

  private static String body(Alert alert, String template) {
    return post(
            alert,
            Map.of(
                "method_down",
                "POST",
                "url_down",
                "https://x.example/",
                "body_down",
                template,
                "method_up",
                "POST",
                "url_up",
                "https://x.example/",
                "body_up",
                template))
        .body()
        .text();
  }

  private static @Nullable String header(Alert alert, String template) {
    return post(
            alert,
            Map.of("url_down", "https://x.example/", "headers_down", Map.of("X-H", template)))
        .headers()
        .get("X-H");
  }

  @Test
  void Has_the_kind_of_the_reference_and_a_title_for_people() {
    assertThat(new Webhook().kind()).isEqualTo("webhook");
    assertThat(new Webhook().title()).isEqualTo("Webhook");
  }

  @Test
  void Is_signed_and_a_mail_is_not() {
    assertThat(new Webhook().isSigned()).isTrue();
    assertThat(new Email().isSigned()).isFalse();
  }

  @Nested
  class The_body {
    @Test
    void has_every_placeholder_replaced() {
      assertThat(body(DOWN, file("webhook-body.template")))
          .isEqualTo(file("webhook-body.expected"));
    }

    @Test
    void names_the_exit_status_and_the_time_of_the_flip() {
      assertThat(body(down("x", "", ping(42, "boom")), "$EXITSTATUS|$BODY|$NOW"))
          .isEqualTo("42|boom|2026-06-01T12:00:00+00:00");
    }

    @Test
    void is_empty_where_there_was_no_ping() {
      assertThat(body(down("x", "", null), "$EXITSTATUS|$BODY|$BODY_JSON")).isEqualTo("-1||\"\"");
    }

    @Test
    void keeps_the_placeholder_of_a_tag_that_there_is_not() {
      assertThat(body(down("x", "", null), "[$TAGS] [$TAG1]")).isEqualTo("[] [$TAG1]");
      assertThat(body(down("x", " a ", null), "$TAG1 $TAG2")).isEqualTo("a $TAG2");
      assertThat(body(down("x", "a  b\tc \t d", null), "[$TAG1] [$TAG2] [$TAG3]"))
          .isEqualTo("[a] [b\tc] [d]");
    }

    @Test
    void takes_the_longer_of_two_placeholders() {
      assertThat(body(down("x", "a b c d e f g h i j", null), "$TAG1 $TAG10 $TAG11"))
          .isEqualTo("a j a1");
    }

    @Test
    void shows_the_check_as_the_flip_left_it_when_it_has_flipped_since() {
      var template = "$STATUS $JSON";
      assertThat(body(Samples.since(DOWN, new State.Up(Samples.NOON)), template))
          .startsWith("down {")
          .contains("\"status\": \"down\"", "\"next_ping\": null");
      assertThat(body(Samples.since(DOWN, new State.Paused(null)), template))
          .contains("\"status\": \"down\"", "\"last_ping\": null", "\"next_ping\": null");
      var failed = new State.Down(Samples.NOON, Reason.FAILURE, Samples.NOON);
      assertThat(body(Samples.since(up("x", "", null), failed), template))
          .startsWith("up {")
          .contains("\"status\": \"up\"", "\"next_ping\": \"2026-06-02T12:00:00+00:00\"");
      assertThat(body(Samples.since(up("x", "", null), new State.New()), template))
          .contains("\"status\": \"up\"", "\"last_ping\": null", "\"next_ping\": null");
    }

    @Test
    void is_not_sent_with_get() {
      var post = post(DOWN, Map.of("url_down", "https://x.example/", "body_down", "zzz"));
      assertThat(post.method()).isEqualTo("GET");
      assertThat(post.body().isEmpty()).isTrue();
    }
  }

  @Nested
  class The_url {
    @Test
    void has_values_quoted_but_for_slashes_and_no_body() {
      assertThat(get(DOWN, "https://x.example/a/$CODE?n=$NAME&t=$TAGS&b=$BODY&x=$EXITSTATUS").uri())
          .isEqualTo(
              URI.create(
                  "https://x.example/a/0a8f5c3e-1d2b-4c6f-9e7a-5b3d8c1f2e4a"
                      + "?n=F%C3%B6%20%24TAG1%20%22q%22&t=one%20two&b=$BODY&x=-1"));
      assertThat(get(down("a/b?c", "", null), "https://x.example/$NAME").uri().getRawPath())
          .isEqualTo("/a/b%3Fc");
      assertThat(get(down("azAZ09-._~ª", "", null), "https://x.example/$NAME").uri().getRawPath())
          .isEqualTo("/azAZ09-._~%C2%AA");
    }

    @ParameterizedTest
    @CsvSource({
      "https://x.example, https://x.example/",
      "HTTP://x.example:8080?a=b, HTTP://x.example:8080/?a=b",
      "https://x.example/a b|{c}, https://x.example/a%20b%7C%7Bc%7D",
      "https://x.example/50%/%2f?ü[]=1#part, https://x.example/50%25/%2f?%C3%BC%5B%5D=1",
      "https://x.example/%20%0A?b%g0, https://x.example/%20%0A?b%25g0",
      "https://x.example/azAZ09-._~:@!$&*+;?=é/, https://x.example/azAZ09-._~:@!$&*+;?=%C3%A9/",
      "https://x.example/😀, https://x.example/%F0%9F%98%80",
      "https://x.example:65535/, https://x.example:65535/",
      "https://bücher.example/, https://xn--bcher-kva.example/",
      "'http://[2001:db8::1]:81/x', 'http://[2001:db8::1]:81/x'",
    })
    void is_made_fit_for_a_request(String written, String sent) {
      assertThat(get(DOWN, written).uri()).hasToString(sent);
    }

    @Test
    void gives_its_user_information_to_a_header() {
      var post = get(DOWN, "https://ann:secret@x.example/");
      assertThat(post.uri()).hasToString("https://x.example/");
      assertThat(post.headers()).containsEntry("Authorization", "Basic YW5uOnNlY3JldA==");
      assertThat(post).hasToString("Post[GET]");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "ftp://x.example/",
          "https://",
          "https:///path",
          "x.example",
          "javascript:alert(1)",
          "https://$NAME/",
          "https://$NAME@x.example/",
          "https://x.example:$TAG1/",
          "https://x.example:99999999/",
          "https://x.example:65536/",
          "https://a b/",
          "file:///etc/passwd",
          "http://[::1/",
          "https://-/"
        })
    void is_refused_when_it_is_none(String url) {
      assertThat(new Webhook().read(Map.of("url_up", url)))
          .isInstanceOfSatisfying(
              Reading.Invalid.class, invalid -> assertThat(invalid.field()).isEqualTo("url_up"));
    }
  }

  @Nested
  class A_header {
    @Test
    void has_characters_beyond_latin_1_as_references_and_no_body() {
      assertThat(header(DOWN, "$NAME ✓ $BODY")).isEqualTo("Fö $TAG1 \"q\" &#10003; $BODY");
      assertThat(header(DOWN, "😀")).isEqualTo("&#128512;");
      assertThat(header(DOWN, "ÿ Ā")).isEqualTo("ÿ &#256;");
    }

    @Test
    void cannot_be_broken_by_a_value() {
      assertThat(header(down("a\r\nX-Evil: 1", "", null), "$NAME")).isEqualTo("a  X-Evil: 1");
    }

    @Test
    void names_the_sender_unless_the_user_does() {
      assertThat(get(DOWN, "https://x.example/").headers())
          .containsExactlyEntriesOf(Map.of("User-Agent", "rollcall"));
      assertThat(
              post(
                      DOWN,
                      Map.of(
                          "url_down",
                          "https://x.example/",
                          "headers_down",
                          Map.of("user-agent", "mine")))
                  .headers()
                  .values())
          .containsExactly("mine");
    }

    @ParameterizedTest
    @CsvSource({"Content-Length, 3", "host, evil.example", "a b, c", "'', c", "X-A, 'a\nb'"})
    void is_refused_when_none_can_be_like_that(String name, String value) {
      assertThat(
              new Webhook()
                  .read(
                      Map.of(
                          "url_down", "https://x.example/", "headers_down", Map.of(name, value))))
          .isInstanceOfSatisfying(
              Reading.Invalid.class,
              invalid -> assertThat(invalid.field()).isEqualTo("headers_down"));
    }
  }

  @Nested
  class Of_two_requests {
    private final Map<String, Object> onlyUp =
        Map.of("method_up", "PUT", "url_up", "https://x.example/$STATUS", "body_up", "$STATUS");

    @Test
    void the_one_without_a_url_is_not_sent() {
      assertThat(render(new Webhook(), DOWN, onlyUp)).isEqualTo(new Delivery.Nothing());
      var sent = post(up("x", "", null), onlyUp);
      assertThat(sent.method()).isEqualTo("PUT");
      assertThat(sent.uri()).hasToString("https://x.example/up");
      assertThat(sent.body().text()).isEqualTo("up");
    }

    @Test
    void a_test_sends_the_first_that_there_is() {
      var test = Alert.test(Samples.PROJECT, "", Samples.SITE, Samples.NOON);
      assertThat(post(test, onlyUp).body().text()).isEqualTo("up");
      assertThat(get(test, "https://x.example/$STATUS/$NAME").uri())
          .hasToString("https://x.example/down/TEST");
    }

    @Test
    void that_of_the_last_of_several_flips_is_sent_or_else_the_other() {
      var both = "https://x.example/$STATUS/$NOW";
      assertThat(get(Samples.several(Status.UP, 7, 7), both).uri())
          .hasToString("https://x.example/up/2026-06-01T12%3A00%3A00%2B00%3A00");
      assertThat(get(Samples.several(Status.DOWN, 7, 7), both).uri())
          .hasToString("https://x.example/down/2026-06-01T12%3A00%3A00%2B00%3A00");
      assertThat(post(Samples.several(Status.DOWN, 7, 7), onlyUp).body().text()).isEqualTo("up");
      assertThat(render(new Webhook(), Samples.several(Status.DOWN, 7, 0), onlyUp))
          .isEqualTo(new Delivery.Nothing());
    }

    @Test
    void one_must_have_a_url() {
      assertThat(new Webhook().read(Map.of())).isInstanceOf(Reading.Invalid.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"DELETE", "get", "''"})
  void A_method_is_one_of_three(String method) {
    assertThat(new Webhook().read(Map.of("url_down", "https://x.example/", "method_down", method)))
        .isInstanceOfSatisfying(
            Reading.Invalid.class, invalid -> assertThat(invalid.field()).isEqualTo("method_down"));
  }

  @Test
  void A_body_may_have_a_thousand_characters() {
    var webhook = new Webhook();
    var url = "https://x.example/";
    assertThat(webhook.read(Map.of("url_down", url, "body_down", "x".repeat(1000))))
        .isInstanceOf(Reading.Valid.class);
    assertThat(webhook.read(Map.of("url_down", url, "body_down", "x".repeat(1001))))
        .isInstanceOf(Reading.Invalid.class);
    assertThat(webhook.read(Map.of("url_down", url, "body_down", 5)))
        .isInstanceOf(Reading.Invalid.class);
  }
}
