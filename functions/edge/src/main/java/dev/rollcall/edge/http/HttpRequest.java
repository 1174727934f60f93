package dev.rollcall.edge.http;

import dev.rollcall.core.check.Body;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An HTTP request.
///
/// @param id names the request; a retry of the same delivery has the same
/// @param method in capitals, as it was sent
/// @param path as it was sent, still percent-encoded
/// @param query as it was sent, without the question mark; empty when there was none
/// @param headers by name in lower case; values of a repeated header are joined by commas
/// @param address the client's IP address
public record HttpRequest(
    String id,
    String method,
    String path,
    String query,
    Map<String, String> headers,
    String address,
    Body body) {

  public HttpRequest {
    headers = Map.copyOf(headers);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /// The values of each query parameter, decoded, in the order they were sent.
  public Map<String, List<String>> parameters() {
    var parameters = new LinkedHashMap<String, List<String>>();
    for (var pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      var equals = pair.indexOf('=');
      var name = equals < 0 ? pair : pair.substring(0, equals);
      var value = equals < 0 ? "" : pair.substring(equals + 1);
      parameters.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
    }
    return Collections.unmodifiableMap(parameters);
  }

  /// The last value of a query parameter.
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters().get(name)).map(List::getLast);
  }

  /// Percent-decoding that leaves alone what is not an escape.
  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }

  @Override
  public String toString() {
    return "HttpRequest[" + method + " " + id + "]";
  }
}
