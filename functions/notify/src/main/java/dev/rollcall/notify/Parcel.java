package dev.rollcall.notify;

import dev.rollcall.edge.queue.Message;
import dev.rollcall.edge.queue.SqsEvent.Received;
import dev.rollcall.store.Route;

/// A delivery on its way, and the message as which it came.
record Parcel(Received received, Message.Deliver message) {

  Route route() {
    return new Route(message.check(), message.channel());
  }

  long flip() {
    return message.flip();
  }
}
