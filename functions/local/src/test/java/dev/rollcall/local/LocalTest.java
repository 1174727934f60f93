package dev.rollcall.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.testing.conformance.Service.Hook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The local service as a process: what it says, how it ends, and what is there after it.
class LocalTest {
  private static final long MOST_MEMORY = 400L * 1024 * 1024;

  @TempDir private Path scratch;

  @Nested
  class When_it_runs {
    @Test
    void it_says_one_line_and_nothing_of_what_it_does() throws IOException {
      var begun = System.nanoTime();
      try (var child = Child.start(scratch, "--port", "0", "--memory")) {
        var remote = child.ready();
        System.out.println(
            "ready after " + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms");
        var check = createCheck(remote, Map.of("name", "backup", "timeout", 3600));
        assertThat(remote.ping(check)).isEqualTo(200);
        assertThat(remote.ping(check + "/fail")).isEqualTo(200);
        assertThat(remote.http().get("/nowhere").status()).isEqualTo(404);
        remote.control("POST", "/sweep", Map.of());
        if (Files.exists(Path.of("/proc/self/status"))) {
          assertThat(child.residentBytes()).isLessThan(MOST_MEMORY);
        }

        child.terminate();
        assertThat(child.await()).isEqualTo(143);
        assertThat(child.rest()).isEmpty();
        assertThat(child.errors()).isEmpty();
      }
    }
  }

  @Nested
  class When_it_is_asked_to_end {
    @Test
    void it_ends_within_two_seconds_even_if_a_webhook_hangs() throws IOException {
      var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      try (var silent = new ServerSocket(0, 1, loopback);
          var child =
              Child.start(scratch, "--port", "0", "--data", scratch.resolve("data").toString())) {
        var remote = child.ready();
        var check = createCheck(remote, Map.of("name", "backup"));
        createWebhook(remote, "http://127.0.0.1:" + silent.getLocalPort() + "/");
        remote.ping(check + "/fail");
        try (var _ = silent.accept()) {
          var begun = System.nanoTime();
          child.terminate();
          assertThat(child.await()).isEqualTo(143);
          assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
        }
        assertThat(child.errors()).isEmpty();
      }
    }
  }

  @Nested
  class While_a_request_is_under_way {
    private static final String GO_ON = "HTTP/1.1 100 Continue\r\n\r\n";

    @Test
    void it_ends_only_when_that_is_answered_and_takes_no_other() throws IOException {
      try (var child =
          Child.start(scratch, "--port", "0", "--data", scratch.resolve("data").toString())) {
        var remote = child.ready();
        var check = createCheck(remote, Map.of("name", "backup"));
        try (var socket = new Socket(InetAddress.getByName("localhost"), remote.http().port())) {
          send(socket, "POST /ping/" + check + " HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n");
          // Told to go on, it knows that its request is under way.
          send(socket, "Expect: 100-continue\r\n\r\n");
          var answer = socket.getInputStream();
          assertThat(answer.readNBytes(GO_ON.length())).asString(UTF_8).isEqualTo(GO_ON);
          send(socket, "do");
          child.terminate();
          Wait.until("it listens no more", () -> refuses(remote));
          socket.setSoTimeout(1500);
          assertThatThrownBy(answer::read).isInstanceOf(SocketTimeoutException.class);
          socket.setSoTimeout(0);
          send(socket, "ne");
          assertThat(new String(answer.readAllBytes(), UTF_8)).contains("HTTP/1.1 200", "OK");
        }
        assertThat(child.await()).isEqualTo(143);
        assertThat(child.errors()).isEmpty();
      }
    }

    @Test
    void it_ends_all_the_same_if_that_does_not_end() throws IOException {
      try (var child = Child.start(scratch, "--port", "0", "--memory")) {
        var remote = child.ready();
        try (var socket = new Socket(InetAddress.getByName("localhost"), remote.http().port())) {
          send(socket, "POST /ping/x HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n");
          send(socket, "Expect: 100-continue\r\n\r\n");
          assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
              .isEqualTo("HTTP/1.1 100");
          var begun = System.nanoTime();
          child.terminate();
          assertThat(child.await()).isEqualTo(143);
          assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
        }
      }
    }

    private static boolean refuses(Remote remote) {
      try (var _ = new Socket(InetAddress.getByName("localhost"), remote.http().port())) {
        return false;
      } catch (IOException refused) {
        return true;
      }
    }

    private static void send(Socket socket, String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(UTF_8));
    }
  }

  @Nested
  class After_a_restart {
    @Test
    void everything_is_as_it_was() {
      var data = scratch.resolve("data").toString();
      String check;
      JsonNode session;
      JsonNode outbox;
      try (var first = Child.start(scratch, "--port", "0", "--data", data)) {
        var remote = first.ready();
        session = remote.session();
        check = createCheck(remote, Map.of("name", "backup", "timeout", 3600, "channels", "*"));
        remote.ping(check);
        remote.control("POST", "/clock", Map.of("advance", 90_000));
        remote.control("POST", "/sweep", Map.of());
        outbox = remote.outbox();
        first.terminate();
        first.await();
      }
      assertThat(outbox.toString()).contains("backup");

      try (var second = Child.start(scratch, "--port", "0", "--data", data, "--no-timer")) {
        var remote = second.ready();
        assertThat((Object) remote.session()).isEqualTo(session);
        assertThat((Object) remote.outbox()).isEqualTo(outbox);
        assertThat(remote.now()).isAfter(Instant.now().plusSeconds(89_000));
        assertThat(show(remote, check).path("status").asString()).isEqualTo("down");
        var pings = remote.api("GET", "/api/v3/checks/" + check + "/pings/", Map.of());
        assertThat(pings.path("pings")).hasSize(1);
        assertThat(second.errors()).isEmpty();
      }
    }
  }

  @Nested
  class After_a_kill {
    @Test
    void every_ping_that_was_answered_is_there() throws InterruptedException {
      var data = scratch.resolve("data").toString();
      Queue<String> answered = new ConcurrentLinkedQueue<>();
      String check;
      try (var first = Child.start(scratch, "--port", "0", "--data", data)) {
        var remote = first.ready();
        check = createCheck(remote, Map.of("name", "backup", "timeout", 3600));
        var pinging =
            Stream.of("a", "b", "c")
                .map(name -> Thread.ofVirtual().start(() -> ping(remote, check, name, answered)))
                .toList();
        Wait.until("30 pings are answered", () -> answered.size() >= 30);
        first.kill();
        for (var each : pinging) {
          each.join();
        }
      }

      try (var second = Child.start(scratch, "--port", "0", "--data", data)) {
        var remote = second.ready();
        var count = show(remote, check).path("n_pings").asInt();
        assertThat(count).isBetween(answered.size(), answered.size() + 3);
        var logged = new ArrayList<String>();
        remote
            .api("GET", "/api/v3/checks/" + check + "/pings/", Map.of())
            .path("pings")
            .forEach(ping -> logged.add(ping.path("ua").asString()));
        assertThat(logged).containsAll(answered.stream().skip(Math.max(0, count - 90)).toList());
      }
    }

    @Test
    void an_alert_that_waited_for_a_retry_is_sent() throws IOException {
      var data = scratch.resolve("data").toString();
      try (var listener = new Listener()) {
        var room = listener.room("hooks");
        room.answer(List.of(500));
        try (var first = Child.start(scratch, "--port", "0", "--data", data)) {
          var remote = first.ready();
          var check = createCheck(remote, Map.of("name", "backup"));
          createWebhook(remote, room.url() + "/$NAME");
          remote.ping(check + "/fail");
          Wait.until("the webhook was refused", () -> room.hooks().size() == 1);
          first.kill();
        }
        try (var second = Child.start(scratch, "--port", "0", "--data", data)) {
          var remote = second.ready();
          remote.control("POST", "/sweep", Map.of());
          assertThat(room.hooks()).extracting(Hook::path).containsExactly("/backup", "/backup");
        }
      }
    }
  }

  private static void ping(Remote remote, String check, String name, Queue<String> answered) {
    try {
      for (int i = 0; ; i++) {
        var agent = name + i;
        var answer =
            remote.http().send("GET", "/ping/" + check, Map.of("User-Agent", agent), new byte[0]);
        if (answer.status() == 200) {
          answered.add(agent);
        }
      }
    } catch (UncheckedIOException | IllegalStateException killed) {
      // The process is gone, and with it whatever it did not answer.
    }
  }

  private static String createCheck(Remote remote, Map<String, Object> fields) {
    return remote.api("POST", "/api/v3/checks/", fields).path("uuid").asString();
  }

  private static JsonNode show(Remote remote, String check) {
    return remote.api("GET", "/api/v3/checks/" + check, Map.of());
  }

  private static void createWebhook(Remote remote, String url) {
    var project = remote.session().path("project").path("uuid").asString();
    remote.control(
        "POST",
        "/projects/" + project + "/channels",
        Map.of(
            "kind",
            "webhook",
            "assign",
            true,
            "value",
            Map.of("method_down", "GET", "url_down", url)));
  }
}
