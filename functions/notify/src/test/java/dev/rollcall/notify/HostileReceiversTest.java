package dev.rollcall.notify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.channel.Delivery.Post;
import dev.rollcall.core.check.Body;
import dev.rollcall.testing.SettableClock;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Receivers that would harm the service, and so the alerts of others.
@Timeout(60)
class HostileReceiversTest {
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
  private static final Outcome SENT = new Outcome.Sent();
  private static final Outcome TOO_LONG = again("answered with a head that is too long");
  private static final WebCourier.Limits QUICK =
      new WebCourier.Limits(Duration.ofMillis(500), Duration.ofMillis(700));

  private final RawReceiver hostile = new RawReceiver();
  private final Receiver good = new Receiver();
  private final WebCourier courier = courier(WebCourier.Limits.USUAL);
  private final WebCourier quick = courier(QUICK);

  private static WebCourier courier(WebCourier.Limits limits) {
    return courier(InetAddress::getAllByName, limits);
  }

  private static WebCourier courier(CheckedDns.Names names, WebCourier.Limits limits) {
    var clock = new SettableClock(Instant.parse("2026-06-01T12:00:00Z"));
    return new WebCourier(new CheckedDns(names, HERE::equals), limits, clock);
  }

  @AfterEach
  void close() {
    hostile.close();
    good.close();
  }

  private static Post get(URI uri) {
    return request("GET", uri, "");
  }

  private static Post request(String method, URI uri, String body) {
    var bytes = Body.of(body.getBytes(UTF_8));
    return new Post(method, uri, Map.of(), bytes, Post.TAKEN, Set.of());
  }

  private static Outcome again(String reason) {
    return new Outcome.TryAgain(reason, null);
  }

  @Nested
  class A_head_without_an_end {
    @ParameterizedTest
    @CsvSource({
      "'HTTP/1.1 200 OK\r\nX: ', x",
      "'HTTP/1.1 200 OK\r\n', 'X-A: y\r\n'",
      "'HTTP/1.1 200 OK\r\nX: y\r\n', ' folded\r\n'",
      "'HTTP/1.1 200 ', O",
      "'HTTP/1.1 103 Early Hints\r\n', 'Link: y\r\n'"
    })
    void is_cut_off_and_the_next_one_is_told(String head, String part) throws Exception {
      hostile.thenForever(head, part);
      assertThat(courier.send(get(hostile.uri()))).isEqualTo(TOO_LONG);
      assertThat(hostile.isHungUpOn()).isTrue();
      assertThat(courier.send(get(good.at("/")))).isEqualTo(SENT);
    }

    @Test
    void of_empty_lines_is_cut_off() throws Exception {
      hostile.thenForever("", "\r\n");
      assertThat(courier.send(get(hostile.uri()))).isInstanceOf(Outcome.TryAgain.class);
      assertThat(hostile.isHungUpOn()).isTrue();
    }

    @Test
    void of_early_answers_is_over_in_time() throws Exception {
      hostile.thenForever("", "HTTP/1.1 103 Early Hints\r\nLink: y\r\n\r\n");
      assertThat(quick.send(get(hostile.uri()))).isEqualTo(again("no answer in time"));
      assertThat(hostile.isHungUpOn()).isTrue();
    }

    @Test
    void is_none_when_it_has_what_others_send() {
      hostile.then(
          "HTTP/1.1 200 OK\r\nX: "
              + "x".repeat(8000)
              + "\r\nContent-Length: 0\r\n"
              + "Y: z\r\n".repeat(97)
              + "\r\n");
      assertThat(courier.send(get(hostile.uri()))).isEqualTo(SENT);
    }
  }

  @Nested
  class A_receiver_that_drips {
    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 ", "HTTP/1.1 200 OK\r\nX: "})
    void is_hung_up_on_in_time_before_its_status_has_arrived(String head) throws Exception {
      hostile.thenDrip(head);
      assertThat(quick.send(get(hostile.uri()))).isEqualTo(again("no answer in time"));
      assertThat(hostile.isHungUpOn()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "HTTP/1.1 200 OK\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: "
        })
    void is_taken_at_its_status_and_hung_up_on_in_time(String head) throws Exception {
      hostile.thenDrip(head);
      assertThat(quick.send(get(hostile.uri()))).isEqualTo(SENT);
      assertThat(hostile.isHungUpOn()).isTrue();
    }

    @Test
    void is_hung_up_on_in_time_while_it_greets() throws Exception {
      hostile.thenDrip("\u0016\u0003\u0003?\u0000");
      var uri = URI.create("https://127.0.0.1:" + hostile.port() + "/");
      assertThat(quick.send(get(uri))).isEqualTo(again("no answer in time"));
      assertThat(hostile.isHungUpOn()).isTrue();
    }

    @Test
    void counts_with_where_it_redirects_to() throws Exception {
      try (var second = new RawReceiver()) {
        hostile.then(
            "HTTP/1.1 302 Found\r\nLocation: " + second.uri() + "\r\nContent-Length: 0\r\n\r\n");
        second.thenDrip("HTTP/1.1 2");
        assertThat(quick.send(get(hostile.uri()))).isEqualTo(again("no answer in time"));
        assertThat(second.isHungUpOn()).isTrue();
      }
    }

    @Test
    void that_does_not_take_the_request_is_hung_up_on_in_time() throws Exception {
      hostile.then(_ -> Thread.sleep(2000));
      assertThat(quick.send(request("POST", hostile.uri(), "x".repeat(40_000_000))))
          .isEqualTo(again("no answer in time"));
    }
  }

  @Nested
  class A_body_without_an_end {
    @ParameterizedTest
    @CsvSource({
      "'HTTP/1.1 200 OK\r\n\r\n', x",
      "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;', x",
      "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\nx\r\n'",
      "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n', 'X: y\r\n'",
      "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: ', y"
    })
    void is_cut_off_and_its_status_counts(String head, String part) throws Exception {
      hostile.thenForever(head, part);
      assertThat(courier.send(get(hostile.uri()))).isEqualTo(SENT);
      assertThat(hostile.isHungUpOn()).isTrue();
    }
  }

  @Nested
  class An_answer_that_nobody_expects {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "HTTP/1.1 000 X\r\n\r\n",
          "HTTP/1.1 -1 X\r\n\r\n",
          "HTTP/1.1 99999999999 X\r\n\r\n",
          "HTTP/1.1 abc\r\n\r\n",
          "HTTP/1.1\r\n\r\n",
          "HTTP/99.99 200 OK\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: x\r\n\r\n",
          "HTTP/1.1 200 OK\r\n: x\r\n\r\n",
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
          "\u0000\u00ff\u0000",
          ""
        })
    void is_a_try_that_failed_for_a_reason(String answer) {
      hostile.then(out -> {
        out.write(answer.getBytes(ISO_8859_1));
        out.close();
      });
      assertThat(courier.send(get(hostile.uri())))
          .isInstanceOfSatisfying(
              Outcome.TryAgain.class,
              outcome ->
                  assertThat(outcome.reason()).isNotBlank().doesNotContain("127.0.0.1", "null"));
      assertThat(courier.send(get(good.at("/")))).isEqualTo(SENT);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "http://127.0.0.1:99999/x",
          "http://127.0.0.1:2147483647/x",
          "http:///x",
          "http:x",
          "file:///etc/passwd",
          "http://a:b@127.0.0.1/",
          "//",
          "mailto:a@b.example"
        })
    void to_go_where_no_website_is_fails_and_disables_nothing(String location) {
      good.answer(302, "Location", location);
      assertThat(courier.send(get(good.at("/")))).isInstanceOf(Outcome.TryAgain.class);
      assertThat(good.requests()).hasSize(1);
    }
  }

  @Nested
  class A_try_that_breaks_with_an_error {
    @Test
    void is_a_try_that_failed_and_the_next_one_is_told() {
      var tries = new AtomicInteger();
      var breaking =
          courier(
              host -> {
                if (tries.incrementAndGet() == 1) {
                  throw new OutOfMemoryError("of " + host);
                }
                return InetAddress.getAllByName(host);
              },
              WebCourier.Limits.USUAL);
      assertThat(breaking.send(get(good.at("/"))))
          .isEqualTo(again("failed unexpectedly: OutOfMemoryError"));
      assertThat(breaking.send(get(good.at("/")))).isEqualTo(SENT);
    }

    @Test
    void or_with_an_exception_says_no_more_than_its_kind() {
      var breaking =
          courier(
              _ -> {
                throw new IllegalStateException("s3cret");
              },
              WebCourier.Limits.USUAL);
      assertThat(breaking.send(get(good.at("/"))))
          .isEqualTo(again("failed unexpectedly: IllegalStateException"));
    }
  }

  @Nested
  class A_name {
    @Test
    void with_many_addresses_has_eight_of_them_tried() throws UnknownHostException {
      var many = new InetAddress[20];
      Arrays.fill(many, HERE);
      assertThat(new CheckedDns(_ -> many, HERE::equals).resolve("many.test")).hasSize(8);
      assertThat(new CheckedDns(_ -> new InetAddress[] {HERE}, HERE::equals).resolve("one.test"))
          .containsExactly(HERE);
    }

    @Test
    void whose_server_does_not_answer_is_given_up_in_time() {
      var slow =
          courier(
              _ -> {
                try {
                  Thread.sleep(30_000);
                } catch (InterruptedException stopped) {
                  Thread.currentThread().interrupt();
                }
                throw new UnknownHostException();
              },
              QUICK);
      assertThat(slow.send(get(good.at("/")))).isEqualTo(again("no answer in time"));
    }
  }
}
