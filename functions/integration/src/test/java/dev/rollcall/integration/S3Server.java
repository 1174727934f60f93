package dev.rollcall.integration;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// S3 by its wire, buckets named in the path, as far as is used here: buckets and objects are put
/// and deleted, and objects are read from their beginning. A request that is not signed for S3 is
/// refused, as S3 does; whether the signature is right, nobody looks.
final class S3Server implements AutoCloseable {
  private static final Pattern SIGNED = Pattern.compile("AWS4-HMAC-SHA256 .*/s3/aws4_request,.*");
  private static final Pattern RANGE = Pattern.compile("bytes=0-([0-9]{1,9})");

  private final HttpServer server;
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();

  S3Server() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var path = exchange.getRequestURI().getPath();
      if (!isSigned(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange.sendResponseHeaders(403, -1);
        return;
      }
      switch (exchange.getRequestMethod()) {
        case "PUT" -> {
          objects.put(path, body);
          exchange.sendResponseHeaders(200, -1);
        }
        case "DELETE" -> {
          var there = objects.remove(path) != null;
          exchange.sendResponseHeaders(there ? 204 : 404, -1);
        }
        case "GET" -> read(exchange, objects.get(path));
        default -> exchange.sendResponseHeaders(405, -1);
      }
    }
  }

  private static void read(HttpExchange exchange, byte @Nullable [] object) throws IOException {
    if (object == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    var asked = exchange.getRequestHeaders().getFirst("Range");
    var range = RANGE.matcher(asked == null ? "" : asked);
    var length =
        range.matches()
            ? Math.min(object.length, Integer.parseInt(range.group(1)) + 1)
            : object.length;
    exchange.sendResponseHeaders(range.matches() ? 206 : 200, length);
    exchange.getResponseBody().write(Arrays.copyOf(object, length));
  }

  private static boolean isSigned(@Nullable String authorization) {
    return authorization != null && SIGNED.matcher(authorization).matches();
  }
}
