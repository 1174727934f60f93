package dev.rollcall.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/// The dashboard's files, from the class path.
final class StaticSite {
  private static final String ROOT = "META-INF/rollcall-site/";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "ico", "image/x-icon",
          "png", "image/png",
          "txt", "text/plain; charset=utf-8",
          "webmanifest", "application/manifest+json");

  /// The file at this path, or empty when there is none.
  Optional<Answer> file(String path) {
    var name = path.equals("/") ? "index.html" : path.substring(1);
    var type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null || name.contains("..")) {
      return Optional.empty();
    }
    try (var file = StaticSite.class.getClassLoader().getResourceAsStream(ROOT + name)) {
      return file == null
          ? Optional.empty()
          : Optional.of(
              new Answer(
                  200,
                  Map.of("content-type", type, "cache-control", "no-cache"),
                  file.readAllBytes()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
