package dev.rollcall.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;

class BucketTest {
  private static final Duration PATIENCE = Duration.ofMillis(300);

  /// Those of AWS's own examples.
  private static final StaticCredentialsProvider EXAMPLE =
      StaticCredentialsProvider.create(
          AwsBasicCredentials.create(
              "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));

  private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final SdkHttpClient http = AwsCrtHttpClient.builder().build();
  private HttpServer server;
  private Bucket bucket;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    var endpoint = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    bucket =
        new Bucket(
            http,
            EXAMPLE,
            Bucket.Place.of("mail", "eu-west-1", endpoint),
            new Bucket.Limits(PATIENCE, Duration.ofMillis(1)));
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    http.close();
  }

  @Nested
  class A_request {
    @Test
    void is_signed_as_in_the_example_that_AWS_gives_of_a_GET_with_a_range() {
      var place = new Bucket.Place("us-east-1", "https://examplebucket.s3.amazonaws.com");
      var example = new Bucket(http, EXAMPLE, place, new Bucket.Limits(PATIENCE, PATIENCE));
      var then = Clock.fixed(Instant.parse("2013-05-24T00:00:00Z"), ZoneOffset.UTC);

      assertThat(example.signed("test.txt", 10, then).firstMatchingHeader("Authorization"))
          .hasValueSatisfying(header ->
              assertThat(header)
                  .contains("20130524/us-east-1/s3/aws4_request")
                  .endsWith(
                      "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "../x", "a/b", "a b", "ä", "a?x"})
    void is_made_for_no_key_that_could_mean_something_else(String key) {
      assertThatIllegalArgumentException().isThrownBy(() -> bucket.read(key, 10));
      assertThat(asked).isEmpty();
    }

    @Test
    void goes_to_the_bucket_in_its_region() {
      assertThat(Bucket.Place.of("mail", "eu-west-1", null).root())
          .isEqualTo("https://mail.s3.eu-west-1.amazonaws.com");
    }
  }

  @Nested
  class An_object {
    @Test
    void is_read_up_to_the_limit() {
      assertThat(text(bucket.read("letter", 100))).isEqualTo("the letter");
      assertThat(text(bucket.read("letter", 3))).isEqualTo("the");
      assertThat(asked).containsExactly("/mail/letter bytes=0-99", "/mail/letter bytes=0-2");
    }

    @Test
    void may_be_empty() {
      statuses.add(416);

      assertThat(bucket.read("letter", 100)).isEmpty();
    }

    @Test
    void is_asked_for_again_when_S3_has_a_bad_moment() {
      statuses.addAll(List.of(503, 500));

      assertThat(text(bucket.read("letter", 100))).isEqualTo("the letter");
      assertThat(asked).hasSize(3);
    }

    @Test
    void is_given_up_after_three_tries() {
      statuses.addAll(List.of(503, 500, 429, 200));

      assertThatThrownBy(() -> bucket.read("letter", 100))
          .isInstanceOf(UncheckedIOException.class)
          .hasRootCauseMessage("S3 answers 429");
      assertThat(asked).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void is_given_up_at_once_when_there_is_none_for_the_caller(int status) {
      statuses.add(status);

      assertThatThrownBy(() -> bucket.read("letter", 100))
          .isInstanceOf(UncheckedIOException.class)
          .hasRootCauseMessage("S3 answers " + status);
      assertThat(asked).hasSize(1);
    }

    @Test
    void is_given_up_when_S3_does_not_answer() {
      statuses.addAll(List.of(0, 0, 0));

      assertThatThrownBy(() -> bucket.read("letter", 100)).isInstanceOf(UncheckedIOException.class);
      assertThat(asked).hasSize(3);
    }

    @Test
    void is_given_up_when_its_bytes_do_not_come() {
      statuses.addAll(List.of(1, 1, 1));

      assertThatThrownBy(() -> bucket.read("letter", 100)).isInstanceOf(UncheckedIOException.class);
      assertThat(asked).hasSize(3);
    }
  }

  /// Answers with the next status; 0 stands for no answer, 1 for one that stops within its body.
  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Range"));
    var status = statuses.isEmpty() ? 206 : statuses.remove();
    try (exchange) {
      if (status == 0) {
        over.await();
      } else if (status == 1) {
        exchange.sendResponseHeaders(206, 100);
        exchange.getResponseBody().write("the".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        over.await();
      } else if (status >= 300) {
        exchange.sendResponseHeaders(status, -1);
      } else {
        var body = "the letter".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
