package dev.rollcall.local;

import dev.rollcall.migrate.site.MediaTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/// The dashboard's files, from the class path.
final class StaticSite {
  private static final String ROOT = "META-INF/rollcall-site/";

  /// The file at this path, or empty when there is none.
  Optional<Answer> file(String path) {
    var name = path.equals("/") ? "index.html" : path.substring(1);
    var type = MediaTypes.of(name);
    if (type.isEmpty() || name.contains("..")) {
      return Optional.empty();
    }
    try (var file = StaticSite.class.getClassLoader().getResourceAsStream(ROOT + name)) {
      return file == null
          ? Optional.empty()
          : Optional.of(
              new Answer(
                  200,
                  Map.of("content-type", type.get(), "cache-control", "no-cache"),
                  file.readAllBytes()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
