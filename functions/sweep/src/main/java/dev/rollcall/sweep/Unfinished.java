package dev.rollcall.sweep;

/// A tick did not do all of its work, and has left it to the next one. The function fails by it, so
/// that an alarm tells when that goes on.
///
/// Its message names what was left and the kinds of failures: what they say may quote what was read
/// or sent.
public final class Unfinished extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unfinished(String what, Throwable failure) {
    this(what + ": " + failure.getClass().getSimpleName());
  }

  Unfinished(String what) {
    super("left to the next sweep: " + what);
  }
}
