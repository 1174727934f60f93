package dev.rollcall.migrate.site;

import java.util.Map;
import java.util.Optional;

/// The media types of the dashboard's files.
public final class MediaTypes {
  private static final Map<String, String> BY_ENDING =
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

  private MediaTypes() {}

  /// That of a file, by the ending of its name; empty for any other ending, and for none.
  public static Optional<String> of(String name) {
    return Optional.ofNullable(BY_ENDING.get(name.substring(name.lastIndexOf('.') + 1)));
  }
}
