package dev.rollcall.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.testing.conformance.Service.Hook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Receives webhooks on a free port. Whoever uses it has a room of their own, the first part of the
/// path, and hears nothing of the others'.
final class Listener implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Room> rooms = new ConcurrentHashMap<>();
  private final HttpServer server;

  Listener() throws IOException {
    var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    server.start();
  }

  Room room(String name) {
    return rooms.computeIfAbsent(
        name,
        _ -> new Room("http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), name)));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().toString();
      var end = path.indexOf('/', 1);
      var name = end < 0 ? path.substring(1) : path.substring(1, end);
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var room = rooms.get(name);
      var status = 200;
      if (room != null) {
        var hook =
            new Hook(
                exchange.getRequestMethod(),
                end < 0 ? "" : path.substring(end),
                headers(exchange),
                body);
        room.hooks.add(hook);
        var next = room.statuses.poll();
        status = next == null ? 200 : next;
        if (status == 200) {
          room.taken.add(hook);
        }
      }
      if (status == 301 || status == 302) {
        exchange.getResponseHeaders().set("Location", "/" + name + "/redirected");
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private static Map<String, String> headers(HttpExchange exchange) {
    var headers = new TreeMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) ->
            headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
    return headers;
  }

  /// What came below one path.
  static final class Room {
    private final String url;
    private final Queue<Hook> hooks = new ConcurrentLinkedQueue<>();
    private final Queue<Hook> taken = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

    private Room(String url) {
      this.url = url;
    }

    String url() {
      return url;
    }

    /// What was received, in order.
    List<Hook> hooks() {
      return List.copyOf(hooks);
    }

    /// What of it was answered by 200.
    List<Hook> taken() {
      return List.copyOf(taken);
    }

    /// What was received since the last time this was asked.
    List<Hook> drain() {
      var drained = new ArrayList<Hook>();
      for (var hook = hooks.poll(); hook != null; hook = hooks.poll()) {
        drained.add(hook);
      }
      return drained;
    }

    /// The statuses to answer with, in order; 200 after them.
    void answer(List<Integer> next) {
      statuses.clear();
      statuses.addAll(next);
    }
  }
}
