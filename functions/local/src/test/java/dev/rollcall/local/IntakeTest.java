package dev.rollcall.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bodies that come slowly, are large, or are many.
class IntakeTest {
  private static final String NOBODY = "/ping/00000000-0000-4000-8000-000000000000";

  @Nested
  class A_body_that_does_not_come {
    private static final Duration SOON = Duration.ofMillis(300);

    @Test
    void is_given_up_in_the_middle_of_its_silence() throws Exception {
      try (var echo = new Echo(SOON);
          var socket = echo.connect()) {
        send(socket, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n1");

        assertThat(received(socket))
            .startsWith("HTTP/1.1 408")
            .endsWith("{\"message\":\"the body took longer than 0 s\"}");
      }
    }

    @Test
    void is_given_up_though_a_byte_comes_now_and_then() throws Exception {
      try (var echo = new Echo(SOON);
          var socket = echo.connect()) {
        send(socket, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
        Wait.until("it is answered", () -> isAnswered(socket));

        assertThat(received(socket)).startsWith("HTTP/1.1 408");
      }
    }

    private boolean isAnswered(Socket socket) {
      try {
        send(socket, "1");
        return socket.getInputStream().available() > 0;
      } catch (IOException closed) {
        return true;
      }
    }

    @Test
    void of_eighty_keeps_nobody_from_being_heard(@TempDir Path scratch) throws Exception {
      var slow = new ArrayList<Socket>();
      try (var child = Child.start(scratch, "--port", "0", "--memory", "--no-timer")) {
        var remote = child.ready();
        for (int i = 0; i < 80; i++) {
          var socket = new Socket(InetAddress.getByName("localhost"), remote.http().port());
          slow.add(socket);
          send(socket, "POST " + NOBODY + " HTTP/1.1\r\nHost: localhost\r\n");
          send(socket, "Expect: 100-continue\r\nContent-Length: 1000\r\n\r\n");
        }
        for (var socket : slow) {
          // The service waits for the body of each.
          assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 100 Continue");
        }
        var begun = System.nanoTime();
        assertThat(remote.http().get("/api/v3/status/").status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
      } finally {
        for (var socket : slow) {
          socket.close();
        }
      }
    }
  }

  @Nested
  class A_body_that_comes {
    @ParameterizedTest
    @CsvSource({
      "0, 200",
      "1, 200",
      "16383, 200",
      "16384, 200",
      "16385, 200",
      "4500000, 200",
      "4500001, 413",
    })
    void arrives_whole_up_to_the_limit(int length, int status) throws Exception {
      var body = new byte[length];
      Arrays.fill(body, (byte) 'x');
      try (var echo = new Echo(Intake.LONGEST)) {
        var known = echo.http().send("POST", "/", Map.of(), body);
        assertThat(known.status()).isEqualTo(status);

        var head =
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
        var chunked = echo.http().exchange(head, chunked(body));
        assertThat(chunked.status()).isEqualTo(status);

        if (status == 200) {
          assertThat(known.body()).isEqualTo(body);
          assertThat(new String(chunked.body(), ISO_8859_1)).contains(new String(body, ISO_8859_1));
        }
      }
    }

    private static byte[] chunked(byte[] body) {
      var chunk =
          body.length == 0
              ? ""
              : Integer.toHexString(body.length) + "\r\n" + new String(body, ISO_8859_1) + "\r\n";
      return (chunk + "0\r\n\r\n").getBytes(ISO_8859_1);
    }
  }

  @Nested
  class Large_bodies {
    @Test
    void are_two_at_a_time_and_small_ones_wait_for_none() throws Exception {
      try (var echo = new Echo(Intake.LONGEST);
          var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        echo.held = true;
        var large = new ArrayList<Future<Integer>>();
        for (int i = 0; i < 5; i++) {
          large.add(threads.submit(() -> status(echo.http(), Intake.BODY_LIMIT)));
        }
        Wait.until("two are at work", () -> echo.atWork.get() == 2);
        echo.held = false;
        assertThat(status(echo.http(), 1000)).isEqualTo(200);
        echo.open.release(5);
        for (var each : large) {
          assertThat(each.get()).isEqualTo(200);
        }
        assertThat(echo.mostAtWork.get()).isEqualTo(2);
      }
    }

    @Test
    void of_which_none_comes_to_its_end_give_their_room_back() throws Exception {
      try (var echo = new Echo(Duration.ofMillis(300))) {
        for (int i = 0; i < 3; i++) {
          var stalled = new ArrayList<Socket>();
          for (int j = 0; j < 3; j++) {
            var socket = echo.connect();
            stalled.add(socket);
            send(socket, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4500000\r\n\r\n");
            socket.getOutputStream().write(new byte[100_000]);
          }
          for (var socket : stalled) {
            // Nothing, where the kernel throws the answer away because of what was not read.
            assertThat(firstLine(socket)).matches("(HTTP/1.1 (408|503) .*)?");
            socket.close();
          }
        }
      }
      try (var echo = new Echo(Intake.LONGEST)) {
        for (int i = 0; i < 3; i++) {
          try (var socket = echo.connect()) {
            send(socket, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4500000\r\n\r\n");
            socket.getOutputStream().write(new byte[100_000]);
          }
        }
        assertThat(status(echo.http(), Intake.BODY_LIMIT)).isEqualTo(200);
      }
    }

    @Test
    void of_many_pings_at_once_fit_into_the_memory_of_a_desk(@TempDir Path scratch)
        throws Exception {
      try (var child = Child.start(scratch, "--port", "0", "--memory", "--no-timer");
          var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var remote = child.ready();
        var check =
            remote.api("POST", "/api/v3/checks/", Map.of("name", "a")).path("uuid").asString();
        var body = new byte[2_600_000];
        Callable<Integer> ping =
            () -> remote.http().send("POST", "/ping/" + check, Map.of(), body).status();
        var pings = IntStream.range(0, 40).mapToObj(_ -> threads.submit(ping)).toList();

        assertThat(statuses(pings)).containsOnly(200);
        assertThat(child.errors()).isEmpty();
      }
    }
  }

  private static List<Integer> statuses(List<Future<Integer>> answers)
      throws InterruptedException, ExecutionException {
    var statuses = new ArrayList<Integer>();
    for (var answer : answers) {
      statuses.add(answer.get());
    }
    return statuses;
  }

  private static int status(RawHttp http, int length) {
    return http.send("POST", "/", Map.of(), new byte[length]).status();
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  private static String received(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), UTF_8);
  }

  private static String firstLine(Socket socket) throws IOException {
    var line = new StringBuilder();
    for (int c = socket.getInputStream().read(); c >= 0 && c != '\r'; ) {
      line.append((char) c);
      c = socket.getInputStream().read();
    }
    return line.toString();
  }

  /// A server that answers with the body.
  private static final class Echo implements AutoCloseable {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final AtomicInteger atWork = new AtomicInteger();
    private final AtomicInteger mostAtWork = new AtomicInteger();
    private final Semaphore open = new Semaphore(0);
    private volatile boolean held;

    private Echo(Duration longest) throws Exception {
      var intake = Intake.ofRequests(longest);
      connector.setHost("localhost");
      connector.setIdleTimeout(longest.toMillis());
      server.addConnector(connector);
      server.setHandler(
          new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback)
                throws IOException {
              var answer = intake.take(request, Echo.this::answer);
              response.setStatus(answer.status());
              response.write(true, ByteBuffer.wrap(answer.body()), callback);
              return true;
            }
          });
      server.start();
    }

    private Answer answer(byte[] body) {
      if (body.length == Intake.BODY_LIMIT) {
        mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
        if (held) {
          open.acquireUninterruptibly();
        }
        atWork.decrementAndGet();
      }
      return new Answer(200, Map.of(), body);
    }

    RawHttp http() {
      return new RawHttp(connector.getLocalPort());
    }

    Socket connect() throws IOException {
      return new Socket(InetAddress.getByName("localhost"), connector.getLocalPort());
    }

    @Override
    public void close() {
      try {
        server.stop();
      } catch (Exception failure) {
        throw new IllegalStateException(failure);
      }
    }
  }
}
