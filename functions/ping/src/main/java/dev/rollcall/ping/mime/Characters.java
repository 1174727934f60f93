package dev.rollcall.ping.mime;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// What characters the bytes of a mail are.
final class Characters {
  /// What mail without a good word about its characters is in, where it is not UTF-8.
  private static final Charset WESTERN = charset("windows-1252", StandardCharsets.ISO_8859_1);

  private Characters() {}

  /// @param name of the character set, as the mail has it; empty where it has none. Many a mail
  ///   says that it is ASCII and is not, so that one is not believed
  static String decode(byte[] bytes, String name) {
    if (name.isEmpty() || name.toLowerCase(Locale.ROOT).endsWith("ascii")) {
      return guess(bytes);
    }
    var charset = charset(name, WESTERN);
    return charset.equals(WESTERN) || charset.equals(StandardCharsets.UTF_8)
        ? guess(bytes)
        : new String(bytes, charset);
  }

  /// UTF-8 if that is what the bytes are: text in another encoding hardly ever looks like it. Where
  /// the text was cut off within a character, there must be another that is more than ASCII.
  private static String guess(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length);
    var end = StandardCharsets.UTF_8.newDecoder().decode(in, out, false);
    var isWhole = !in.hasRemaining() || out.position() < in.position();
    return end.isUnderflow() && isWhole ? out.flip().toString() : new String(bytes, WESTERN);
  }

  private static Charset charset(String name, Charset otherwise) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException unknown) {
      return otherwise;
    }
  }
}
