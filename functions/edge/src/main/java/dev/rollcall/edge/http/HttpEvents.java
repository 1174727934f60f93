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
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
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

  /// What `handler` answers to the request in an event. Something that is no such event reaches no
  /// handler: it is answered with 400.
  public static HttpResponse answer(
      InputStream event, Function<HttpRequest, HttpResponse> handler) {
    return read(event).map(handler).orElse(Pages.MALFORMED);
  }

  /// The request in an event, or empty where this is no such event.
  static Optional<HttpRequest> read(InputStream event) {
    try (var parser = JSON.createParser(ObjectReadContext.empty(), event)) {
      return parser.nextToken() == JsonToken.START_OBJECT
          ? Optional.of(read(parser))
          : Optional.empty();
    } catch (JacksonException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /// @throws IllegalArgumentException when the body is not the base64 that it says it is
  private static HttpRequest read(JsonParser parser) {
    var draft = new Draft();
    each(
        parser,
        name -> {
          switch (name) {
            case "rawPath" -> draft.path = text(parser, draft.path);
            case "rawQueryString" -> draft.query = text(parser, "");
            case "headers" -> readHeaders(parser, draft);
            case "requestContext" -> readContext(parser, draft);
            case "body" -> draft.body = text(parser, "");
            case "isBase64Encoded" -> draft.base64 = parser.currentToken() == JsonToken.VALUE_TRUE;
            default -> {}
          }
        });
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
    each(parser, name -> draft.headers.put(name.toLowerCase(Locale.ROOT), text(parser, "")));
  }

  private static void readContext(JsonParser parser, Draft draft) {
    each(
        parser,
        name -> {
          switch (name) {
            case "requestId" -> draft.id = text(parser, "");
            case "http" -> readHttp(parser, draft);
            default -> {}
          }
        });
  }

  private static void readHttp(JsonParser parser, Draft draft) {
    each(
        parser,
        name -> {
          switch (name) {
            case "method" -> draft.method = text(parser, draft.method);
            case "sourceIp" -> draft.address = text(parser, "");
            default -> {}
          }
        });
  }

  /// Hands each name of the object at which `parser` stands to `reader`, its value being the
  /// current token, and stops at the object's end. What is no object has no names.
  private static void each(JsonParser parser, Consumer<String> reader) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return;
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      reader.accept(name);
      parser.skipChildren();
    }
  }

  /// The text at which `parser` stands; another value stands for none.
  private static String text(JsonParser parser, String otherwise) {
    return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getString() : otherwise;
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
