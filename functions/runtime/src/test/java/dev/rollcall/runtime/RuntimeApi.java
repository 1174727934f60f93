package dev.rollcall.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/// Lambda's side of a function: the [Runtime
/// API](https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html) that hands it events and
/// takes its answers, and the endpoint that gives credentials to functions with SnapStart.
final class RuntimeApi implements AutoCloseable {
  private static final String RUNTIME = "/2018-06-01/runtime/";
  private static final String CREDENTIALS = "/credentials";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final Map<String, Invocation> underWay = new ConcurrentHashMap<>();
  private final CompletableFuture<Start> start = new CompletableFuture<>();
  private final CompletableFuture<Void> checkpoint = new CompletableFuture<>();
  private final CountDownLatch restored = new CountDownLatch(1);

  private record Invocation(String id, String event, CompletableFuture<Answer> answer) {}

  /// What a function made of an event.
  sealed interface Answer {
    record Returned(String body) implements Answer {}

    record Failed(String error) implements Answer {}
  }

  /// How a function started.
  sealed interface Start {
    record Ready() implements Start {}

    record Failed(String error) implements Start {}
  }

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(RUNTIME, this::runtime);
    server.createContext(CREDENTIALS, RuntimeApi::credentials);
    server.start();
  }

  /// Its host and port.
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  String credentialsUrl() {
    return "http://" + address() + CREDENTIALS;
  }

  /// Completed when the function has had its say before its snapshot.
  CompletableFuture<Void> checkpoint() {
    return checkpoint;
  }

  /// Lets a function with SnapStart go on, as if from its snapshot, once it has got so far.
  void restore() {
    restored.countDown();
  }

  /// Completed when the function asks for its first event, or says that it cannot start.
  CompletableFuture<Start> start() {
    return start;
  }

  CompletableFuture<Answer> invoke(String event) {
    var invocation = new Invocation(UUID.randomUUID().toString(), event, new CompletableFuture<>());
    underWay.put(invocation.id(), invocation);
    waiting.add(invocation);
    return invocation.answer();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void runtime(HttpExchange exchange) throws IOException {
    try (exchange) {
      var steps = exchange.getRequestURI().getPath().substring(RUNTIME.length()).split("/", -1);
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      switch (steps[steps.length - 1]) {
        case "next" -> {
          if (steps[0].equals("restore")) {
            awaitRestore(exchange);
          } else {
            next(exchange);
          }
        }
        case "response" -> accept(exchange, steps[1], new Answer.Returned(body));
        case "error" -> fail(exchange, steps, body);
        default -> exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private void fail(HttpExchange exchange, String[] steps, String error) throws IOException {
    if (steps[0].equals("init") || steps[0].equals("restore")) {
      start.complete(new Start.Failed(error));
      exchange.sendResponseHeaders(202, -1);
    } else {
      accept(exchange, steps[1], new Answer.Failed(error));
    }
  }

  private void awaitRestore(HttpExchange exchange) throws IOException {
    checkpoint.complete(null);
    try {
      restored.await();
      exchange.sendResponseHeaders(200, -1);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits for an event. The client crashes on an answer without a content type.
  private void next(HttpExchange exchange) throws IOException {
    start.complete(new Start.Ready());
    try {
      var invocation = waiting.take();
      var headers = exchange.getResponseHeaders();
      headers.set("Content-Type", "application/json");
      headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id());
      headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 30_000));
      headers.set(
          "Lambda-Runtime-Invoked-Function-Arn",
          "arn:aws:lambda:eu-central-1:123456789012:function:rollcall");
      var event = invocation.event().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, event.length);
      exchange.getResponseBody().write(event);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept(HttpExchange exchange, String id, Answer answer) throws IOException {
    var invocation = underWay.remove(id);
    exchange.sendResponseHeaders(invocation == null ? 404 : 202, -1);
    if (invocation != null) {
      invocation.answer().complete(answer);
    }
  }

  private static void credentials(HttpExchange exchange) throws IOException {
    try (exchange) {
      var answer =
          """
          {"AccessKeyId": "none", "SecretAccessKey": "none", "Token": "none",
           "Expiration": "2100-01-01T00:00:00Z"}
          """
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }
}
