package dev.rollcall.testing.conformance;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Holds an answer against a recorded one. Times may differ by ten seconds; `<dt>` is any time.
final class Comparison {
  static final Set<String> HEADERS =
      Set.of(
          "content-type",
          "access-control-allow-origin",
          "access-control-allow-headers",
          "access-control-allow-methods",
          "access-control-max-age",
          "ping-body-limit",
          "allow",
          "location",
          "www-authenticate");

  private static final List<String> BODIES =
      List.of("json", "body", "body_b64", "body_len", "body_sha256");

  private static final Pattern TIME = Pattern.compile("<dt(us)?([+-]\\d+)s>");
  private static final int SLACK = 10;

  private Comparison() {}

  /// The first difference, or empty when the answer is as good as the recorded one.
  static Optional<String> difference(
      Map<String, @Nullable Object> expected, Map<String, @Nullable Object> got) {
    var status = number(expected, "status");
    var gotStatus = number(got, "status");
    if (status >= 500) {
      return gotStatus < 500 ? Optional.empty() : Optional.of("status " + gotStatus);
    }
    if (status != gotStatus) {
      return Optional.of("status %d, not %d (%s)".formatted(gotStatus, status, brief(body(got))));
    }
    var isPage = String.valueOf(expected.get("body")).startsWith("<html page");
    return HEADERS.stream()
        .filter(name -> !(isPage && name.equals("content-type")))
        .flatMap(name -> headerDifference(name, expected, got).stream())
        .findFirst()
        .or(() -> isPage ? Optional.empty() : bodyDifference(expected, got))
        .or(() ->
            Optional.ofNullable(got.get("save_failed")).map(name -> "nothing to save as " + name));
  }

  private static Optional<String> headerDifference(
      String name, Map<String, @Nullable Object> expected, Map<String, @Nullable Object> got) {
    var wanted = Json.object(expected.get("headers")).get(name);
    var found = Json.object(got.get("headers")).get(name);
    if (name.equals("www-authenticate") && wanted == null) {
      return Optional.empty();
    }
    if (name.equals("content-type") && isAsGood(wanted, found, expected)) {
      return Optional.empty();
    }
    return isSame(wanted, found)
        ? Optional.empty()
        : Optional.of("header %s: %s, not %s".formatted(name, found, wanted));
  }

  /// The charset of HTML does not matter, nor does the type of nothing.
  private static boolean isAsGood(
      @Nullable Object wanted, @Nullable Object found, Map<String, @Nullable Object> expected) {
    if ("".equals(expected.get("body"))
        || (!expected.containsKey("body") && !expected.containsKey("json"))) {
      return true;
    }
    return wanted instanceof String type
        && found instanceof String other
        && type.contains("html")
        && type.split(";", 2)[0].equals(other.split(";", 2)[0]);
  }

  private static Optional<String> bodyDifference(
      Map<String, @Nullable Object> expected, Map<String, @Nullable Object> got) {
    return BODIES.stream()
        .filter(expected::containsKey)
        .filter(kind -> !isSame(expected.get(kind), got.get(kind)))
        .map(kind -> kind + ": " + describe(expected.get(kind), got.get(kind)))
        .findFirst();
  }

  static boolean isSame(@Nullable Object expected, @Nullable Object got) {
    if (expected instanceof Map<?, ?> wanted && got instanceof Map<?, ?> found) {
      return wanted.keySet().equals(found.keySet())
          && wanted.keySet().stream().allMatch(key -> isSame(wanted.get(key), found.get(key)));
    }
    if (expected instanceof List<?> wanted && got instanceof List<?> found) {
      if (wanted.size() != found.size()) {
        return false;
      }
      for (int i = 0; i < wanted.size(); i++) {
        if (!isSame(wanted.get(i), found.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (expected instanceof String wanted && got instanceof String found) {
      return isSameText(wanted, found);
    }
    return Objects.equals(expected, got);
  }

  private static boolean isSameText(String expected, String got) {
    if (expected.equals(got)) {
      return true;
    }
    var found = TIME.matcher(got);
    if (expected.equals("<dt>") || expected.equals("<dtus>")) {
      return found.matches();
    }
    var wanted = TIME.matcher(expected);
    if (wanted.matches() && found.matches()) {
      return Objects.equals(wanted.group(1), found.group(1))
          && Math.abs(Long.parseLong(wanted.group(2)) - Long.parseLong(found.group(2))) <= SLACK;
    }
    return expected.contains("<dt")
        && expected.replaceAll("<dt[^>]*>", "<dt>").equals(got.replaceAll("<dt[^>]*>", "<dt>"));
  }

  private static String describe(@Nullable Object expected, @Nullable Object got) {
    if (!(expected instanceof Map<?, ?> wanted && got instanceof Map<?, ?> found)) {
      return brief(got) + ", not " + brief(expected);
    }
    var keys = new LinkedHashSet<Object>(wanted.keySet());
    keys.addAll(found.keySet());
    var differences =
        keys.stream()
            .filter(key ->
                wanted.containsKey(key) != found.containsKey(key)
                    || !isSame(wanted.get(key), found.get(key)))
            .map(key -> "%s = %s, not %s".formatted(key, shown(found, key), shown(wanted, key)))
            .toList();
    return String.join("; ", differences);
  }

  private static String shown(Map<?, ?> map, Object key) {
    return map.containsKey(key) ? brief(map.get(key)) : "absent";
  }

  private static @Nullable Object body(Map<String, @Nullable Object> answer) {
    return answer.containsKey("json") ? answer.get("json") : answer.get("body");
  }

  private static String brief(@Nullable Object value) {
    var text = Json.write(value);
    return text.length() <= 400 ? text : text.substring(0, 400) + "…";
  }

  private static int number(Map<String, @Nullable Object> answer, String name) {
    return answer.get(name) instanceof Integer number ? number : 0;
  }
}
