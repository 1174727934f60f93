package dev.rollcall.notify;

import dev.rollcall.core.channel.SigningSecret;
import dev.rollcall.core.digest.Sha256;
import dev.rollcall.edge.queue.Message;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// What shows the receiver of a request that it comes from here, when, and that its body is whole:
/// three headers, by Standard Webhooks 1.0.0. They are made when the request is, over the very
/// bytes that are sent.
///
/// @param id names the delivery, in each of its tries; no full stop is in it
record Signature(SigningSecret secret, String id) {
  private static final String ID = "webhook-id";
  private static final String TIMESTAMP = "webhook-timestamp";
  private static final String SIGNATURE = "webhook-signature";
  private static final Set<String> HEADERS = Set.of(ID, TIMESTAMP, SIGNATURE);

  private static final String HMAC = "HmacSHA256";

  /// How many hexadecimal digits of a digest name a delivery.
  private static final int DIGITS = 32;

  /// The signature of a delivery, in whichever try.
  ///
  /// @param received the id of the queue's message, by which tests of a channel are told apart
  /// @param secret null where there is none
  /// @return null without a secret
  static @Nullable Signature of(
      Message.Deliver message, String received, @Nullable SigningSecret secret) {
    return secret == null ? null : new Signature(secret, id(message, received));
  }

  /// Whether one of these headers is one of a signature.
  static boolean isIn(Map<String, String> headers) {
    return headers.keySet().stream()
        .anyMatch(name -> HEADERS.stream().anyMatch(name::equalsIgnoreCase));
  }

  /// @param at when the request is sent
  /// @param body what is sent
  Map<String, String> headers(Instant at, byte[] body) {
    return Map.of(
        ID, id,
        TIMESTAMP, Long.toString(at.getEpochSecond()),
        SIGNATURE, sign(secret.key(), id, at, body));
  }

  static String sign(byte[] key, String id, Instant at, byte[] body) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      mac.update(bytes(id + "." + at.getEpochSecond() + "."));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("every Java has HMAC with SHA-256", impossible);
    }
  }

  /// A digest: who knows the id of a check can ping it, and a receiver need not.
  private static String id(Message.Deliver message, String received) {
    var delivery = message.check() + "/" + message.flip() + "/" + message.channel();
    var digest = Sha256.hex(message.isTest() ? delivery + "/" + received : delivery);
    return "msg_" + digest.substring(0, DIGITS);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
