package dev.rollcall.edge.queue;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ChannelId;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Messages as flat JSON. Unknown properties are ignored and every property that is added later has
/// a default, so that releases of different age can share a queue.
public final class Messages {
  private static final JsonFactory JSON = new JsonFactory();

  private Messages() {}

  public static String write(Message message) {
    return switch (message) {
      case Message.Told(var check, var flip) ->
          json(Map.of("check", check.toString(), "flip", Long.toString(flip)));
      case Message.Look(var check, var at, var horizon) ->
          json(
              Map.of(
                  "check", check.toString(), "at", at.toString(), "horizon", horizon.toString()));
      case Message.Drain(var shard) -> json(Map.of("drain", Integer.toString(shard)));
      case Message.Deliver(var check, var flip, var channel, var previous) ->
          json(
              Map.of(
                  "check", check.toString(),
                  "flip", Long.toString(flip),
                  "channel", channel.toString(),
                  "previous", Long.toString(previous)));
    };
  }

  /// @throws MalformedMessage when `text` is no such message
  public static Message.Told told(String text) {
    return read(text, fields -> new Message.Told(check(fields), number(fields, "flip")));
  }

  /// @throws MalformedMessage when `text` is no such message
  public static Message.Look look(String text) {
    return read(
        text,
        fields ->
            new Message.Look(
                check(fields),
                Instant.parse(value(fields, "at")),
                Instant.parse(value(fields, "horizon"))));
  }

  /// Empty when `text` is anything else.
  public static Optional<Message.Drain> drain(String text) {
    try {
      return Optional.ofNullable(fields(text).get("drain"))
          .map(shard -> new Message.Drain(Integer.parseInt(shard)));
    } catch (JacksonException | NumberFormatException malformed) {
      return Optional.empty();
    }
  }

  /// @throws MalformedMessage when `text` is no such message
  public static Message.Deliver deliver(String text) {
    return read(
        text,
        fields ->
            new Message.Deliver(
                check(fields),
                number(fields, "flip"),
                new ChannelId(UUID.fromString(value(fields, "channel"))),
                number(fields, "previous")));
  }

  private interface Reading<M> {
    M from(Map<String, String> fields);
  }

  private static <M> M read(String text, Reading<M> reading) {
    try {
      return reading.from(fields(text));
    } catch (JacksonException | IllegalArgumentException | DateTimeException malformed) {
      throw new MalformedMessage(malformed);
    }
  }

  private static CheckId check(Map<String, String> fields) {
    return new CheckId(UUID.fromString(value(fields, "check")));
  }

  private static long number(Map<String, String> fields, String name) {
    return Long.parseLong(value(fields, name));
  }

  private static String value(Map<String, String> fields, String name) {
    var value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return value;
  }

  private static String json(Map<String, String> fields) {
    var out = new StringWriter();
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      fields.forEach(json::writeStringProperty);
      json.writeEndObject();
    }
    return out.toString();
  }

  private static Map<String, String> fields(String text) {
    var fields = new HashMap<String, String>();
    try (var parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = parser.currentName();
        if (parser.nextToken().isScalarValue()) {
          fields.put(name, parser.getValueAsString(""));
        } else {
          parser.skipChildren();
        }
      }
    }
    return fields;
  }
}
