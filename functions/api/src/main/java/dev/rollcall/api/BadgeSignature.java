package dev.rollcall.api;

import dev.rollcall.core.project.Project;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What makes the badge of one tag tell nothing of the address of another's. It is signed with the
/// project's ping key: a secret that no badge shows, and that the project has anyway.
final class BadgeSignature {
  private static final int LENGTH = 8;
  private static final String TWO_STATES = "-2";

  private BadgeSignature() {}

  static String of(Project project, String tag) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(bytes(project.pingKey()), "HmacSHA1"));
      var signature = mac.doFinal(bytes(project.badgeKey() + ":" + tag));
      return Base64.getUrlEncoder().encodeToString(signature).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("every Java has HMAC with SHA-1", impossible);
    }
  }

  /// Whether `signature` begins with the right one, as far as the reference looks.
  static boolean holds(String signature, Project project, String tag) {
    return MessageDigest.isEqual(
        bytes(signature.substring(0, Math.min(LENGTH, signature.length()))),
        bytes(of(project, tag)));
  }

  /// Whether it asks for a badge that knows up and down only.
  static boolean hasTwoStates(String signature) {
    return signature.length() == LENGTH + TWO_STATES.length() && signature.endsWith(TWO_STATES);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
