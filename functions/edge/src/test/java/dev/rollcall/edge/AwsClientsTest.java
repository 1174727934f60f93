package dev.rollcall.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@Timeout(60)
final class AwsClientsTest {
  private static final Duration LONG = Duration.ofSeconds(50);

  @Nested
  final class A_service_that_takes_connections_and_never_answers {

    @Test
    void is_given_up_when_each_of_three_tries_took_its_time() throws Exception {
      try (var silent = new Silent();
          var client = client(silent.port(), Duration.ofMillis(40), LONG)) {
        assertThatThrownBy(client::listTables).isInstanceOf(ApiCallAttemptTimeoutException.class);
        assertThat(silent.connections()).hasSizeLessThanOrEqualTo(3);
      }
    }

    @Test
    void is_given_up_when_the_call_took_its_time() throws Exception {
      try (var silent = new Silent();
          var client = client(silent.port(), LONG, Duration.ofMillis(150))) {
        assertThatThrownBy(client::listTables).isInstanceOf(ApiCallTimeoutException.class);
        assertThat(silent.connections()).hasSizeLessThanOrEqualTo(1);
      }
    }
  }

  @Test
  void all_clients_have_their_time_outs_from_one_thread() throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 9);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var answer = "{\"TableNames\":[]}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
    var before = Thread.getAllStackTraces().keySet();
    try (var one = client(server.getAddress().getPort(), LONG, LONG);
        var other = client(server.getAddress().getPort(), LONG, LONG)) {
      for (int call = 0; call < 20; call++) {
        assertThat(one.listTables().tableNames()).isEmpty();
        assertThat(other.listTables().tableNames()).isEmpty();
      }
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(
              thread -> thread.getName().equals("aws-time-outs") || !before.contains(thread))
          .extracting(Thread::getName)
          .noneMatch(name -> name.startsWith("sdk-ScheduledExecutor"))
          .containsOnlyOnce("aws-time-outs");
    } finally {
      server.stop(0);
    }
  }

  private static DynamoDbClient client(int port, Duration attempt, Duration call) {
    return AwsClients.configure(DynamoDbClient.builder(), attempt, call)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .region(Region.EU_CENTRAL_1)
        .build();
  }

  /// Takes connections, and keeps them open without a word.
  private static final class Silent implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> taken = new CopyOnWriteArrayList<>();

    Silent() throws IOException {
      Thread.ofVirtual().start(this::take);
    }

    int port() {
      return server.getLocalPort();
    }

    List<Socket> connections() {
      return taken;
    }

    private void take() {
      try {
        while (true) {
          taken.add(server.accept());
        }
      } catch (IOException closed) {
        // The test is over.
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
      for (var socket : taken) {
        socket.close();
      }
    }
  }
}
