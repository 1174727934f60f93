package dev.rollcall.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.channel.Delivery.Post;
import dev.rollcall.core.channel.SigningSecret;
import dev.rollcall.core.check.Body;
import dev.rollcall.testing.SettableClock;
import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The signature of a request that goes to a receiver on this machine, by whichever name.
class SignedRequestsTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

  private final Receiver receiver = new Receiver();
  private final WebCourier courier =
      new WebCourier(
          new CheckedDns(_ -> new InetAddress[] {HERE}, HERE::equals),
          WebCourier.Limits.USUAL,
          new SettableClock(NOON));
  private final Signature signature =
      new Signature(new SigningSecret("0123456789abcdef0123456789abcdef"), "msg_1");

  @AfterEach
  void close() {
    receiver.close();
  }

  private static Post request(String method, URI uri, Map<String, String> headers, String body) {
    return new Post(method, uri, headers, Body.of(body.getBytes(UTF_8)), Post.TAKEN, Set.of());
  }

  private Map<String, String> sent(Post post) {
    assertThat(courier.send(post, signature)).isEqualTo(new Outcome.Sent());
    return receiver.requests().getLast().headers();
  }

  @Test
  void Covers_the_bytes_that_are_sent() {
    assertThat(sent(request("POST", receiver.at("/"), Map.of(), "körper")))
        .containsAllEntriesOf(signature.headers(NOON, "körper".getBytes(UTF_8)));
  }

  @Test
  void Of_a_get_covers_no_body() {
    assertThat(sent(request("GET", receiver.at("/?a=b"), Map.of(), "")))
        .containsAllEntriesOf(signature.headers(NOON, new byte[0]));
  }

  @ParameterizedTest
  @CsvSource({"302, ''", "307, x"})
  void Is_made_anew_where_a_redirect_leads(int status, String body) {
    receiver.answer(status, "Location", "/then");
    assertThat(sent(request("POST", receiver.at("/"), Map.of(), "x")))
        .containsAllEntriesOf(signature.headers(NOON, body.getBytes(UTF_8)));
    assertThat(receiver.requests()).hasSize(2);
  }

  @Test
  void Does_not_go_to_another_site_nor_on_from_there() {
    receiver.answer(307, "Location", "http://receiver.test:" + receiver.port() + "/there");
    receiver.answer(307, "Location", "/on");
    assertThat(sent(request("POST", receiver.at("/"), Map.of(), "x")))
        .doesNotContainKeys("webhook-id", "webhook-timestamp", "webhook-signature");
    assertThat(receiver.targets()).containsExactly("/", "/there", "/on");
  }

  @Test
  void Leaves_a_request_alone_that_brings_one_of_its_headers() {
    assertThat(sent(request("POST", receiver.at("/"), Map.of("Webhook-ID", "mine"), "x")))
        .containsEntry("webhook-id", "mine")
        .doesNotContainKeys("webhook-timestamp", "webhook-signature");
  }
}
