package dev.rollcall.core.channel;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/// What Rollcall and the receiver of a channel's requests share: who knows it can sign them, and
/// tell whether they were signed.
///
/// @param digits as it is stored: 32 hexadecimal digits where Rollcall has drawn it. Not empty;
///   never logged
public record SigningSecret(String digits) {

  /// How many random bytes one is made of.
  public static final int BYTES = 16;

  private static final String PREFIX = "whsec_";

  public SigningSecret {
    if (digits.isEmpty()) {
      throw new IllegalArgumentException("an empty secret signs nothing");
    }
  }

  public static SigningSecret of(byte[] random) {
    if (random.length != BYTES) {
      throw new IllegalArgumentException("a secret is drawn as " + BYTES + " bytes");
    }
    return new SigningSecret(HexFormat.of().formatHex(random));
  }

  /// The key of the HMAC: the digits as they are, not the bytes that they stand for. Standard
  /// Webhooks asks for 24 to 64 bytes, and these are 32.
  public byte[] key() {
    return digits.getBytes(StandardCharsets.UTF_8);
  }

  /// The key as Standard Webhooks writes it, which its libraries take.
  public String text() {
    return PREFIX + Base64.getEncoder().encodeToString(key());
  }

  @Override
  public String toString() {
    return "SigningSecret[]";
  }
}
