package dev.rollcall.core.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// With the example of FIPS 180-2, appendix B.1.
class Sha256Test {
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void of_bytes() {
    assertThat(Sha256.of(new byte[] {'a', 'b', 'c'})).isEqualTo(HexFormat.of().parseHex(ABC));
  }

  @Test
  void of_a_text_in_hexadecimal_digits() {
    assertThat(Sha256.hex("abc")).isEqualTo(ABC);
  }

  @Test
  void of_a_text_beyond_ascii() {
    assertThat(Sha256.hex("ä")).isEqualTo(HexFormat.of().formatHex(Sha256.of(utf8(0xc3, 0xa4))));
  }

  private static byte[] utf8(int first, int second) {
    return new byte[] {(byte) first, (byte) second};
  }
}
