package dev.rollcall.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.channel.SigningSecret;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.edge.queue.Message.Deliver;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final SigningSecret SECRET = new SigningSecret("0123456789abcdef0123456789abcdef");

  /// The vector that the libraries of Standard Webhooks share.
  @Test
  void Is_the_one_that_standard_webhooks_asks_for() {
    assertThat(
            Signature.sign(
                Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1614265330),
                "{\"test\": 2432232314}".getBytes(UTF_8)))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void Covers_id_second_and_body_by_the_digits_of_the_secret() {
    assertThat(new Signature(SECRET, "id").headers(NOON.plusMillis(999), new byte[0]))
        .isEqualTo(
            Map.of(
                "webhook-id", "id",
                "webhook-timestamp", "1780315200",
                "webhook-signature", "v1,snb1OZghNPd9fP7knUuhf0nGx0Z9cy5urpoMh3clGP0="));
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook-id", "Webhook-Timestamp", "WEBHOOK-SIGNATURE"})
  void Is_found_in_headers_however_they_are_written(String name) {
    assertThat(Signature.isIn(Map.of("User-Agent", "us", name, "x"))).isTrue();
    assertThat(Signature.isIn(Map.of("User-Agent", "us", "X-" + name, "x"))).isFalse();
  }

  @Nested
  class The_name_of_a_delivery {
    private final CheckId check = new CheckId(new UUID(0, 1));
    private final ChannelId channel = new ChannelId(new UUID(0, 2));
    private final Deliver down = new Deliver(check, 7, channel, 0);

    private static String name(Deliver message, String received) {
      return Objects.requireNonNull(Signature.of(message, received, SECRET)).id();
    }

    @Test
    void is_the_same_in_every_try_and_however_it_was_queued() {
      var again = new Deliver(check, 7, channel, 6);
      assertThat(name(down, "m1")).isEqualTo(name(again, "m2")).matches("msg_[0-9a-f]{32}");
    }

    @Test
    void is_another_for_another_flip_check_or_channel() {
      var other = new UUID(0, 3);
      assertThat(name(down, "m1"))
          .isNotIn(
              name(new Deliver(check, 8, channel, 0), "m1"),
              name(new Deliver(new CheckId(other), 7, channel, 0), "m1"),
              name(new Deliver(check, 7, new ChannelId(other), 0), "m1"));
    }

    @Test
    void is_another_for_another_test_and_the_same_when_that_is_repeated() {
      var test = Deliver.test(channel);
      assertThat(name(test, "m1")).isEqualTo(name(test, "m1")).isNotEqualTo(name(test, "m2"));
    }

    @Test
    void is_nothing_without_a_secret() {
      assertThat(Signature.of(down, "m1", null)).isNull();
    }
  }
}
