package dev.rollcall.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.edge.AwsClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class MailBucketTest {
  /// For one try. Where an answer comes, longer than a busy machine takes for it.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration HASTE = Duration.ofMillis(500);

  /// Those of AWS's own examples.
  private static final StaticCredentialsProvider EXAMPLE =
      StaticCredentialsProvider.create(
          AwsBasicCredentials.create(
              "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));

  private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer server;
  private S3Client s3;
  private MailBucket bucket;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    ask(PATIENCE);
  }

  /// @param patience for how long one try waits
  private void ask(Duration patience) {
    var endpoint = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    s3 =
        AwsClients.configure(
                S3Client.builder().forcePathStyle(true), patience, patience.multipliedBy(20))
            .endpointOverride(URI.create(endpoint))
            .region(Region.EU_WEST_1)
            .credentialsProvider(EXAMPLE)
            .build();
    bucket = new MailBucket(s3, "mail");
  }

  private void hurry() {
    s3.close();
    ask(HASTE);
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    s3.close();
  }

  @Nested
  class A_message {
    @Test
    void is_read_from_its_beginning_up_to_a_limit() {
      assertThat(text(bucket.beginning("letter", 100))).isEqualTo("the letter");
      assertThat(text(bucket.beginning("letter", 3))).isEqualTo("the");
      assertThat(asked).containsExactly("/mail/letter bytes=0-99", "/mail/letter bytes=0-2");
    }

    @Test
    void is_read_as_a_stream() {
      statuses.add(200);

      assertThat(bucket.read("letter", message -> text(message.readAllBytes())))
          .contains("the letter");
      assertThat(asked).containsExactly("/mail/letter null");
    }

    @Test
    void may_be_empty() {
      statuses.add(416);

      assertThat(bucket.beginning("letter", 100)).isEmpty();
    }

    @Test
    void is_asked_for_again_when_S3_has_a_bad_moment() {
      statuses.addAll(List.of(503, 500));

      assertThat(text(bucket.beginning("letter", 100))).isEqualTo("the letter");
      assertThat(asked).hasSize(3);
    }

    @Test
    void is_read_anew_when_it_breaks_off() {
      hurry();
      statuses.addAll(List.of(1, 2, 200));

      assertThat(bucket.read("letter", message -> text(message.readAllBytes())))
          .contains("the letter");
      assertThat(asked).hasSize(3);
    }

    @Test
    void is_not_waited_for_when_enough_of_it_was_read() {
      statuses.add(1);

      assertThat(bucket.read("letter", message -> text(message.readNBytes(3)))).contains("the");
      assertThat(asked).hasSize(1);
    }

    @Test
    void is_given_up_after_three_tries() {
      statuses.addAll(List.of(503, 500, 503, 200));

      assertThatThrownBy(() -> bucket.beginning("letter", 100)).isInstanceOf(S3Exception.class);
      assertThat(asked).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void that_is_not_there_is_said_so_at_once(int status) {
      statuses.addAll(List.of(status, status));

      assertThatThrownBy(() -> bucket.beginning("letter", 100)).isInstanceOf(S3Exception.class);
      assertThat(bucket.read("letter", message -> text(message.readAllBytes()))).isEmpty();
      assertThat(asked).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void is_given_up_when_S3_or_its_bytes_do_not_come(int status) {
      hurry();
      statuses.addAll(List.of(status, status, status));

      assertThatThrownBy(() -> bucket.read("letter", message -> text(message.readAllBytes())))
          .isInstanceOf(SdkException.class);
      assertThat(asked).hasSize(3);
    }
  }

  /// Answers with the next status; 0 stands for no answer, 1 for one that stops within its body, 2
  /// for one whose connection is closed there.
  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Range"));
    var status = statuses.isEmpty() ? 206 : statuses.remove();
    try (exchange) {
      if (status == 0) {
        over.await();
      } else if (status == 2) {
        exchange.sendResponseHeaders(200, 100);
        exchange.getResponseBody().write("the".getBytes(StandardCharsets.UTF_8));
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
