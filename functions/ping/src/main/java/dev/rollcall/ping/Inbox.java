package dev.rollcall.ping;

import dev.rollcall.core.check.Body;
import dev.rollcall.edge.http.HttpRequest;
import dev.rollcall.edge.queue.SqsQueue;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Where pings wait that could not be stored: raw, on a queue, until [InboxFunction] takes them.
final class Inbox {
  private static final JsonFactory JSON = new JsonFactory();

  /// The headers that a ping is logged with.
  private static final String AGENT = "user-agent";

  private static final String SCHEME = "x-forwarded-proto";

  /// How much of a body waits: more than the log can be set to keep, since keywords are looked for
  /// beyond that, and as much as surely fits into a message (256 KiB, base64 and a request's 10 KB
  /// of address and headers considered).
  private static final int BODY_LIMIT = 150_000;

  private final SqsQueue queue;

  Inbox(SqsQueue queue) {
    this.queue = queue;
  }

  /// A ping that waited.
  record Waiting(HttpRequest request, Instant arrivedAt) {}

  void keep(HttpRequest request, Instant arrivedAt) {
    queue.sendText(write(request, arrivedAt));
  }

  /// Reads what [#keep] wrote.
  ///
  /// @throws IllegalArgumentException when the text is something else
  static Waiting read(String message) {
    var fields = new HashMap<String, String>();
    try (var parser = JSON.createParser(ObjectReadContext.empty(), message)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = parser.currentName();
        parser.nextToken();
        fields.put(name, parser.getValueAsString(""));
      }
    }
    var at = fields.get("at");
    if (at == null) {
      throw new IllegalArgumentException("no ping: it does not say when it arrived");
    }
    var request =
        new HttpRequest(
            fields.getOrDefault("id", ""),
            fields.getOrDefault("method", "GET"),
            fields.getOrDefault("path", "/"),
            fields.getOrDefault("query", ""),
            Map.of(AGENT, fields.getOrDefault(AGENT, ""), SCHEME, fields.getOrDefault(SCHEME, "")),
            fields.getOrDefault("address", ""),
            Body.of(Base64.getDecoder().decode(fields.getOrDefault("body", ""))));
    return new Waiting(request, Instant.parse(at));
  }

  private static String write(HttpRequest request, Instant arrivedAt) {
    var body = Body.cut(request.body().bytes(), BODY_LIMIT).bytes();
    var out = new StringWriter();
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("at", arrivedAt.toString());
      json.writeStringProperty("id", request.id());
      json.writeStringProperty("method", request.method());
      json.writeStringProperty("path", request.path());
      json.writeStringProperty("query", request.query());
      json.writeStringProperty(AGENT, request.header(AGENT).orElse(""));
      json.writeStringProperty(SCHEME, request.header(SCHEME).orElse(""));
      json.writeStringProperty("address", request.address());
      json.writeStringProperty("body", Base64.getEncoder().encodeToString(body));
      json.writeEndObject();
    }
    return out.toString();
  }
}
