package dev.rollcall.ping;

import dev.rollcall.edge.http.HttpResponse;
import java.util.Map;

/// The answers to pings, to the word those of the reference, since clients read them.
final class PingAnswers {
  private static final String TEXT = "text/html; charset=utf-8";
  private static final Map<String, String> NOT_CACHED =
      Map.of(
          "cache-control", "max-age=0, no-cache, no-store, must-revalidate, private",
          "expires", "Thu, 01 Jan 1970 00:00:00 GMT");
  private final Map<String, String> heard;

  PingAnswers(int bodyLimit) {
    heard =
        Map.of("ping-body-limit", Integer.toString(bodyLimit), "access-control-allow-origin", "*");
  }

  HttpResponse ok() {
    return HttpResponse.text(200, TEXT, "OK").with(NOT_CACHED).with(heard);
  }

  HttpResponse created() {
    return HttpResponse.text(201, TEXT, "Created").with(NOT_CACHED).with(heard);
  }

  static HttpResponse notFound() {
    return HttpResponse.text(404, TEXT, "not found");
  }

  static HttpResponse ambiguousSlug() {
    return HttpResponse.text(409, TEXT, "ambiguous slug");
  }

  static HttpResponse invalidUrl() {
    return HttpResponse.text(400, TEXT, "invalid url format");
  }

  static HttpResponse invalidRun() {
    return HttpResponse.text(400, TEXT, "invalid uuid format");
  }

  /// Nothing here can take the ping now; the client should come again.
  static HttpResponse unavailable() {
    return HttpResponse.text(503, TEXT, "temporarily unavailable, try again")
        .with(Map.of("retry-after", "5"));
  }
}
