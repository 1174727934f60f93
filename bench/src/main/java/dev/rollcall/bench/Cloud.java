package dev.rollcall.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.store.Tables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a function meets on the wire, behind ports of the loopback interface: DynamoDB Local in
/// memory, and a queue service that takes every message and keeps none.
final class Cloud implements AutoCloseable {
  static final Tables TABLES = new Tables("state", "log");

  private static final JsonMapper JSON = new JsonMapper();

  private final DynamoDBProxyServer dynamo;
  private final HttpServer queues;
  private final int dynamoPort;

  private Cloud(DynamoDBProxyServer dynamo, int dynamoPort, HttpServer queues) {
    this.dynamo = dynamo;
    this.dynamoPort = dynamoPort;
    this.queues = queues;
  }

  static Cloud start() throws Exception {
    var port = freePort();
    var dynamo =
        ServerRunner.createServerFromCommandLineArgs(
            new String[] {"-inMemory", "-disableTelemetry", "-port", Integer.toString(port)});
    dynamo.start();
    var queues = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    queues.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    queues.createContext("/", Cloud::take);
    queues.start();
    return new Cloud(dynamo, port, queues);
  }

  /// The variables by which a function and the SDK in it find all this.
  Map<String, String> environment() {
    var queueService = "http://127.0.0.1:" + queues.getAddress().getPort();
    var variables = new HashMap<String, String>();
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:" + dynamoPort);
    variables.put("AWS_ENDPOINT_URL_SQS", queueService);
    variables.put("AWS_REGION", "eu-central-1");
    variables.put("AWS_ACCESS_KEY_ID", "local");
    variables.put("AWS_SECRET_ACCESS_KEY", "local");
    variables.put("ROLLCALL_STATE_TABLE", TABLES.state());
    variables.put("ROLLCALL_LOG_TABLE", TABLES.log());
    variables.put("ROLLCALL_SITE_ROOT", "https://rollcall.example.org");
    for (var queue : List.of("FLIPS", "DUE", "INBOX", "DELIVERIES")) {
      variables.put("ROLLCALL_" + queue + "_QUEUE", queueService + "/" + queue);
    }
    return variables;
  }

  /// In a probe's process: makes the tables.
  ///
  /// @return a client of the probe's own, patient where the functions' clients are not
  static DynamoDbClient makeTables() {
    var own = DynamoDbClient.builder().httpClient(AwsCrtHttpClient.create()).build();
    own.createTable(TABLES.stateTable());
    own.createTable(TABLES.logTable());
    return own;
  }

  @Override
  public void close() {
    queues.stop(0);
    try {
      dynamo.stop();
    } catch (Exception failed) {
      throw new IllegalStateException("DynamoDB Local did not stop", failed);
    }
  }

  private static void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = JSON.readTree(exchange.getRequestBody());
      var taken =
          request.has("Entries")
              ? Map.of("Successful", receipts(request.path("Entries")), "Failed", List.of())
              : receipt(request);
      var answer = JSON.writeValueAsBytes(taken);
      exchange.getResponseHeaders().set("content-type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private static List<Map<String, String>> receipts(JsonNode entries) {
    var receipts = new ArrayList<Map<String, String>>();
    for (var entry : entries) {
      var receipt = new HashMap<>(receipt(entry));
      receipt.put("Id", entry.path("Id").asString());
      receipts.add(receipt);
    }
    return receipts;
  }

  /// The SDK compares the digest with what it sent.
  private static Map<String, String> receipt(JsonNode message) {
    var body = message.path("MessageBody").asString().getBytes(StandardCharsets.UTF_8);
    try {
      var digest = MessageDigest.getInstance("MD5").digest(body);
      return Map.of(
          "MessageId", UUID.randomUUID().toString(),
          "MD5OfMessageBody", HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
