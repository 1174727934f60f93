package dev.rollcall.store;

import dev.rollcall.core.check.Body;
import java.time.Instant;

/// A ping as it arrived, before anybody asked whom it is for.
///
/// @param id names the request; a retry of the same delivery has the same
/// @param arrivedAt to the microsecond
/// @param path as it was sent, still percent-encoded
/// @param query as it was sent, without the question mark
/// @param agent the header `user-agent`, or empty
/// @param scheme the header `x-forwarded-proto`, or empty
/// @param address the client's IP address, or empty
public record WaitingPing(
    String id,
    Instant arrivedAt,
    String method,
    String path,
    String query,
    String agent,
    String scheme,
    String address,
    Body body) {

  @Override
  public String toString() {
    return "WaitingPing[" + method + " " + id + "]";
  }
}
