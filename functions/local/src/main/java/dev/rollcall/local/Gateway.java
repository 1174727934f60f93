package dev.rollcall.local;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Plays API Gateway's HTTP API: a request becomes the event (payload format 2.0) that a function
/// would get, and its answer becomes a response.
final class Gateway {
  private static final JsonFactory JSON = new JsonFactory();
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Function<InputStream, byte[]> function;

  Gateway(Function<InputStream, byte[]> function) {
    this.function = function;
  }

  Answer call(Request request, byte[] body) {
    var answer = MAPPER.readTree(function.apply(event(request, body)));
    var headers = new TreeMap<String, String>();
    answer
        .path("headers")
        .properties()
        .forEach(entry -> headers.put(entry.getKey(), entry.getValue().asString()));
    return new Answer(answer.path("statusCode").asInt(200), headers, body(answer));
  }

  private static byte[] body(JsonNode answer) {
    var text = answer.path("body").asString("");
    return answer.path("isBase64Encoded").asBoolean(false)
        ? Base64.getDecoder().decode(text)
        : text.getBytes(StandardCharsets.UTF_8);
  }

  /// As the gateway does, names of headers are in lower case and values of repeated ones joined.
  private static InputStream event(Request request, byte[] body) {
    var uri = request.getHttpURI();
    var out = new Event(2048 + body.length / 3 * 4);
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("version", "2.0");
      json.writeStringProperty("routeKey", "$default");
      json.writeStringProperty("rawPath", uri.getPath() == null ? "/" : uri.getPath());
      json.writeStringProperty("rawQueryString", uri.getQuery() == null ? "" : uri.getQuery());
      json.writeName("headers");
      json.writeStartObject();
      headers(request).forEach(json::writeStringProperty);
      json.writeEndObject();
      json.writeName("requestContext");
      json.writeStartObject();
      json.writeStringProperty("requestId", UUID.randomUUID().toString());
      json.writeStringProperty("stage", "$default");
      json.writeName("http");
      json.writeStartObject();
      json.writeStringProperty("method", request.getMethod());
      json.writeStringProperty("path", uri.getPath() == null ? "/" : uri.getPath());
      json.writeStringProperty("protocol", "HTTP/1.1");
      json.writeStringProperty("sourceIp", address(request));
      json.writeEndObject();
      json.writeEndObject();
      if (body.length > 0) {
        json.writeBinaryProperty("body", body);
        json.writeBooleanProperty("isBase64Encoded", true);
      } else {
        json.writeBooleanProperty("isBase64Encoded", false);
      }
      json.writeEndObject();
    }
    return out.read();
  }

  /// An event, which can be read without being copied.
  private static final class Event extends ByteArrayOutputStream {
    private Event(int size) {
      super(size);
    }

    private InputStream read() {
      return new ByteArrayInputStream(buf, 0, count);
    }
  }

  private static Map<String, String> headers(Request request) {
    var headers = new TreeMap<String, String>();
    for (var field : request.getHeaders()) {
      var value = field.getValue() == null ? "" : field.getValue();
      headers.merge(field.getLowerCaseName(), value, (one, two) -> one + "," + two);
    }
    return headers;
  }

  /// The client's address: the first that a proxy names, else the peer. A port behind an IPv4
  /// address is dropped, and an IPv6 address takes its shortest form, as the reference does.
  private static String address(Request request) {
    var forwarded = request.getHeaders().get(HttpHeader.X_FORWARDED_FOR);
    var address =
        forwarded == null || forwarded.isBlank()
            ? Request.getRemoteAddr(request)
            : forwarded.split(",", 2)[0].strip();
    if (address.startsWith("[") && address.contains("]")) {
      address = address.substring(1, address.indexOf(']'));
    }
    var colon = address.indexOf(':');
    return colon > 0 && colon == address.lastIndexOf(':') && address.contains(".")
        ? address.substring(0, colon)
        : shortest(address);
  }

  /// An IPv6 address by RFC 5952, section 4; any other text as it is.
  private static String shortest(String address) {
    String groups;
    try {
      if (!(InetAddress.ofLiteral(address) instanceof Inet6Address six)) {
        return address;
      }
      groups = ":" + six.getHostAddress() + ":";
    } catch (IllegalArgumentException noAddress) {
      return address;
    }
    for (int zeros = 8; zeros > 1; zeros--) {
      var run = ":" + "0:".repeat(zeros);
      var at = groups.indexOf(run);
      if (at >= 0) {
        var left = groups.substring(Math.min(1, at), at);
        var right = groups.substring(at + run.length());
        return left + "::" + right.substring(0, Math.max(0, right.length() - 1));
      }
    }
    return groups.substring(1, groups.length() - 1);
  }
}
