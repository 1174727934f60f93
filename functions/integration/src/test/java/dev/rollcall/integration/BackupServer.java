package dev.rollcall.integration;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/// The actions of DynamoDB about backups, by its wire; DynamoDB Local has none. A table can be set
/// back to any second, and what is asked for on top is made.
final class BackupServer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final List<Made> made = new CopyOnWriteArrayList<>();

  private final Set<String> unrecoverable = ConcurrentHashMap.newKeySet();

  /// A backup.
  record Made(String table, String name, String arn) {}

  BackupServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /// The backups that were made, in order.
  List<Made> made() {
    return List.copyOf(made);
  }

  /// A table was restored: its recovery is off until somebody puts it on.
  void restored(String table) {
    unrecoverable.add(table);
  }

  boolean recovers(String table) {
    return !unrecoverable.contains(table);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = JSON.readTree(exchange.getRequestBody().readAllBytes());
      var table = request.path("TableName").stringValue();
      var action = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      var answer =
          switch (action) {
            case "DynamoDB_20120810.DescribeContinuousBackups" -> described(table);
            case "DynamoDB_20120810.UpdateContinuousBackups" -> {
              unrecoverable.remove(table);
              yield described(table);
            }
            case "DynamoDB_20120810.CreateBackup" ->
                "{\"BackupDetails\": {\"BackupArn\": \"%s\"}}"
                    .formatted(make(table, request.path("BackupName").stringValue()).arn());
            default -> "{\"__type\": \"com.amazonaws.dynamodb.v20120810#UnknownOperation\"}";
          };
      var bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(answer.contains("__type") ? 400 : 200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String described(String table) {
    return """
    {"ContinuousBackupsDescription": {"ContinuousBackupsStatus": "ENABLED",
     "PointInTimeRecoveryDescription": {"PointInTimeRecoveryStatus": "%s"}}}
    """
        .formatted(recovers(table) ? "ENABLED" : "DISABLED");
  }

  private Made make(String table, String name) {
    var arn =
        "arn:aws:dynamodb:eu-central-1:000000000000:table/%s/backup/%d"
            .formatted(table, made.size() + 1);
    var backup = new Made(table, name, arn);
    made.add(backup);
    return backup;
  }
}
