package dev.rollcall.notify;

import dev.rollcall.core.check.Body;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One request on the way to where redirects lead. Each is signed anew, over what it sends.
record Hop(
    String method, URI uri, Map<String, String> headers, Body body, @Nullable Signature signature) {
  private static final Set<Integer> REDIRECT = Set.of(301, 302, 303, 307, 308);
  private static final int HIGHEST_PORT = 65_535;

  /// What may follow a redirect to another site. Other headers may be secrets of the first.
  private static final Set<String> HARMLESS = Set.of("accept", "content-type", "user-agent");

  /// Where an answer leads, by RFC 9110, section 15.4; empty when it leads nowhere.
  Optional<Hop> redirected(int status, @Nullable String location) {
    if (!REDIRECT.contains(status) || location == null) {
      return Optional.empty();
    }
    try {
      var next = resolved(new URI(location));
      var asGet = status == 303 || (status < 303 && method.equals("POST"));
      var stays = origin(next).equals(origin(uri));
      return Optional.of(
          new Hop(
              asGet ? "GET" : method,
              next,
              stays ? headers : harmless(),
              asGet ? Body.EMPTY : body,
              stays ? signature : null));
    } catch (URISyntaxException | IllegalArgumentException nowhere) {
      return Optional.empty();
    }
  }

  /// By RFC 3986, section 5.2.2. Java has an older one, by which a query alone leaves the last part
  /// of the path out, and a path without a slash lengthens the host of an address that has no path.
  private URI resolved(URI reference) {
    var root = uri.getScheme() + "://" + uri.getRawAuthority();
    var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    var isOfThisPath =
        reference.getScheme() == null
            && reference.getRawAuthority() == null
            && reference.getRawPath().isEmpty();
    if (!isOfThisPath) {
      return URI.create(root + path).resolve(reference);
    }
    var query = reference.getRawQuery() == null ? uri.getRawQuery() : reference.getRawQuery();
    return URI.create(root + path + (query == null ? "" : "?" + query));
  }

  /// Whether a request can go there. Java takes any number for a port.
  boolean isWeb() {
    return uri.getHost() != null
        && uri.getRawUserInfo() == null
        && uri.getPort() <= HIGHEST_PORT
        && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
  }

  private Map<String, String> harmless() {
    var kept = new LinkedHashMap<>(headers);
    kept.keySet().removeIf(name -> !HARMLESS.contains(name.toLowerCase(Locale.ROOT)));
    return kept;
  }

  private static String origin(URI uri) {
    return (uri.getScheme() + "://" + uri.getRawAuthority()).toLowerCase(Locale.ROOT);
  }
}
