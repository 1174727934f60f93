package dev.rollcall.edge.http;

import dev.rollcall.core.check.Body;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The answer to an HTTP request.
public record HttpResponse(int status, Map<String, String> headers, Body body) {

  public HttpResponse {
    headers = Map.copyOf(headers);
  }

  /// An answer without a body.
  public static HttpResponse empty(int status) {
    return new HttpResponse(status, Map.of(), Body.EMPTY);
  }

  public static HttpResponse text(int status, String contentType, String body) {
    return new HttpResponse(
        status,
        Map.of("content-type", contentType),
        Body.of(body.getBytes(StandardCharsets.UTF_8)));
  }

  /// The same answer with these headers besides.
  public HttpResponse with(Map<String, String> more) {
    var all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new HttpResponse(status, all, body);
  }
}
