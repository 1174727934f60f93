package dev.rollcall.testing.openapi;

import dev.rollcall.core.check.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/// A request and the answer to it.
///
/// @param target path and query
/// @param sent the body of the request
/// @param headers of the answer
/// @param got the body of the answer
public record Exchange(
    String method, String target, Body sent, int status, Map<String, String> headers, Body got) {

  public Exchange {
    headers =
        headers.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
  }

  /// The path, decoded; what is no escape stays as it is.
  String path() {
    var path = target.split("\\?", 2)[0];
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return path;
    }
  }

  /// The names of the query's parameters.
  Set<String> parameters() {
    var parts = target.split("\\?", 2);
    return parts.length == 1
        ? Set.of()
        : Arrays.stream(parts[1].split("&"))
            .map(parameter -> parameter.split("=", 2)[0])
            .collect(Collectors.toSet());
  }

  boolean isTaken() {
    return status < 300;
  }

  /// The body of the answer as it was before it was compressed.
  String text() {
    if (!"gzip".equals(headers.get("content-encoding"))) {
      return got.text();
    }
    try (var plain = new GZIPInputStream(new ByteArrayInputStream(got.bytes()))) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  @Override
  public String toString() {
    return "%s %s, answered by %d".formatted(method, target, status);
  }
}
