package dev.rollcall.testing.fuzz;

import java.util.Map;

/// A request as it should be, to be damaged.
///
/// @param query without the question mark; empty for none
/// @param headers by name in lower case
/// @param body a text, mostly of JSON; empty for none
public record Sample(
    String method, String path, String query, Map<String, String> headers, String body) {

  public Sample {
    headers = Map.copyOf(headers);
  }

  public static Sample of(String method, String path) {
    return new Sample(method, path, "", Map.of(), "");
  }

  public Sample asking(String otherQuery) {
    return new Sample(method, path, otherQuery, headers, body);
  }

  public Sample with(Map<String, String> otherHeaders) {
    return new Sample(method, path, query, otherHeaders, body);
  }

  public Sample with(String otherBody) {
    return new Sample(method, path, query, headers, otherBody);
  }
}
