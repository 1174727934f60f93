package dev.rollcall.core.channel;

import static dev.rollcall.core.channel.Samples.down;
import static dev.rollcall.core.channel.Samples.ping;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// How much placeholders may make of a request.
class WebhookSizeTest {
  private static final String URL = "https://x.example/";

  private static Delivery render(Alert alert, Map<String, Object> settings) {
    return Samples.render(new Webhook(), alert, settings);
  }

  private static Delivery header(String name, String value) {
    return render(
        down("x", "t".repeat(1000), null),
        Map.of("url_down", URL, "headers_down", Map.of(name, value)));
  }

  private static Delivery body(String body, String template) {
    return render(
        down("x", "", ping(0, body)),
        Map.of("url_down", URL, "method_down", "POST", "body_down", template));
  }

  private static Delivery unsendable(String end) {
    return new Delivery.Unsendable("with its placeholders replaced, " + end);
  }

  @Nested
  class The_headers_of_a_request {
    private static final Delivery TOO_LONG =
        unsendable("the headers would have more than 65,536 characters");

    @Test
    void may_have_64_KiB_with_their_names() {
      var most = "$TAGS".repeat(65) + "v".repeat(536 - "X-H".length());
      assertThat(header("X-H", most)).isInstanceOf(Delivery.Post.class);
      assertThat(header("X-H", most + "v")).isEqualTo(TOO_LONG);
      assertThat(header("X-HH", most)).isEqualTo(TOO_LONG);
    }

    @Test
    void count_together() {
      var headers = new LinkedHashMap<String, String>();
      for (int i = 0; i < 65; i++) {
        headers.put("X-%02d".formatted(i), "$TAGS");
      }
      var settings = Map.<String, Object>of("url_down", URL, "headers_down", headers);
      assertThat(render(down("x", "t".repeat(1004), null), settings))
          .isInstanceOf(Delivery.Post.class);
      assertThat(render(down("x", "t".repeat(1005), null), settings)).isEqualTo(TOO_LONG);
    }

    @Test
    void count_as_they_are_sent() {
      var settings = Map.<String, Object>of("url_down", URL, "headers_down", Map.of("X", "$TAGS"));
      assertThat(render(down("x", "✓".repeat(8191), null), settings))
          .isInstanceOf(Delivery.Post.class);
      assertThat(render(down("x", "✓".repeat(8192), null), settings)).isEqualTo(TOO_LONG);
    }

    @Test
    void are_not_made_when_they_would_fill_the_memory() {
      var alert = Samples.downWith("d".repeat(100_000));
      var settings =
          Map.<String, Object>of(
              "url_down", URL, "headers_down", Map.of("X-J", "$JSON".repeat(2_000_000)));
      assertThat(render(alert, settings)).isEqualTo(TOO_LONG);
    }
  }

  @Nested
  class The_URL_of_a_request {
    @Test
    void may_have_64_KiB() {
      var url = URL + "x".repeat(518) + "$TAGS".repeat(65);
      var settings = Map.<String, Object>of("url_down", url);
      assertThat(render(down("x", "t".repeat(1000), null), settings))
          .isInstanceOfSatisfying(
              Delivery.Post.class, post -> assertThat(post.uri().toString()).hasSize(65_536));
      assertThat(render(down("x", "t".repeat(1001), null), settings))
          .isEqualTo(unsendable("the URL would have more than 65,536 characters"));
    }

    @Test
    void counts_as_it_is_sent() {
      var settings = Map.<String, Object>of("url_down", URL + "$TAGS");
      assertThat(render(down("x", "✓".repeat(7279), null), settings))
          .isInstanceOf(Delivery.Post.class);
      assertThat(render(down("x", "✓".repeat(7280), null), settings))
          .isInstanceOf(Delivery.Unsendable.class);
    }
  }

  @Nested
  class The_body_of_a_request {
    private static final Delivery TOO_LONG =
        unsendable("the body would have more than 1,048,576 bytes");

    @Test
    void may_have_1_MiB() {
      assertThat(body("b".repeat(1_048_575), "$BODY ")).isInstanceOf(Delivery.Post.class);
      assertThat(body("b".repeat(1_048_576), "$BODY ")).isEqualTo(TOO_LONG);
      assertThat(body("b".repeat(1_048_577), "$BODY")).isEqualTo(TOO_LONG);
    }

    @Test
    void counts_in_bytes() {
      assertThat(body("é".repeat(524_288), "$BODY")).isInstanceOf(Delivery.Post.class);
      assertThat(body("é".repeat(524_288), "$BODY ")).isEqualTo(TOO_LONG);
    }

    @Test
    void is_none_of_a_get_however_long_it_would_be() {
      assertThat(
              render(
                  down("x", "", ping(0, "b".repeat(1_048_576))),
                  Map.of("url_down", URL, "body_down", "$BODY$BODY")))
          .isInstanceOf(Delivery.Post.class);
    }
  }

  @Nested
  class New_headers {
    private static Reading<?> added(String field, Map<String, String> headers) {
      return new Webhook().readNew(Map.of("url_down", URL, field, headers));
    }

    @Test
    void may_have_8000_characters_together() {
      var most = Map.of("X-A", "v".repeat(3997), "X-B", "v".repeat(3997));
      var more = Map.of("X-A", "v".repeat(3998), "X-B", "v".repeat(3997));
      for (var field : new String[] {"headers_down", "headers_up"}) {
        assertThat(added(field, most)).isInstanceOf(Reading.Valid.class);
        assertThat(added(field, more))
            .isEqualTo(
                new Reading.Invalid<>(
                    field, "has more than 8000 characters in all names and values"));
      }
    }

    @Test
    void that_are_stored_may_have_more() {
      var headers = Map.of("X-A", "v".repeat(9000));
      assertThat(new Webhook().read(Map.of("url_down", URL, "headers_down", headers)))
          .isInstanceOf(Reading.Valid.class);
    }

    @Test
    void are_held_to_what_stored_ones_are_held_to() {
      assertThat(added("headers_down", Map.of("Host", "x")))
          .isEqualTo(
              new Reading.Invalid<>("headers_down", "has Host, which the sender writes itself"));
    }
  }
}
