package dev.rollcall.core.channel;

import java.util.Comparator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A text with placeholders such as `$NAME`.
///
/// Each placeholder is replaced once, and what it is replaced by is not looked at again. Where one
/// placeholder begins like another, the longer one counts. What is no placeholder stays.
final class Template {

  /// All but slashes and the unreserved characters of RFC 3986, section 2.3.
  private static final Pattern RESERVED = Pattern.compile("[^\\w.~/-]+");

  private final Map<String, String> values;
  private final Pattern placeholders;

  /// @param values by placeholder, dollar sign included
  Template(Map<String, String> values) {
    this.values = Map.copyOf(values);
    placeholders =
        Pattern.compile(
            values.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
  }

  String fill(String text) {
    return placeholders
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(values.getOrDefault(found.group(), found.group())));
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
