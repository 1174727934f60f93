package dev.rollcall.ping;

import dev.rollcall.core.check.Body;
import dev.rollcall.edge.http.HttpRequest;
import dev.rollcall.edge.queue.SqsQueue;
import dev.rollcall.store.InboxStore;
import dev.rollcall.store.WaitingPing;
import java.io.StringWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Where pings wait, raw, that could not be stored: in the log table, in the order of their
/// arrival, or on a queue when that does not answer either. [InboxHandler] takes them from both.
final class Inbox {
  private static final Logger LOG = System.getLogger(Inbox.class.getName());
  private static final JsonFactory JSON = new JsonFactory();

  /// The headers that a ping is logged with.
  private static final String AGENT = "user-agent";

  private static final String SCHEME = "x-forwarded-proto";

  /// How much of a body waits: more than the log can be set to keep, since keywords are looked for
  /// beyond that, and as much as surely fits into an item (400 KB), and into a message (256 KiB,
  /// base64 and a request's 10 KB of address and headers considered).
  static final int BODY_LIMIT = 150_000;

  private final InboxStore store;
  private final SqsQueue queue;

  Inbox(InboxStore store, SqsQueue queue) {
    this.store = store;
    this.queue = queue;
  }

  /// Keeps a ping.
  ///
  /// @throws RuntimeException when neither the table nor the queue takes it
  void keep(HttpRequest request, PingUrl.Target target, Instant arrivedAt) {
    var ping = waiting(request, arrivedAt);
    try {
      store.keep(shard(target), ping);
    } catch (RuntimeException failure) {
      LOG.log(Level.WARNING, "ping not in the table: {0}", failure.getClass().getSimpleName());
      queue.sendText(write(ping));
    }
  }

  /// The shard in which pings for this target wait. Frozen: a drain of any release goes through all
  /// shards, and the order of a target's pings is that within one.
  static int shard(PingUrl.Target target) {
    return Math.floorMod(target.name().hashCode(), InboxStore.SHARDS);
  }

  /// The request that a ping came as, as far as it matters.
  static HttpRequest request(WaitingPing ping) {
    return new HttpRequest(
        ping.id(),
        ping.method(),
        ping.path(),
        ping.query(),
        Map.of(AGENT, ping.agent(), SCHEME, ping.scheme()),
        ping.address(),
        ping.body());
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IllegalArgumentException when the text is something else
  static WaitingPing read(String message) {
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
    return new WaitingPing(
        fields.getOrDefault("id", ""),
        Instant.parse(at),
        fields.getOrDefault("method", "GET"),
        fields.getOrDefault("path", "/"),
        fields.getOrDefault("query", ""),
        fields.getOrDefault(AGENT, ""),
        fields.getOrDefault(SCHEME, ""),
        fields.getOrDefault("address", ""),
        Body.of(Base64.getDecoder().decode(fields.getOrDefault("body", ""))));
  }

  /// A ping as a message of the queue.
  static String write(WaitingPing ping) {
    var out = new StringWriter();
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("at", ping.arrivedAt().toString());
      json.writeStringProperty("id", ping.id());
      json.writeStringProperty("method", ping.method());
      json.writeStringProperty("path", ping.path());
      json.writeStringProperty("query", ping.query());
      json.writeStringProperty(AGENT, ping.agent());
      json.writeStringProperty(SCHEME, ping.scheme());
      json.writeStringProperty("address", ping.address());
      json.writeStringProperty("body", Base64.getEncoder().encodeToString(ping.body().bytes()));
      json.writeEndObject();
    }
    return out.toString();
  }

  private static WaitingPing waiting(HttpRequest request, Instant arrivedAt) {
    return new WaitingPing(
        request.id(),
        arrivedAt.truncatedTo(ChronoUnit.MICROS),
        request.method(),
        request.path(),
        request.query(),
        request.header(AGENT).orElse(""),
        request.header(SCHEME).orElse(""),
        request.address(),
        Body.cut(request.body().bytes(), BODY_LIMIT));
  }
}
