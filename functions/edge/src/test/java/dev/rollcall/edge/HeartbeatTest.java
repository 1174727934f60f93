package dev.rollcall.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.testing.LoggedText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeartbeatTest {
  private static final String SECRET = "5f0c9a3e-secret";

  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final AtomicInteger status = new AtomicInteger(200);
  private final CountDownLatch over = new CountDownLatch(1);
  private final LoggedText logged = new LoggedText(Heartbeat.class.getName());
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/ping/", this::answer);
    server.createContext("/silent/", _ -> await());
    server.createContext("/endless/", this::answerWithoutEnd);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    logged.close();
  }

  @Nested
  class A_watcher {
    @Test
    void is_asked_once_a_beat() {
      var heartbeat = heartbeat("/ping/" + SECRET + "?rid=1");
      heartbeat.beat();
      heartbeat.beat();
      assertThat(asked)
          .containsExactly("GET /ping/" + SECRET + "?rid=1", "GET /ping/" + SECRET + "?rid=1");
      assertThat(logged.text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 500})
    void that_does_not_know_us_is_logged_without_its_address(int answer) {
      status.set(answer);
      heartbeat("/ping/" + SECRET).beat();
      assertThat(asked).hasSize(1);
      assertThat(logged.text())
          .contains("heartbeat answered with " + answer)
          .doesNotContain(SECRET, "127.0.0.1");
    }

    @Test
    void that_never_answers_holds_nobody_up() {
      var before = System.nanoTime();
      heartbeat("/silent/" + SECRET).beat();
      var took = Duration.ofNanos(System.nanoTime() - before);
      assertThat(took).isBetween(Heartbeat.LONGEST, Heartbeat.LONGEST.plus(Duration.ofSeconds(2)));
      assertThat(logged.text()).contains("not answered in time").doesNotContain(SECRET);
    }

    @Test
    void whose_answer_never_ends_is_content_with_its_status() {
      heartbeat("/endless/" + SECRET).beat();
      assertThat(logged.text()).isEmpty();
    }

    @Test
    void that_is_away_is_logged_without_its_address() throws IOException {
      int port;
      try (var socket = new ServerSocket(0)) {
        port = socket.getLocalPort();
      }
      AwsClients.heartbeat(URI.create("http://127.0.0.1:" + port + "/" + SECRET)).beat();
      assertThat(logged.text()).contains("heartbeat not sent").doesNotContain(SECRET, "" + port);
    }

    @Test
    void is_nobody_where_there_is_none() {
      AwsClients.heartbeat(null).beat();
      assertThat(logged.text()).isEmpty();
    }
  }

  @Nested
  class The_setting {
    @Test
    void is_a_url_or_nothing() {
      assertThat(setting("https://watch.example/ping/1"))
          .hasToString("https://watch.example/ping/1");
      assertThat(setting("")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"watch.example", "ftp://watch.example/secret", "https:///secret", "a b"})
    void refuses_anything_else_and_does_not_repeat_it(String value) {
      assertThatThrownBy(() -> setting(value))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the setting ROLLCALL_HEARTBEAT_URL must be an http or https URL")
          .hasNoCause();
    }

    private static @Nullable URI setting(String value) {
      return new Settings(Map.of("ROLLCALL_HEARTBEAT_URL", value)::get).heartbeatUrl();
    }
  }

  private Heartbeat heartbeat(String path) {
    return AwsClients.heartbeat(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      exchange.sendResponseHeaders(status.get(), -1);
    }
  }

  private void answerWithoutEnd(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(1);
    exchange.getResponseBody().flush();
    await();
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
