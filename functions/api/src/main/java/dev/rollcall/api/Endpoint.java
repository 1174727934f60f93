package dev.rollcall.api;

import java.util.Set;

/// What answers one method of one path.
///
/// @param takesBody a `POST` here has a JSON object for body, if it has one
/// @param usesTables what it answers depends on the data
record Endpoint(Need need, boolean takesBody, boolean usesTables, Handler handler) {

  /// The methods that change nothing.
  static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /// The key that a caller must show.
  enum Need {
    NOTHING,
    /// A key of either kind, in the header.
    READ,
    /// As [#READ]. Nothing while the data cannot be read, for then no key can be looked up.
    READ_WHERE_READABLE,
    /// A read-write key, in the header or in the body.
    WRITE
  }

  /// Answers a call.
  interface Handler {
    Answer answer(Call call);
  }

  /// Whether people ask here for a change of the data by this method.
  boolean changes(String method) {
    return need == Need.WRITE && !READING.contains(method);
  }

  static Endpoint open(Handler handler) {
    return new Endpoint(Need.NOTHING, false, true, handler);
  }

  /// What answers the same whatever the data is.
  static Endpoint apart(Handler handler) {
    return new Endpoint(Need.NOTHING, false, false, handler);
  }

  static Endpoint asking(Handler handler) {
    return new Endpoint(Need.NOTHING, true, false, handler);
  }

  static Endpoint reading(Handler handler) {
    return new Endpoint(Need.READ, false, true, handler);
  }

  /// What tells how the data is, and so answers whatever it is.
  static Endpoint telling(Handler handler) {
    return new Endpoint(Need.READ_WHERE_READABLE, false, false, handler);
  }

  static Endpoint writing(Handler handler) {
    return new Endpoint(Need.WRITE, true, true, handler);
  }
}
