package dev.rollcall.mail;

/// The last characters of a text that comes in pieces, lines ended by `\n`.
final class Ending {
  private final int limit;
  private final StringBuilder kept = new StringBuilder();
  private boolean isWhole = true;

  /// @param limit how many characters are kept at most
  Ending(int limit) {
    this.limit = limit;
  }

  void add(CharSequence piece) {
    kept.append(piece);
    if (kept.length() > 2L * limit) {
      shorten();
    }
  }

  boolean isBlank() {
    return kept.chars().allMatch(letter -> Character.isWhitespace(letter) || letter == 0xA0);
  }

  boolean isWhole() {
    return isWhole && kept.length() <= limit;
  }

  String text() {
    shorten();
    return kept.toString().replace("\r\n", "\n").replace('\r', '\n').strip();
  }

  private void shorten() {
    var surplus = kept.length() - limit;
    if (surplus > 0) {
      isWhole = false;
      kept.delete(0, surplus);
      if (!kept.isEmpty() && Character.isLowSurrogate(kept.charAt(0))) {
        kept.deleteCharAt(0);
      }
    }
  }
}
