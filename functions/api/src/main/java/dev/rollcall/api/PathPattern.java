package dev.rollcall.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A path with variable parts, each written `{name}` and matched by what its name stands for.
final class PathPattern {
  private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

  private static final String SLUG = "[-A-Za-z0-9_]+";

  private static final Map<String, String> FORMS =
      Map.ofEntries(
          Map.entry("version", "[1-3]"),
          Map.entry("check", UUID),
          Map.entry("channel", UUID),
          Map.entry("project", UUID),
          Map.entry("notification", UUID),
          Map.entry("unique", "[A-z0-9]{40}"),
          Map.entry("number", "[0-9]{1,18}"),
          Map.entry("states", "[0-9]{1,9}"),
          Map.entry("badge", "[-A-Za-z0-9_]{1,100}"), // DynamoDB refuses keys that are too long
          Map.entry("signature", SLUG),
          Map.entry("tag", "[\\p{L}\\p{N}_%~.-]+"),
          Map.entry("key", SLUG),
          Map.entry("format", SLUG));

  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z]+)}");

  private final String template;
  private final Pattern pattern;

  PathPattern(String template) {
    this.template = template;
    pattern =
        Pattern.compile(
            VARIABLE
                .matcher(template.replace(".", "\\."))
                .replaceAll(found -> {
                  var name = found.group(1);
                  return "(?<%s>%s)".formatted(name, form(name).replace("\\", "\\\\"));
                }));
  }

  /// As it was written.
  String template() {
    return template;
  }

  /// The variable parts of `path`, decoded, or empty when it does not match.
  Optional<Map<String, String>> match(String path) {
    var matcher = pattern.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var variables = new LinkedHashMap<String, String>();
    pattern.namedGroups().keySet().forEach(name -> variables.put(name, matcher.group(name)));
    return Optional.of(variables);
  }

  /// Percent-decoding of a path. A plus sign is a plus sign here; what is no escape stays as it is.
  static String decode(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return path;
    }
  }

  private static String form(String name) {
    var form = FORMS.get(name);
    if (form == null) {
      throw new IllegalArgumentException("no variable is called " + name);
    }
    return form;
  }
}
