package dev.rollcall.site;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The page's import map: which file a bare module name such as `lit/directives/repeat.js` stands
/// for.
///
/// @param source the text between the script tags, exactly: its hash stands in the policy
/// @param addresses from name, or from prefix ending in `/`, to a path relative to the page
record ImportMap(String source, Map<String, String> addresses) {
  private static final Pattern SCRIPT =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
  private static final Pattern ENTRY = Pattern.compile("\"([^\"]+)\":\\s*\"(\\./[^\"]+)\"");

  static ImportMap of(String page) {
    Matcher script = SCRIPT.matcher(page);
    if (!script.find()) {
      throw new AssertionError("the page has no import map");
    }
    Map<String, String> addresses = new LinkedHashMap<>();
    ENTRY
        .matcher(script.group(1))
        .results()
        .forEach(entry -> addresses.put(entry.group(1), entry.group(2)));
    return new ImportMap(script.group(1), addresses);
  }

  /// The address of a bare name: its own entry, or the longest prefix that fits, as browsers do it.
  Optional<String> resolve(String name) {
    String exact = addresses.get(name);
    if (exact != null) {
      return Optional.of(exact);
    }
    return addresses.keySet().stream()
        .filter(prefix -> prefix.endsWith("/") && name.startsWith(prefix))
        .max((a, b) -> Integer.compare(a.length(), b.length()))
        .map(prefix -> addresses.get(prefix) + name.substring(prefix.length()));
  }
}
