package dev.rollcall.core.channel;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A text with placeholders such as `$NAME`.
///
/// Each placeholder is replaced once, and what it is replaced by is not looked at again. Where one
/// placeholder begins like another, the longer one counts. What is no placeholder stays.
final class Template {

  /// All but slashes and the unreserved characters of RFC 3986, section 2.3.
  private static final Pattern RESERVED = Pattern.compile("[^\\w.~/-]+");

  private final Map<String, String> values;
  private final List<String> placeholders;

  /// @param values by placeholder, dollar sign included
  Template(Map<String, String> values) {
    this.values = Map.copyOf(values);
    placeholders =
        values.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  String fill(String text) {
    var out = new StringBuilder();
    var from = 0;
    for (var at = text.indexOf('$'); at >= 0; at = text.indexOf('$', from)) {
      out.append(text, from, at);
      var placeholder = placeholderAt(text, at);
      out.append(values.getOrDefault(placeholder, placeholder));
      from = at + placeholder.length();
    }
    return out.append(text, from, text.length()).toString();
  }

  /// The placeholder that begins here, or the bare dollar sign.
  private String placeholderAt(String text, int at) {
    return placeholders.stream()
        .filter(placeholder -> text.startsWith(placeholder, at))
        .findFirst()
        .orElse("$");
  }

  /// Percent-encodes a value for a URL, slashes excepted.
  static String quote(String value) {
    return RESERVED.matcher(value).replaceAll(reserved -> WebAddress.escape(reserved.group()));
  }

  /// A value as a header can carry it: characters beyond ISO 8859-1 become XML character
  /// references, control characters blanks.
  static String header(String value) {
    var out = new StringBuilder();
    value
        .codePoints()
        .forEach(character -> {
          if (character > 0xff) {
            out.append("&#").append(character).append(';');
          } else {
            out.append(Character.isISOControl(character) ? ' ' : (char) character);
          }
        });
    return out.toString();
  }
}
