package dev.rollcall.api;

import java.util.regex.Pattern;

/// A badge as SVG: a label and a word on a coloured ground.
final class BadgePicture {
  private static final int PADDING = 10;

  /// All but the characters of XML, among which a surrogate alone is none.
  private static final Pattern UNFIT =
      Pattern.compile("[^\\t\\n\\r\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

  private BadgePicture() {}

  /// @param colour of the ground that `word` stands on, as in CSS
  static String draw(String label, String word, String colour) {
    var left = TextWidth.of(label) + PADDING;
    var right = TextWidth.of(word) + PADDING;
    return """
    <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="%1$d" height="20">
      <linearGradient id="smooth" x2="0" y2="100%%">
        <stop offset="0" stop-color="#bbb" stop-opacity=".1"/>
        <stop offset="1" stop-opacity=".1"/>
      </linearGradient>

      <mask id="round">
        <rect width="%1$d" height="20" rx="3" fill="#fff"/>
      </mask>

      <g mask="url(#round)">
        <rect width="%2$d" height="20" fill="#555"/>
        <rect x="%2$d" width="%3$d" height="20" fill="%4$s"/>
        <rect width="%1$d" height="20" fill="url(#smooth)"/>
      </g>

      <g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" text-rendering="geometricPrecision" font-size="11">
        <text x="%5$s" y="15" fill="#010101" fill-opacity=".3">%6$s</text>
        <text x="%5$s" y="14">%6$s</text>
        <text x="%7$s" y="15" fill="#010101" fill-opacity=".3">%8$s</text>
        <text x="%7$s" y="14">%8$s</text>
      </g>
    </svg>
    """
        .formatted(
            left + right,
            left,
            right,
            colour,
            left / 2.0,
            escape(label),
            left + right / 2.0,
            escape(word));
  }

  /// What no XML can have, not even escaped, becomes a replacement character (XML 1.0, section
  /// 2.2).
  private static String escape(String text) {
    return UNFIT
        .matcher(text)
        .replaceAll("\uFFFD")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#x27;");
  }
}
