package dev.rollcall.edge.http;

import dev.rollcall.core.check.Body;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Reads events of an HTTP API (payload format 2.0) and writes their answers, by streaming: a ping
/// pays for no tree and no reflection.
public final class HttpEvents {
  private static final JsonFactory JSON = new JsonFactory();

  private HttpEvents() {}

  /// @throws tools.jackson.core.JacksonException when this is no such event
  public static HttpRequest read(InputStream event) {
    try (var parser = JSON.createParser(ObjectReadContext.empty(), event)) {
      parser.nextToken();
      return read(parser);
    }
  }

  /// Reads the event at which `parser` stands, and leaves it at the event's end.
  public static HttpRequest read(JsonParser parser) {
    var draft = new Draft();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "rawPath" -> draft.path = parser.getString();
        case "rawQueryString" -> draft.query = parser.getString();
        case "headers" -> readHeaders(parser, draft);
        case "requestContext" -> readContext(parser, draft);
        case "body" -> draft.body = parser.getValueAsString("");
        case "isBase64Encoded" -> draft.base64 = parser.getBooleanValue();
        default -> parser.skipChildren();
      }
    }
    return draft.request();
  }

  /// Writes an answer. A body that is not UTF-8 goes as base64.
  public static void write(HttpResponse response, OutputStream out) {
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeNumberProperty("statusCode", response.status());
      json.writeName("headers");
      json.writeStartObject();
      response.headers().forEach(json::writeStringProperty);
      json.writeEndObject();
      var bytes = response.body().bytes();
      var text = utf8(bytes);
      json.writeBooleanProperty("isBase64Encoded", text == null);
      json.writeStringProperty(
          "body", text == null ? Base64.getEncoder().encodeToString(bytes) : text);
      json.writeEndObject();
    }
  }

  public static byte[] write(HttpResponse response) {
    var out = new ByteArrayOutputStream(256 + response.body().size());
    write(response, out);
    return out.toByteArray();
  }

  private static void readHeaders(JsonParser parser, Draft draft) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName().toLowerCase(Locale.ROOT);
      parser.nextToken();
      draft.headers.put(name, parser.getValueAsString(""));
    }
  }

  private static void readContext(JsonParser parser, Draft draft) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "requestId" -> draft.id = parser.getString();
        case "http" -> readHttp(parser, draft);
        default -> parser.skipChildren();
      }
    }
  }

  private static void readHttp(JsonParser parser, Draft draft) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "method" -> draft.method = parser.getString();
        case "sourceIp" -> draft.address = parser.getString();
        default -> parser.skipChildren();
      }
    }
  }

  private static @Nullable String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException binary) {
      return null;
    }
  }

  private static final class Draft {
    private String id = "";
    private String method = "GET";
    private String path = "/";
    private String query = "";
    private String address = "";
    private String body = "";
    private boolean base64;
    private final Map<String, String> headers = new HashMap<>();

    private HttpRequest request() {
      var bytes = base64 ? Base64.getDecoder().decode(body) : body.getBytes(StandardCharsets.UTF_8);
      return new HttpRequest(id, method, path, query, headers, address, Body.of(bytes));
    }
  }
}
