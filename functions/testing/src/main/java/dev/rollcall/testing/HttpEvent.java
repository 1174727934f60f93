package dev.rollcall.testing;

import dev.rollcall.core.check.Body;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/// A request as API Gateway's HTTP API hands it to a function (payload format 2.0).
///
/// @param id its `requestId`
public record HttpEvent(
    String id,
    String method,
    String path,
    String query,
    String agent,
    String address,
    String scheme,
    Body body) {
  private static final AtomicLong REQUESTS = new AtomicLong();

  /// A `GET` with a request id of its own.
  public static HttpEvent get(String path) {
    return new HttpEvent(
        "request-" + REQUESTS.incrementAndGet(),
        "GET",
        path,
        "",
        "curl/8.5.0",
        "203.0.113.7",
        "https",
        Body.EMPTY);
  }

  /// A `POST` with a request id of its own.
  public static HttpEvent post(String path, byte[] body) {
    return get(path).with(Body.of(body)).by("POST");
  }

  public HttpEvent by(String otherMethod) {
    return new HttpEvent(id, otherMethod, path, query, agent, address, scheme, body);
  }

  public HttpEvent asking(String otherQuery) {
    return new HttpEvent(id, method, path, otherQuery, agent, address, scheme, body);
  }

  public HttpEvent from(String otherAgent, String otherAddress) {
    return new HttpEvent(id, method, path, query, otherAgent, otherAddress, scheme, body);
  }

  /// @param otherScheme by which the client reached the proxy in front
  public HttpEvent over(String otherScheme) {
    return new HttpEvent(id, method, path, query, agent, address, otherScheme, body);
  }

  public HttpEvent with(Body otherBody) {
    return new HttpEvent(id, method, path, query, agent, address, scheme, otherBody);
  }

  public InputStream json() {
    var json =
        """
        {
          "version": "2.0",
          "routeKey": "$default",
          "rawPath": %s,
          "rawQueryString": %s,
          "headers": {
            "host": "rollcall.example.org",
            "user-agent": %s,
            "x-forwarded-for": %s,
            "x-forwarded-port": "443",
            "x-forwarded-proto": %s
          },
          "requestContext": {
            "http": {"method": %s, "path": %s, "protocol": "HTTP/1.1", "sourceIp": %s, "userAgent": %s},
            "requestId": %s,
            "stage": "$default"
          },
          "body": "%s",
          "isBase64Encoded": true
        }
        """
            .formatted(
                text(path),
                text(query),
                text(agent),
                text(address),
                text(scheme),
                text(method),
                text(path),
                text(address),
                text(agent),
                text(id),
                Base64.getEncoder().encodeToString(body.bytes()));
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
