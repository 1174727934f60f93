package dev.rollcall.mail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Headers that are more than ASCII, as RFC 2047 writes them. The library decodes them only where
/// they are in the character set that they name.
final class EncodedWords {

  /// The character set (without the language behind an asterisk), the encoding, the text. Texts
  /// with blanks are not allowed, and sent all the same.
  private static final Pattern WORD =
      Pattern.compile("=\\?([^?*\\s]{1,60})(?:\\*[^?]{0,40})?\\?([BbQq])\\?([^?]*)\\?=");

  private EncodedWords() {}

  /// @param header one byte a character, unfolded
  static String decode(String header) {
    var decoded = new StringBuilder();
    var run = new Run();
    var end = 0;
    var words = WORD.matcher(header);
    while (words.find()) {
      var between = header.substring(end, words.start());
      if (end == 0 || !between.isBlank()) {
        decoded.append(run.ended()).append(plain(between));
      } else if (!run.isIn(words.group(1))) {
        decoded.append(run.ended());
      }
      run.add(words.group(1), bytes(words.group(2), words.group(3)));
      end = words.end();
    }
    return decoded.append(run.ended()).append(plain(header.substring(end))).toString().strip();
  }

  private static byte[] bytes(String encoding, String text) {
    var isBase64 = encoding.equalsIgnoreCase("B");
    var content = stream(isBase64 ? text : text.replace("_", "=20"));
    try (var bytes = isBase64 ? Encodings.base64(content) : Encodings.quotedPrintable(content)) {
      return bytes.readAllBytes();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String plain(String text) {
    return Characters.decode(text.getBytes(StandardCharsets.ISO_8859_1), "");
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Words that follow each other: a character may begin in one and end in the next.
  private static final class Run {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private String charset = "";

    boolean isIn(String other) {
      return charset.equalsIgnoreCase(other);
    }

    void add(String itsCharset, byte[] itsBytes) {
      charset = itsCharset;
      bytes.writeBytes(itsBytes);
    }

    String ended() {
      var text = Characters.decode(bytes.toByteArray(), charset);
      bytes.reset();
      return text;
    }
  }
}
