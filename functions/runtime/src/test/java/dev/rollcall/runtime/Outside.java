package dev.rollcall.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// What the migrate function meets besides tables, on a loopback port: a bucket that is put into,
/// and the place where CloudFormation takes answers. Both only keep what they are given.
final class Outside implements AutoCloseable {

  /// Where the sample events say that they are to be answered; nobody listens there.
  private static final String SAMPLES = "http://127.0.0.1:9";

  private final HttpServer server;
  private final Map<String, String> puts = new ConcurrentHashMap<>();

  Outside() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// A sample event that is to be answered here.
  String addressed(String event) {
    return event.replace(SAMPLES, url());
  }

  /// What was put, by path.
  Map<String, String> puts() {
    return puts;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (exchange.getRequestMethod().equals("PUT")) {
      puts.put(path, body);
      answer(exchange, 200, "");
    } else if (exchange.getRequestURI().getRawQuery() != null) {
      answer(
          exchange, 200, "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
    } else {
      answer(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
    }
  }

  private static void answer(HttpExchange exchange, int status, String xml) throws IOException {
    var bytes = xml.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
