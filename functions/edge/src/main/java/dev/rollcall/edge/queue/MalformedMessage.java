package dev.rollcall.edge.queue;

/// A message that nobody here has written. Trying again does not help; it belongs in the
/// dead-letter queue.
public final class MalformedMessage extends RuntimeException {
  private static final long serialVersionUID = 1;

  MalformedMessage(Throwable cause) {
    super("message not understood", cause);
  }
}
