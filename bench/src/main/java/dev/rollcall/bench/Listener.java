package dev.rollcall.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Takes webhooks, and notes when the first of each name arrived and how many came at all.
final class Listener implements AutoCloseable {
  private static final String PATH = "/hook/";
  private static final byte[] OK = "OK".getBytes(StandardCharsets.US_ASCII);

  static {
    // Beyond this many the JDK's server closes connections that somebody may be about to use.
    System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
  }

  private final HttpServer server;
  private final Duration pause;
  private final Map<String, Instant> arrivals = new HashMap<>();
  private int repeated;

  private Listener(HttpServer server, Duration pause) {
    this.server = server;
    this.pause = pause;
  }

  /// @param pause how long it takes to answer
  static Listener start(Duration pause) throws IOException {
    var server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
    var listener = new Listener(server, pause);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(PATH, listener::take);
    server.start();
    return listener;
  }

  /// What a webhook is sent to that says the name of its check.
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + PATH + "$NAME";
  }

  /// Waits until so many names have arrived.
  ///
  /// @return when each did, by its name; fewer when the time was not enough
  synchronized Map<String, Instant> await(int count, Duration atMost) throws InterruptedException {
    var end = System.nanoTime() + TimeUnit.NANOSECONDS.convert(atMost);
    var left = end - System.nanoTime();
    while (arrivals.size() < count && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = end - System.nanoTime();
    }
    return Map.copyOf(arrivals);
  }

  /// How many webhooks came for a name that had arrived.
  synchronized int repeated() {
    return repeated;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    note(exchange.getRequestURI().getPath().substring(PATH.length()), Instant.now());
    exchange.getRequestBody().readAllBytes();
    try {
      Thread.sleep(pause);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    exchange.sendResponseHeaders(200, OK.length);
    try (var answer = exchange.getResponseBody()) {
      answer.write(OK);
    }
  }

  private synchronized void note(String name, Instant at) {
    if (arrivals.putIfAbsent(name, at) != null) {
      repeated++;
    }
    notifyAll();
  }
}
