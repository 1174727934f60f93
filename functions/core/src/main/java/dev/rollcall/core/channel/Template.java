package dev.rollcall.core.channel;

import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
  private final UnaryOperator<String> form;
  private final Pattern placeholders;

  /// @param values by placeholder, dollar sign included
  Template(Map<String, String> values) {
    this(values, UnaryOperator.identity());
  }

  /// @param form what is made of a value before it stands in a text
  Template(Map<String, String> values, UnaryOperator<String> form) {
    this.values = Map.copyOf(values);
    this.form = form;
    placeholders =
        Pattern.compile(
            values.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
  }

  String fill(String text) {
    return fill(text, Integer.MAX_VALUE).orElseThrow();
  }

  /// @param limit how many characters may come of it
  /// @return empty when there would be more, of which no more than one value is made
  Optional<String> fill(String text, int limit) {
    var filled = new StringBuilder();
    var found = placeholders.matcher(text);
    var read = 0;
    while (found.find()) {
      var value = form.apply(Objects.requireNonNull(values.get(found.group())));
      filled.append(text, read, found.start()).append(value);
      if (filled.length() > limit) {
        return Optional.empty();
      }
      read = found.end();
    }
    filled.append(text, read, text.length());
    return filled.length() > limit ? Optional.empty() : Optional.of(filled.toString());
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
