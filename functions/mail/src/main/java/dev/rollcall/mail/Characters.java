package dev.rollcall.mail;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderMalfunctionError;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// What characters the bytes of a mail are.
final class Characters {
  private static final Logger LOG = System.getLogger(Characters.class.getName());

  private static final int PIECE = 16_384;

  /// Where a page of HTML says what it is in, it does so here.
  private static final int PAGE_HEAD = 2_048;

  private static final Pattern SAID_BY_PAGE =
      Pattern.compile(
          "<(?:meta|\\?xml)\\b[^>]*?(?:charset|encoding)\\s*=\\s*[\"']?([-\\w.:$]{1,60})",
          Pattern.CASE_INSENSITIVE);

  private Characters() {}

  /// Decodes bytes to their end.
  ///
  /// @param name of the character set, as the mail has it; empty where it has none. Many a mail
  ///   says that it is ASCII, Latin-1 or UTF-8, and is another of them, so none of these is
  ///   believed
  static void decode(InputStream bytes, String name, Consumer<CharSequence> text)
      throws IOException {
    var charset = isAscii(name) ? Charsets.WESTERN : Charsets.named(name).orElse(Charsets.WESTERN);
    try (var reader = reader(bytes, charset)) {
      var piece = CharBuffer.allocate(PIECE);
      while (reader.read(piece) >= 0) {
        text.accept(piece.flip().toString());
        piece.clear();
      }
    } catch (CoderMalfunctionError faulty) {
      // What was decoded until here is what there is: no text may keep its ping from being heard.
      LOG.log(Level.WARNING, "text in {0} not decoded to its end", charset.name());
    }
  }

  /// The same for a page of HTML, which may itself say what it is in.
  static void decodePage(InputStream bytes, String name, Consumer<CharSequence> text)
      throws IOException {
    var head = bytes.readNBytes(PAGE_HEAD);
    var said = SAID_BY_PAGE.matcher(new String(head, StandardCharsets.ISO_8859_1));
    var isSaid = (isAscii(name) || Charsets.named(name).isEmpty()) && said.find();
    var page = new SequenceInputStream(new ByteArrayInputStream(head), bytes);
    decode(page, isSaid ? said.group(1) : name, text);
  }

  static String decode(byte[] bytes, String name) {
    var text = new StringBuilder();
    try {
      decode(new ByteArrayInputStream(bytes), name, text::append);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return text.toString();
  }

  private static Reader reader(InputStream bytes, Charset charset) {
    if (charset.equals(Charsets.WESTERN) || charset.equals(StandardCharsets.UTF_8)) {
      return new GuessingReader(bytes);
    }
    return new InputStreamReader(
        charset.equals(Charsets.UTF_7) ? new SevenBits(bytes) : bytes, charset);
  }

  /// Bytes that are ASCII, a question mark for each that is not.
  private static final class SevenBits extends FilterInputStream {
    SevenBits(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      var letter = in.read();
      return letter < 0x80 ? letter : '?';
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      var size = in.read(buffer, from, length);
      for (int at = from; at < from + size; at++) {
        buffer[at] = buffer[at] < 0 ? (byte) '?' : buffer[at];
      }
      return size;
    }
  }

  private static boolean isAscii(String name) {
    var plain = name.toLowerCase(Locale.ROOT);
    return plain.isBlank() || plain.contains("ascii") || plain.startsWith("ansi_x3.4");
  }
}
