package dev.rollcall.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Text of which nobody says in earnest what it is in. What can be UTF-8 is: text in another
/// encoding hardly ever looks like it. Other bytes are Western, one by one, and escapes to Japanese
/// letters begin ISO-2022-JP.
final class GuessingReader extends Reader {
  private static final int BLOCK = 16_384;
  private static final byte ESCAPE = 0x1b;

  /// An escape is this long, so that fewer bytes at the end of a block may begin one.
  private static final int ESCAPE_LENGTH = 3;

  private final InputStream in;
  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(BLOCK).limit(0);
  private final CharBuffer chars = CharBuffer.allocate(BLOCK).limit(0);

  private boolean ended;

  /// There was UTF-8 that is more than ASCII.
  private boolean hasUtf8;

  private boolean isFirst = true;
  private @Nullable Reader japanese;

  GuessingReader(InputStream in) {
    this.in = in;
  }

  @Override
  public int read(char[] buffer, int from, int length) throws IOException {
    while (!chars.hasRemaining()) {
      if (japanese != null) {
        return japanese.read(buffer, from, length);
      }
      if (ended && !bytes.hasRemaining()) {
        return -1;
      }
      fill();
      decode();
    }
    var size = Math.min(length, chars.remaining());
    chars.get(buffer, from, size);
    return size;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void fill() throws IOException {
    bytes.compact();
    while (!ended && bytes.hasRemaining()) {
      var read = in.read(bytes.array(), bytes.position(), bytes.remaining());
      ended = read < 0;
      bytes.position(bytes.position() + Math.max(0, read));
    }
    bytes.flip();
  }

  /// Makes characters of what is there, up to an escape.
  private void decode() {
    var escape = escape();
    var all = bytes.limit();
    bytes.limit(escape);
    chars.clear();
    while (bytes.hasRemaining()) {
      var start = bytes.position();
      var result = utf8.decode(bytes, chars, false);
      hasUtf8 |= chars.position() > 0 && isBeyondAscii(start);
      if (result.isOverflow()) {
        break;
      }
      if (result.isMalformed()) {
        western(result.length());
      } else if (bytes.hasRemaining()) {
        if (!ended && escape == all) {
          break;
        }
        unfinished();
      }
    }
    utf8.reset();
    var isThrough = !bytes.hasRemaining();
    bytes.limit(all);
    chars.flip();
    if (isFirst && chars.hasRemaining()) {
      isFirst = false;
      if (chars.get(chars.position()) == '\ufeff') {
        chars.get();
      }
    }
    if (isThrough && escape < all && isJapanese(escape)) {
      var rest = new ByteArrayInputStream(bytes.array(), escape, all - escape);
      bytes.position(all);
      japanese =
          new InputStreamReader(new SequenceInputStream(rest, in), Charsets.JAPANESE_BY_ESCAPES);
    }
  }

  /// A character whose end is missing. Of UTF-8 it is dropped.
  private void unfinished() {
    if (hasUtf8) {
      bytes.position(bytes.limit());
    } else {
      western(bytes.remaining());
    }
  }

  private void western(int count) {
    var malformed = new byte[count];
    bytes.get(malformed);
    chars.put(new String(malformed, Charsets.WESTERN));
  }

  private boolean isBeyondAscii(int from) {
    for (int at = from; at < bytes.position(); at++) {
      if (bytes.get(at) < 0) {
        return true;
      }
    }
    return false;
  }

  /// Where an escape to Japanese letters begins, or may; else the end of what is there.
  private int escape() {
    for (int at = bytes.position(); at < bytes.limit(); at++) {
      if (bytes.get(at) == ESCAPE
          && (isJapanese(at) || (!ended && at + ESCAPE_LENGTH > bytes.limit()))) {
        return at;
      }
    }
    return bytes.limit();
  }

  /// `ESC $ B` and its like. Terminals know `ESC ( B` as well, which job logs are full of.
  private boolean isJapanese(int at) {
    if (at + ESCAPE_LENGTH > bytes.limit()) {
      return false;
    }
    var kind = bytes.get(at + 1);
    var set = bytes.get(at + 2);
    return kind == '$'
        ? set == 'B' || set == '@' || set == '('
        : kind == '(' && (set == 'J' || set == 'I');
  }
}
