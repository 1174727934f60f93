package dev.rollcall.edge;

import dev.rollcall.core.channel.SigningSecret;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/// Draws secrets.
///
/// @param random what nobody can guess
public record Secrets(RandomGenerator random) {

  /// Of the machine's own randomness, which differs in every process that begins as the same
  /// snapshot.
  public static Secrets secure() {
    return new Secrets(new SecureRandom());
  }

  /// With which a channel's requests are signed.
  public SigningSecret signing() {
    var bytes = new byte[SigningSecret.BYTES];
    random.nextBytes(bytes);
    return SigningSecret.of(bytes);
  }
}
