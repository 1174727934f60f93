package dev.rollcall.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.channel.Delivery.Post;
import dev.rollcall.core.check.Body;
import dev.rollcall.testing.SettableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebCourierTest {
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
  private static final WebCourier.Limits QUICK =
      new WebCourier.Limits(Duration.ofMillis(500), Duration.ofMillis(700));

  private final Receiver receiver = new Receiver();
  private final List<String> resolved = new CopyOnWriteArrayList<>();

  /// Only the receiver's own address, as if it were the one public address there is.
  private final WebCourier courier = courier(HERE::equals, WebCourier.Limits.USUAL);

  private WebCourier courier(AddressPolicy policy, WebCourier.Limits limits) {
    var clock = new SettableClock(Instant.parse("2026-06-01T12:00:00Z"));
    return new WebCourier(new CheckedDns(this::resolve, policy), limits, clock);
  }

  /// Names under `.test` resolve to this machine; `split.test` has a private address besides.
  private InetAddress[] resolve(String host) throws UnknownHostException {
    resolved.add(host);
    return switch (host) {
      case "split.test" -> new InetAddress[] {HERE, InetAddress.ofLiteral("10.0.0.1")};
      case "inside.test" -> new InetAddress[] {InetAddress.ofLiteral("169.254.169.254")};
      case "unknown.test" -> throw new UnknownHostException(host);
      case "receiver.test" -> new InetAddress[] {HERE};
      default -> InetAddress.getAllByName(host);
    };
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private static Post get(URI uri) {
    return request("GET", uri, Map.of(), "");
  }

  private static Post request(String method, URI uri, Map<String, String> headers, String body) {
    return new Post(method, uri, headers, Body.of(body.getBytes(UTF_8)), Post.TAKEN, Set.of(410));
  }

  private static Outcome again(String reason) {
    return new Outcome.TryAgain(reason, null);
  }

  @Nested
  class A_request {
    @Test
    void arrives_as_it_was_rendered() {
      var headers = Map.of("X-N", "Fö &#10003;", "User-Agent", "rollcall");
      var sent = courier.send(request("PUT", receiver.at("/a?b=%20$c"), headers, "körper"));
      assertThat(sent).isEqualTo(new Outcome.Sent());
      var got = receiver.requests().getFirst();
      assertThat(got.method()).isEqualTo("PUT");
      assertThat(got.target()).isEqualTo("/a?b=%20$c");
      assertThat(got.body()).isEqualTo("körper");
      assertThat(got.headers())
          .containsEntry("X-N", "Fö &#10003;")
          .containsEntry("User-Agent", "rollcall")
          .containsEntry("Content-Length", "7")
          .containsEntry("Host", "127.0.0.1:" + receiver.port())
          .doesNotContainKeys("Content-Type", "Accept-Encoding", "Cookie", "Upgrade");
    }

    @Test
    void without_a_body_says_that_it_is_empty() {
      var _ = courier.send(request("POST", receiver.at("/"), Map.of(), ""));
      assertThat(receiver.requests().getFirst().headers()).containsEntry("Content-Length", "0");
    }

    @Test
    void may_name_its_scheme_in_capitals() {
      var uri = URI.create("HTTP://127.0.0.1:" + receiver.port() + "/");
      assertThat(courier.send(get(uri))).isEqualTo(new Outcome.Sent());
    }

    @Test
    void keeps_nothing_for_the_next() {
      receiver.answer(200, "Set-Cookie", "a=b");
      assertThat(courier.send(get(receiver.at("/1")))).isEqualTo(new Outcome.Sent());
      assertThat(courier.send(get(receiver.at("/2")))).isEqualTo(new Outcome.Sent());
      assertThat(receiver.requests().getLast().headers()).doesNotContainKey("Cookie");
    }
  }

  @Nested
  class An_answer {
    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void of_success_ends_it(int status) {
      receiver.answer(status);
      assertThat(courier.send(get(receiver.at("/")))).isEqualTo(new Outcome.Sent());
    }

    @ParameterizedTest
    @ValueSource(ints = {203, 206, 304, 400, 404, 500, 503})
    void of_anything_else_is_tried_again(int status) {
      receiver.answer(status);
      assertThat(courier.send(get(receiver.at("/")))).isEqualTo(again("answered " + status));
    }

    @Test
    void that_the_channel_takes_for_a_refusal_is_one() {
      receiver.answer(410);
      assertThat(courier.send(get(receiver.at("/"))))
          .isEqualTo(new Outcome.Refused("answered 410"));
    }

    @ParameterizedTest
    @CsvSource({
      "120, 120",
      "'Mon, 1 Jun 2026 12:05:00 GMT', 300",
      "0,",
      "soon,",
      "99999999999999,",
      "'Mon, 1 Jun 2026 11:00:00 GMT',"
    })
    void may_say_when_to_come_back(String value, Long seconds) {
      receiver.answer(429, "Retry-After", value);
      assertThat(courier.send(get(receiver.at("/"))))
          .isEqualTo(
              new Outcome.TryAgain(
                  "answered 429", seconds == null ? null : Duration.ofSeconds(seconds)));
    }

    @Test
    @Timeout(15)
    void without_an_end_is_not_read_to_its_end() {
      var hungUp = new CountDownLatch(1);
      receiver.answer(exchange -> {
        exchange.sendResponseHeaders(200, 0);
        try (var out = exchange.getResponseBody()) {
          while (true) {
            out.write(new byte[8192]);
          }
        } catch (IOException closed) {
          hungUp.countDown();
        }
      });
      assertThat(courier.send(get(receiver.at("/")))).isEqualTo(new Outcome.Sent());
      assertThat(awaited(hungUp)).isTrue();
    }
  }

  @Nested
  class A_bad_receiver {
    @Test
    void that_does_not_answer_is_given_up_in_time() {
      var done = new CountDownLatch(1);
      receiver.answer(_ -> awaited(done));
      var quick = courier(HERE::equals, QUICK);
      assertThat(quick.send(get(receiver.at("/")))).isEqualTo(again("no answer in time"));
      done.countDown();
    }

    @Test
    void that_trickles_is_taken_at_the_status_that_it_sent() {
      var done = new CountDownLatch(1);
      receiver.answer(exchange -> {
        exchange.sendResponseHeaders(200, 0);
        do {
          exchange.getResponseBody().write('x');
          exchange.getResponseBody().flush();
        } while (!awaited(done, 100));
      });
      var quick = courier(HERE::equals, QUICK);
      assertThat(quick.send(get(receiver.at("/")))).isEqualTo(new Outcome.Sent());
      done.countDown();
    }

    @Test
    void that_is_not_there_is_tried_again() throws IOException {
      int port;
      try (var socket = new ServerSocket(0, 1, HERE)) {
        port = socket.getLocalPort();
      }
      assertThat(courier.send(get(URI.create("http://127.0.0.1:" + port + "/"))))
          .isEqualTo(again("connection failed"));
    }

    @Test
    void that_speaks_no_tls_is_tried_again() throws IOException {
      try (var socket = new ServerSocket(0, 1, HERE)) {
        Thread.startVirtualThread(() -> answerPlainly(socket));
        assertThat(courier.send(get(URI.create("https://127.0.0.1:" + socket.getLocalPort()))))
            .isEqualTo(again("no secure connection"));
      }
    }

    @Test
    void that_speaks_no_http_is_tried_again() throws IOException {
      try (var socket = new ServerSocket(0, 1, HERE)) {
        Thread.startVirtualThread(() -> answerPlainly(socket));
        assertThat(courier.send(get(URI.create("http://127.0.0.1:" + socket.getLocalPort()))))
            .isEqualTo(again("connection failed"));
      }
    }

    private void answerPlainly(ServerSocket socket) {
      try (var connection = socket.accept()) {
        connection.getOutputStream().write("HTTP/9.9 200 OK\r\n\r\n".getBytes(UTF_8));
        connection.shutdownOutput();
        connection.getInputStream().readAllBytes();
      } catch (IOException hungUp) {
        // The other side has heard enough.
      }
    }

    @Test
    void whose_name_is_not_known_is_tried_again() {
      assertThat(courier.send(get(URI.create("http://unknown.test/"))))
          .isEqualTo(again("name not found"));
    }
  }

  @Nested
  class A_redirect {
    @Test
    void is_followed_up_to_three_times() {
      for (int i = 1; i <= 4; i++) {
        receiver.answer(302, "Location", "/" + i);
      }
      assertThat(courier.send(get(receiver.at("/0")))).isEqualTo(again("redirected too often"));
      assertThat(receiver.targets()).containsExactly("/0", "/1", "/2", "/3");
    }

    @Test
    void to_success_is_success() {
      receiver.answer(302, "Location", "/redirected");
      assertThat(courier.send(get(receiver.at("/down/1")))).isEqualTo(new Outcome.Sent());
      assertThat(receiver.targets()).containsExactly("/down/1", "/redirected");
    }

    @ParameterizedTest
    @CsvSource({
      "POST, 301, GET, ''",
      "POST, 302, GET, ''",
      "PUT, 302, PUT, x",
      "PUT, 303, GET, ''",
      "POST, 307, POST, x",
      "POST, 308, POST, x"
    })
    void changes_the_method_as_browsers_do(String method, int status, String then, String body) {
      receiver.answer(status, "Location", "/then");
      var _ = courier.send(request(method, receiver.at("/"), Map.of(), "x"));
      assertThat(receiver.requests().getLast().method()).isEqualTo(then);
      assertThat(receiver.requests().getLast().body()).isEqualTo(body);
    }

    @Test
    void to_another_site_does_not_take_secrets_along() {
      var headers = Map.of("Authorization", "Bearer s3cret", "X-Key", "s3cret", "User-Agent", "us");
      receiver.answer(307, "Location", "http://receiver.test:" + receiver.port() + "/there");
      assertThat(courier.send(request("POST", receiver.at("/"), headers, "x")))
          .isEqualTo(new Outcome.Sent());
      assertThat(receiver.requests().getLast().headers())
          .containsEntry("User-Agent", "us")
          .doesNotContainKeys("Authorization", "X-Key");
      receiver.answer(307, "Location", "/here");
      var _ = courier.send(request("POST", receiver.at("/"), headers, "x"));
      assertThat(receiver.requests().getLast().headers()).containsEntry("X-Key", "s3cret");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "http://inside.test/", "http://169.254.169.254/latest/meta-data/", "http://127.0.0.2/",
          "http://[::1]/", "http://[::ffff:10.0.0.1]/", "//10.0.0.1/"
        })
    void to_a_private_address_is_refused(String location) {
      receiver.answer(302, "Location", location);
      assertThat(courier.send(get(receiver.at("/"))))
          .isEqualTo(new Outcome.Refused("private addresses are not allowed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://receiver.test/", "file:///etc/passwd", "mailto:a@b.example"})
    void to_anything_but_a_website_fails_for_now(String location) {
      receiver.answer(302, "Location", location);
      assertThat(courier.send(get(receiver.at("/"))))
          .isEqualTo(again("redirected to something that is no website"));
    }

    @ParameterizedTest
    @CsvSource({
      "/a/b?c, '', /a/b?c",
      "//b/c?d, ?e, //b/c?e",
      "/a/b?c, d, /a/d",
      "/a/b?c, ?d, /a/b?d",
      "/a/b?c, ../d, /d",
      "/a/b, /d/#e, /d/",
      "/a/, '', /a/"
    })
    void may_be_relative(String from, String location, String to) {
      receiver.answer(302, "Location", location);
      assertThat(courier.send(get(receiver.at(from)))).isEqualTo(new Outcome.Sent());
      assertThat(receiver.targets()).containsExactly(from, to);
    }

    @Test
    void may_be_relative_to_an_address_without_a_path() {
      receiver.answer(302, "Location", "d");
      assertThat(courier.send(get(receiver.at("")))).isEqualTo(new Outcome.Sent());
      assertThat(receiver.targets()).containsExactly("/", "/d");
    }

    @Test
    void to_nowhere_is_an_answer_like_any_other() {
      receiver.answer(302);
      assertThat(courier.send(get(receiver.at("/")))).isEqualTo(again("answered 302"));
      receiver.answer(302, "Location", "http://a b/");
      assertThat(courier.send(get(receiver.at("/")))).isEqualTo(again("answered 302"));
    }
  }

  @Nested
  class A_name {
    @Test
    void is_resolved_once_and_connected_to_where_it_was_found() {
      var uri = URI.create("http://receiver.test:" + receiver.port() + "/");
      assertThat(courier.send(get(uri))).isEqualTo(new Outcome.Sent());
      assertThat(resolved).containsExactly("receiver.test");
      assertThat(receiver.requests().getFirst().headers())
          .containsEntry("Host", "receiver.test:" + receiver.port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"inside.test", "split.test"})
    void with_a_private_address_is_refused(String host) {
      assertThat(courier.send(get(URI.create("http://" + host + ":" + receiver.port() + "/"))))
          .isEqualTo(new Outcome.Refused("private addresses are not allowed"));
      assertThat(receiver.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"})
    void of_this_machine_is_refused_in_the_cloud(String host) {
      var strict = courier(AddressPolicy.PUBLIC, WebCourier.Limits.USUAL);
      assertThat(strict.send(get(URI.create("http://" + host + ":" + receiver.port() + "/"))))
          .isEqualTo(new Outcome.Refused("private addresses are not allowed"));
      assertThat(receiver.requests()).isEmpty();
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    return awaited(latch, 10_000);
  }

  private static boolean awaited(CountDownLatch latch, long milliseconds) {
    try {
      return latch.await(milliseconds, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
