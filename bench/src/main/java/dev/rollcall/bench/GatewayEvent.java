package dev.rollcall.bench;

import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/// A request as a function gets it: the event of an HTTP API, payload format 2.0, with the headers
/// that curl and the gateway send.
final class GatewayEvent {
  private static final JsonMapper JSON = new JsonMapper();

  private GatewayEvent() {}

  /// @param more headers, their names in lower case
  static byte[] of(
      String method, String path, String query, Map<String, String> more, byte[] body) {
    var headers =
        new HashMap<>(
            Map.of(
                "accept", "*/*",
                "content-length", Integer.toString(body.length),
                "host", "abcdefghij.execute-api.eu-central-1.amazonaws.com",
                "user-agent", "curl/8.14.1",
                "x-amzn-trace-id", "Root=1-67891234-abcdef012345678912345678",
                "x-forwarded-for", "203.0.113.7",
                "x-forwarded-port", "443",
                "x-forwarded-proto", "https"));
    headers.putAll(more);
    var event = new LinkedHashMap<String, Object>();
    event.put("version", "2.0");
    event.put("routeKey", "$default");
    event.put("rawPath", path);
    event.put("rawQueryString", query);
    event.put("headers", headers);
    event.put(
        "requestContext",
        Map.of(
            "accountId", "123456789012",
            "apiId", "abcdefghij",
            "requestId", UUID.randomUUID().toString(),
            "stage", "$default",
            "http",
                Map.of(
                    "method", method,
                    "path", path,
                    "protocol", "HTTP/1.1",
                    "sourceIp", "203.0.113.7",
                    "userAgent", "curl/8.14.1")));
    event.put("isBase64Encoded", body.length > 0);
    if (body.length > 0) {
      event.put("body", Base64.getEncoder().encodeToString(body));
    }
    return JSON.writeValueAsBytes(event);
  }
}
