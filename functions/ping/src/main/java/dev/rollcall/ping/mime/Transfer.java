package dev.rollcall.ping.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The encodings in which mail carries bytes. What is no such encoding is left out or left as it
/// is.
final class Transfer {
  private Transfer() {}

  /// Everything up to the padding, without what belongs to no base64.
  static byte[] base64(String text) {
    var letters = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length() && text.charAt(i) != '='; i++) {
      var letter = text.charAt(i);
      if (isAsciiLetterOrDigit(letter) || letter == '+' || letter == '/') {
        letters.write(letter);
      }
    }
    var bytes = letters.toByteArray();
    // A single letter at the end is not enough for a byte.
    var whole = bytes.length % 4 == 1 ? bytes.length - 1 : bytes.length;
    return Base64.getDecoder().decode(new String(bytes, 0, whole, StandardCharsets.US_ASCII));
  }

  static byte[] quotedPrintable(String text) {
    var bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      var letter = text.charAt(i);
      if (letter != '=') {
        bytes.write(letter);
        continue;
      }
      var soft = softBreak(text, i);
      if (soft > 0) {
        i = soft - 1;
      } else if (i + 2 < text.length() && hex(text, i) >= 0) {
        bytes.write(hex(text, i));
        i += 2;
      } else {
        bytes.write(letter);
      }
    }
    return bytes.toByteArray();
  }

  /// The byte that the two digits behind `at` are, or less than 0 when they are none.
  private static int hex(String text, int at) {
    var high = Character.digit(text.charAt(at + 1), 16);
    var low = Character.digit(text.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  /// Where the text goes on after a break that is none, or 0. Blanks before it were added on the
  /// way.
  private static int softBreak(String text, int at) {
    var end = at + 1;
    while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
      end++;
    }
    if (end < text.length() && text.charAt(end) == '\r') {
      end++;
    }
    if (end >= text.length()) {
      return end;
    }
    return text.charAt(end) == '\n' ? end + 1 : 0;
  }

  private static boolean isAsciiLetterOrDigit(char letter) {
    return letter < 128 && Character.isLetterOrDigit(letter);
  }
}
