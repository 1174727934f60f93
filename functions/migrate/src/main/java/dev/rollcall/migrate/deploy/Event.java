package dev.rollcall.migrate.deploy;

import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// What the migrate function is called for.
public sealed interface Event {

  /// CloudFormation asks for something and waits for an answer.
  record Asked(Request request) implements Event {}

  /// A minute has passed: what is under way goes on.
  record Tick() implements Event {}

  /// Reads an event.
  ///
  /// @throws IllegalArgumentException when it is neither of the two. The message repeats nothing of
  ///   the event
  static Event read(InputStream event) {
    var texts = new HashMap<String, String>();
    var properties = new HashMap<String, String>();
    try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), event)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          var name = parser.currentName();
          if (parser.nextToken() == JsonToken.START_OBJECT && name.equals("ResourceProperties")) {
            readTexts(parser, properties);
          } else {
            readText(parser, name, texts);
          }
        }
      }
    } catch (JacksonException noJson) {
      throw new IllegalArgumentException("an event that is no JSON");
    }
    if ("tick".equals(texts.get("action"))) {
      return new Tick();
    }
    return new Asked(request(texts, properties));
  }

  private static Request request(Map<String, String> texts, Map<String, String> properties) {
    return new Request(
        kind(required(texts, "RequestType")),
        required(texts, "ResponseURL"),
        required(texts, "StackId"),
        required(texts, "RequestId"),
        required(texts, "LogicalResourceId"),
        required(texts, "ResourceType"),
        properties);
  }

  private static Request.Kind kind(String name) {
    for (var kind : Request.Kind.values()) {
      if (kind.name().equals(name.toUpperCase(Locale.ROOT))) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "an event whose RequestType is not Create, Update or Delete");
  }

  private static String required(Map<String, String> texts, String name) {
    var text = texts.get(name);
    if (text == null) {
      throw new IllegalArgumentException("an event that is no tick and has no " + name);
    }
    return text;
  }

  private static void readTexts(JsonParser parser, Map<String, String> texts) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      readText(parser, name, texts);
    }
  }

  private static void readText(JsonParser parser, String name, Map<String, String> texts) {
    if (parser.currentToken().isScalarValue()) {
      texts.put(name, parser.getValueAsString(""));
    } else {
      parser.skipChildren();
    }
  }
}
