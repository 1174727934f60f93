package dev.rollcall.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Three hundred receivers that take a connection and say nothing, and twenty that answer, all told
/// at the same moment.
class HangingReceiversTest {
  private static final int HANGING = 300;
  private static final int GOOD = 20;

  /// How long a receiver that answers may wait for those that do not. On a quiet machine it is 2 s;
  /// without fairness it is 40 s.
  private static final Duration MOST = Duration.ofSeconds(8);

  private final Queue<Socket> held = new ConcurrentLinkedQueue<>();
  private Service service;
  private Listener listener;
  private ServerSocket silent;

  @BeforeEach
  void start() throws IOException {
    service = Service.start(new Options(0, null, true));
    listener = new Listener();
    silent = new ServerSocket(0, 2 * HANGING, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    Thread.startVirtualThread(this::accept);
  }

  @AfterEach
  void stop() throws IOException {
    silent.close();
    for (var socket : held) {
      socket.close();
    }
    service.close();
    listener.close();
  }

  @Test
  void Who_answers_is_told_before_those_who_do_not_have_had_their_time() {
    var remote = Remote.at(service.url());
    var port = silent.getLocalPort();
    for (int n = 0; n < HANGING; n++) {
      hook(remote, "http://127.0.0.1:" + port + "/" + n);
    }
    var hangs = check(remote, "*");
    var room = listener.room("good");
    var good = new ArrayList<String>();
    for (int n = 0; n < GOOD; n++) {
      good.add(check(remote, hook(remote, room.url() + "/" + n)));
    }
    remote.ping(hangs + "/fail");
    Wait.until("many hang", () -> held.size() > 30);

    var begun = System.nanoTime();
    good.forEach(check -> remote.ping(check + "/fail"));
    Wait.until("all that answer were told", () -> room.taken().size() == GOOD);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(MOST);
  }

  private void accept() {
    try {
      while (true) {
        held.add(silent.accept());
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static String hook(Remote remote, String url) {
    return remote
        .api(
            "POST",
            "/api/rollcall/v1/channels",
            Map.of("kind", "webhook", "settings", Map.of("url_down", url)))
        .path("id")
        .asString();
  }

  private static String check(Remote remote, String channels) {
    return remote
        .api("POST", "/api/v3/checks/", Map.of("channels", channels))
        .path("uuid")
        .asString();
  }
}
