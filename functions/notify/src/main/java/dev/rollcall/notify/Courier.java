package dev.rollcall.notify;

import dev.rollcall.core.channel.Delivery;

/// Sends what channels have rendered.
record Courier(WebCourier web, MailCourier mail) {

  Outcome send(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Post post -> web.send(post);
      case Delivery.Mail message -> mail.send(message);
      case Delivery.Nothing _ ->
          throw new IllegalArgumentException("there is nothing that could be sent");
    };
  }
}
