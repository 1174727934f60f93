package dev.rollcall.mail;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Bytes that are uuencoded: lines of up to 45, each begun by a letter that counts them. The lines
/// `begin` and `end` may be missing. Jakarta Mail has such a decoder, which comes with all of it.
final class UuDecoder extends FilterInputStream {

  /// Longer lines are none.
  private static final int LONGEST = 100;

  private final byte[] decoded = new byte[63];
  private int size;
  private int next;

  UuDecoder(InputStream in) {
    super(new BufferedInputStream(in));
  }

  @Override
  public int read() throws IOException {
    return fill() ? decoded[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] buffer, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    var count = Math.min(length, size - next);
    System.arraycopy(decoded, next, buffer, from, count);
    next += count;
    return count;
  }

  /// @return whether there is anything left
  private boolean fill() throws IOException {
    while (next == size) {
      var line = line();
      if (line == null || line.equals("end")) {
        return false;
      }
      if (!line.startsWith("begin ")) {
        decode(line);
      }
    }
    return true;
  }

  private void decode(String line) {
    var count = line.isEmpty() ? 0 : value(line, 0);
    next = 0;
    size = 0;
    for (int at = 1; size < count; at += 4) {
      var bits =
          value(line, at) << 18
              | value(line, at + 1) << 12
              | value(line, at + 2) << 6
              | value(line, at + 3);
      for (int shift = 16; shift >= 0 && size < count; shift -= 8) {
        decoded[size++] = (byte) (bits >> shift);
      }
    }
  }

  /// Blanks at the end of a line may have been lost on the way.
  private static int value(String line, int at) {
    return at < line.length() ? (line.charAt(at) - ' ') & 0x3f : 0;
  }

  private @Nullable String line() throws IOException {
    var line = new StringBuilder();
    var letter = in.read();
    if (letter < 0) {
      return null;
    }
    for (; letter >= 0 && letter != '\n'; letter = in.read()) {
      if (letter != '\r' && line.length() < LONGEST) {
        line.append((char) letter);
      }
    }
    return line.toString();
  }
}
