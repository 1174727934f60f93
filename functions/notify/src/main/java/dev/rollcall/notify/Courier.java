package dev.rollcall.notify;

import dev.rollcall.core.channel.Delivery;
import org.jspecify.annotations.Nullable;

/// Sends what channels have rendered.
record Courier(WebCourier web, MailCourier mail) {

  /// @param signature of requests; null to send them unsigned. Mail has none
  Outcome send(Delivery delivery, @Nullable Signature signature) {
    return switch (delivery) {
      case Delivery.Post post -> web.send(post, signature);
      case Delivery.Mail message -> mail.send(message);
      case Delivery.Nothing _ ->
          throw new IllegalArgumentException("there is nothing that could be sent");
    };
  }
}
