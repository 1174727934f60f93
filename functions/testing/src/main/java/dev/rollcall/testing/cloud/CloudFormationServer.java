package dev.rollcall.testing.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// CloudFormation, as far as a custom resource meets it, on a loopback port: the URLs that answers
/// are put to, and what it says of the stack.
public final class CloudFormationServer implements AutoCloseable {
  public static final String STACK =
      "arn:aws:cloudformation:eu-central-1:123456789012:stack/rollcall/6a1d7c40";

  /// What a presigned URL carries, and nobody may see.
  public static final String SIGNATURE = "X-Amz-Signature=5f3a9c";

  private static final JsonFactory JSON = new JsonFactory();

  private final HttpServer server;
  private final AtomicInteger urls = new AtomicInteger();
  private final List<Put> puts = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile String status = "UPDATE_IN_PROGRESS";
  private volatile boolean silent;

  /// An answer as it came.
  public record Put(String path, Map<String, String> headers, String body) {

    public String status() {
      return texts(body).getOrDefault("Status", "");
    }

    public String reason() {
      return texts(body).getOrDefault("Reason", "");
    }

    public String state() {
      return texts(body).getOrDefault("State", "");
    }

    public String physicalId() {
      return texts(body).getOrDefault("PhysicalResourceId", "");
    }
  }

  public CloudFormationServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/answer/", this::takeAnswer);
    server.createContext("/", this::describe);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /// Where the stack is asked after.
  public URI endpoint() {
    return URI.create(root());
  }

  /// What it says that the stack is doing.
  public void is(String stackStatus) {
    status = stackStatus;
  }

  /// Says nothing of the stack any more.
  public void fallSilent() {
    silent = true;
  }

  /// The next `count` answers are not taken.
  public void refuse(int count) {
    refusals.set(count);
  }

  /// A presigned URL that nobody had before.
  public String newUrl() {
    return root() + "/answer/" + urls.incrementAndGet() + "?" + SIGNATURE;
  }

  /// What was put to a URL.
  public List<Put> at(String url) {
    var path = URI.create(url).getPath();
    return puts.stream().filter(put -> put.path().equals(path)).toList();
  }

  /// Waits until something was put to a URL.
  public void awaitAnswer(String url) {
    synchronized (puts) {
      try {
        while (at(url).isEmpty()) {
          puts.wait();
        }
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
  }

  /// A request as Lambda delivers it.
  public static InputStream event(
      String kind, String resource, String type, String id, String url, Map<String, String> now) {
    var out = new ByteArrayOutputStream();
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("RequestType", kind);
      json.writeStringProperty(
          "ServiceToken", "arn:aws:lambda:eu-central-1:123456789012:function:m");
      json.writeStringProperty("ResponseURL", url);
      json.writeStringProperty("StackId", STACK);
      json.writeStringProperty("RequestId", id);
      json.writeStringProperty("LogicalResourceId", resource);
      json.writeStringProperty("ResourceType", type);
      json.writeName("ResourceProperties");
      json.writeStartObject();
      now.forEach(json::writeStringProperty);
      json.writeEndObject();
      json.writeEndObject();
    }
    return new ByteArrayInputStream(out.toByteArray());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private String root() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void takeAnswer(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var refused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    if (!refused) {
      var headers = new HashMap<String, String>();
      exchange.getRequestHeaders().forEach((name, all) -> headers.put(name, all.getFirst()));
      puts.add(new Put(exchange.getRequestURI().getPath(), headers, body));
      synchronized (puts) {
        puts.notifyAll();
      }
    }
    exchange.sendResponseHeaders(refused ? 503 : 200, -1);
    exchange.close();
  }

  private void describe(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    var answer =
        """
        <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult>
        <Stacks><member><StackName>rollcall</StackName><StackId>%s</StackId>
        <CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>%s</StackStatus></member></Stacks>
        </DescribeStacksResult></DescribeStacksResponse>
        """
            .formatted(STACK, status)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/xml");
    exchange.sendResponseHeaders(silent ? 503 : 200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  /// All texts of an object, those of objects within included.
  private static Map<String, String> texts(String json) {
    var texts = new HashMap<String, String>();
    try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING) {
          texts.put(parser.currentName(), parser.getString());
        }
      }
    }
    return texts;
  }
}
