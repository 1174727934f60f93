package dev.rollcall.testing.fuzz;

/// JSON texts that may hold anything: halves of surrogate pairs too, which a JSON library refuses
/// to write.
final class Escapes {
  private Escapes() {}

  static String quoted(String text) {
    var out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      var letter = text.charAt(i);
      if (letter < ' ' || letter > '~' || letter == '"' || letter == '\\') {
        out.append("\\u%04x".formatted((int) letter));
      } else {
        out.append(letter);
      }
    }
    return out.append('"').toString();
  }
}
