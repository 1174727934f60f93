package dev.rollcall.core.check;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The bytes of a body: of a ping, a request or an answer.
public final class Body {
  public static final Body EMPTY = new Body(new byte[0]);

  private final byte[] bytes;

  private Body(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Body of(byte[] bytes) {
    return cut(bytes, bytes.length);
  }

  /// The first `limit` bytes of `bytes`; this may cut a character in two.
  public static Body cut(byte[] bytes, int limit) {
    var size = Math.min(bytes.length, limit);
    return size == 0 ? EMPTY : new Body(Arrays.copyOf(bytes, size));
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  public int size() {
    return bytes.length;
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /// The bytes read as UTF-8, with a replacement character where they are not.
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Body body && Arrays.equals(bytes, body.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Body[" + bytes.length + " bytes]";
  }
}
