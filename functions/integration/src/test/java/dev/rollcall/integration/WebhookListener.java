package dev.rollcall.integration;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// What webhooks are sent to: keeps their targets, and answers 200 unless told otherwise.
final class WebhookListener implements AutoCloseable {
  private final HttpServer server;
  private final List<String> targets = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();

  WebhookListener() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /// The paths and queries that were called, in order.
  List<String> targets() {
    return List.copyOf(targets);
  }

  /// Forgets what was called.
  void clear() {
    targets.clear();
  }

  /// The next request is answered by this status.
  void answer(int status) {
    statuses.add(status);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      targets.add(exchange.getRequestURI().toString());
      var status = statuses.poll();
      exchange.sendResponseHeaders(status == null ? 200 : status, -1);
    }
  }
}
