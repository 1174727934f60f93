package dev.rollcall.local.migrate;

import java.util.regex.Pattern;

/// Values of items as they may be printed: nobody's secret, address or ping URL.
final class Shown {
  private static final Pattern PRIVATE =
      Pattern.compile("(?i).*(secret|key|token|settings|url|body|address|mail).*");

  private Shown() {}

  /// @param value empty when there is none
  static String value(String attribute, String value) {
    if (value.isEmpty()) {
      return "nothing";
    }
    return PRIVATE.matcher(attribute).matches() ? "(not shown)" : value;
  }
}
