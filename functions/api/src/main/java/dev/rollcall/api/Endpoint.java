package dev.rollcall.api;

/// What answers one method of one path.
///
/// @param takesBody a `POST` here has a JSON object for body, if it has one
record Endpoint(Need need, boolean takesBody, Handler handler) {

  /// The key that a caller must show.
  enum Need {
    NOTHING,
    /// A key of either kind, in the header.
    READ,
    /// A read-write key, in the header or in the body.
    WRITE
  }

  /// Answers a call.
  interface Handler {
    Answer answer(Call call);
  }

  static Endpoint open(Handler handler) {
    return new Endpoint(Need.NOTHING, false, handler);
  }

  static Endpoint asking(Handler handler) {
    return new Endpoint(Need.NOTHING, true, handler);
  }

  static Endpoint reading(Handler handler) {
    return new Endpoint(Need.READ, false, handler);
  }

  static Endpoint writing(Handler handler) {
    return new Endpoint(Need.WRITE, true, handler);
  }
}
