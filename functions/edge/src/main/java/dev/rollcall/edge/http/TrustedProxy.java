package dev.rollcall.edge.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The proxy before the functions, by which requests may come: CloudFront. What it says of the
/// client is believed where the request has the key that only this proxy sends, since anybody can
/// send the rest. The key goes no further than here.
public final class TrustedProxy {

  /// Has the key. In lower case, as headers of an event are.
  public static final String HEADER = "rollcall-origin-key";

  private static final String FORWARDED = "x-forwarded-for";

  private final @Nullable String key;

  /// @param key null where there is no proxy: nothing is believed then
  public TrustedProxy(@Nullable String key) {
    this.key = key;
  }

  /// Whether a request may ask for what the proxy is to guard: where there is one, by it only.
  public boolean admits(HttpRequest request) {
    return key == null || isVia(request, key);
  }

  /// The request as the client sent it: from the address that the proxy saw, where it came by it.
  public HttpRequest unwrapped(HttpRequest request) {
    if (key == null || !request.headers().containsKey(HEADER)) {
      return request;
    }
    var headers = new HashMap<>(request.headers());
    headers.remove(HEADER);
    return new HttpRequest(
        request.id(),
        request.method(),
        request.path(),
        request.query(),
        headers,
        isVia(request, key) ? viewer(request).orElse(request.address()) : request.address(),
        request.body());
  }

  /// What the proxy adds to a request's headers.
  public Map<String, String> headers() {
    return key == null ? Map.of() : Map.of(HEADER, key);
  }

  private static boolean isVia(HttpRequest request, String key) {
    return request
        .header(HEADER)
        .filter(sent ->
            MessageDigest.isEqual(
                sent.getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.UTF_8)))
        .isPresent();
  }

  /// Each hop puts behind what it got the address that called it: the proxy the viewer's, and the
  /// gateway the proxy's. What a client has written itself stands before those.
  private static Optional<String> viewer(HttpRequest request) {
    return request
        .header(FORWARDED)
        .flatMap(hops ->
            List.of(hops.split(",", -1)).reversed().stream()
                .map(String::strip)
                .filter(hop -> !hop.isEmpty() && !hop.equals(request.address()))
                .findFirst());
  }
}
