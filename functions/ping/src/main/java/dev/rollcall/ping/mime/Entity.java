package dev.rollcall.ping.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A message, or a part of one: headers and content. Its text holds one byte a character, since
/// what characters the bytes are is not known before the headers are read.
///
/// @param headers the first of each, by name in lower case, unfolded
record Entity(Map<String, String> headers, String content) {

  /// Nobody nests deeper but to make trouble.
  private static final int DEEPEST = 10;

  private static final int MOST_PARTS = 1_000;

  private static final int MOST_PARAMETERS = 50;

  /// Longer ones are cut: what is looked for is at their beginning.
  private static final int LONGEST_HEADER = 16_384;

  static Entity parse(String text) {
    var headers = new HashMap<String, String>();
    var at = 0;
    var name = "";
    while (at < text.length()) {
      var next = nextLine(text, at);
      var line = text.substring(at, lineEnd(text, at, next));
      if (line.isEmpty()) {
        return new Entity(headers, text.substring(next));
      }
      var colon = line.indexOf(':');
      if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
        // Where a header comes a second time, no name is set, and only the first counts.
        headers.computeIfPresent(
            name, (_, value) -> value.length() < LONGEST_HEADER ? value + line : value);
      } else if (colon > 0 && line.lastIndexOf(' ', colon - 1) < 0) {
        name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        var end = Math.min(line.length(), colon + 1 + LONGEST_HEADER);
        if (headers.putIfAbsent(name, line.substring(colon + 1, end)) != null) {
          name = "";
        }
      } else if (at > 0 || !line.startsWith("From ")) {
        // No header: the blank line before the content is missing.
        return new Entity(headers, text.substring(at));
      }
      at = next;
    }
    return new Entity(headers, "");
  }

  /// A header as it stands, or an empty text.
  String header(String name) {
    return headers.getOrDefault(name, "").strip();
  }

  /// The first part of a type that is no attachment: of this entity itself, or of those that it is
  /// made of.
  Optional<Entity> find(String type) {
    return find(type, DEEPEST, new int[] {MOST_PARTS});
  }

  /// The content as text.
  String text() {
    var bytes =
        switch (header("content-transfer-encoding").toLowerCase(Locale.ROOT)) {
          case "base64" -> Transfer.base64(content);
          case "quoted-printable" -> Transfer.quotedPrintable(content);
          default -> content.getBytes(StandardCharsets.ISO_8859_1);
        };
    return Characters.decode(bytes, parameter("charset"));
  }

  private Optional<Entity> find(String type, int deeper, int[] left) {
    if (left[0]-- <= 0
        || header("content-disposition").toLowerCase(Locale.ROOT).startsWith("attachment")) {
      return Optional.empty();
    }
    if (type().startsWith("multipart/") && deeper > 0) {
      var parts = parts();
      for (var part : parts) {
        var found = parse(part).find(type, deeper - 1, left);
        if (found.isPresent()) {
          return found;
        }
      }
      // Where no part is to be seen, what there is may still say something.
      return parts.isEmpty() && type.equals("text/plain") ? Optional.of(this) : Optional.empty();
    }
    return type().equals(type) ? Optional.of(this) : Optional.empty();
  }

  /// The media type, in lower case. A part that names none is plain text.
  private String type() {
    var value = header("content-type");
    var end = value.indexOf(';');
    var type = (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    return type.indexOf('/') > 0 ? type : "text/plain";
  }

  /// The contents between the boundaries. The last may be missing: then the rest is a part as well.
  private List<String> parts() {
    var parts = new ArrayList<String>();
    var boundary = parameter("boundary");
    if (boundary.isEmpty()) {
      return parts;
    }
    var line = "--" + boundary;
    var begin = -1;
    for (int at = content.indexOf(line); at >= 0; at = content.indexOf(line, at + line.length())) {
      if (!isLineOfItsOwn(at, at + line.length())) {
        continue;
      }
      if (begin >= 0 && begin <= at) {
        parts.add(content.substring(begin, at));
      }
      if (content.startsWith("--", at + line.length()) || parts.size() >= MOST_PARTS) {
        return parts;
      }
      begin = nextLine(content, at);
    }
    if (begin >= 0) {
      parts.add(content.substring(begin));
    }
    return parts;
  }

  private boolean isLineOfItsOwn(int begin, int end) {
    return (begin == 0 || content.charAt(begin - 1) == '\n')
        && (end == content.length()
            || Character.isWhitespace(content.charAt(end))
            || content.startsWith("--", end));
  }

  /// A parameter of the content type, without quotes; empty where there is none.
  private String parameter(String name) {
    var value = header("content-type");
    var at = value.indexOf(';');
    for (int left = MOST_PARAMETERS; at >= 0 && left > 0; left--) {
      var equals = value.indexOf('=', at);
      if (equals >= 0 && value.substring(at + 1, equals).strip().equalsIgnoreCase(name)) {
        return unquoted(value.substring(equals + 1).strip());
      }
      at = value.indexOf(';', at + 1);
    }
    return "";
  }

  private static String unquoted(String value) {
    if (value.startsWith("\"")) {
      var end = value.indexOf('"', 1);
      return end < 0 ? value.substring(1) : value.substring(1, end);
    }
    var end = value.indexOf(';');
    return (end < 0 ? value : value.substring(0, end)).strip();
  }

  /// Where the line after the one at `at` begins.
  private static int nextLine(String text, int at) {
    var end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end + 1;
  }

  private static int lineEnd(String text, int at, int next) {
    var end = next;
    while (end > at && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return end;
  }
}
