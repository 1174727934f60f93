package dev.rollcall.local.queue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// One receiving of one message, which a receipt handle names.
///
/// @param receive counted from 1; a later receiving of the message makes this one stale
record Receipt(String queue, String messageId, int receive) {

  /// The receipt as its receiver gets it: opaque, as SQS's are.
  String handle() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((queue + "/" + messageId + "/" + receive).getBytes(StandardCharsets.UTF_8));
  }

  /// The receipt that `handle` names.
  ///
  /// @throws software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException when `queue`
  ///   never issued it
  static Receipt of(String queue, String handle) {
    try {
      var parts =
          new String(Base64.getUrlDecoder().decode(handle), StandardCharsets.UTF_8).split("/", -1);
      if (parts.length == 3 && parts[0].equals(queue)) {
        return new Receipt(queue, parts[1], Integer.parseInt(parts[2]));
      }
      throw Refusal.unknownReceipt(handle);
    } catch (IllegalArgumentException _) {
      throw Refusal.unknownReceipt(handle);
    }
  }
}
