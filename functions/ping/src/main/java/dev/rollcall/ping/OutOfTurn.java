package dev.rollcall.ping;

/// A ping would say that a deadline was missed, while others wait that may have met it.
final class OutOfTurn extends RuntimeException {
  private static final long serialVersionUID = 1;

  OutOfTurn() {
    super("pings wait that arrived before the deadline that this one finds missed");
  }
}
