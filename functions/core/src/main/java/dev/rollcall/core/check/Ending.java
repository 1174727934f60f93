package dev.rollcall.core.check;

import java.nio.charset.StandardCharsets;

/// The end of a text, where a job says what went wrong.
///
/// @param text begins with a line, where one begins near enough
/// @param cut how many bytes of UTF-8 are left out before it
public record Ending(String text, int cut) {

  /// Stands where a text was cut.
  public static final String MARK = "[…]\n";

  /// The last bytes of a text.
  ///
  /// @param limit how many bytes of UTF-8 at most
  public static Ending of(String text, int limit) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= limit) {
      return new Ending(text, 0);
    }
    var from = bytes.length - limit;
    while (from < bytes.length && (bytes[from] & 0xc0) == 0x80) {
      from++;
    }
    var end = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    // Not where that would leave little: a line may be long.
    var line = bytes[from - 1] == '\n' ? 0 : end.indexOf('\n') + 1;
    var whole = line <= end.length() / 2 ? end.substring(line) : end;
    return new Ending(whole, bytes.length - whole.getBytes(StandardCharsets.UTF_8).length);
  }

  public boolean isWhole() {
    return cut == 0;
  }
}
