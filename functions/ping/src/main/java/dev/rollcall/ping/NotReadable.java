package dev.rollcall.ping;

/// What a ping is for cannot be found, or made, because the data is not of a shape that this
/// release knows. Another release may find it.
final class NotReadable extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotReadable(String what) {
    super(what);
  }
}
