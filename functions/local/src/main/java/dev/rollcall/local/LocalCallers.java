package dev.rollcall.local;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// Tells the owner of the desk from the web pages that their browser shows: whoever reaches the
/// control API has every key, and the clock.
///
/// A page that has its own name lead to this machine gives that name as the host. Any other page is
/// announced by its origin, or by where the browser says that the request comes from.
final class LocalCallers {
  private static final Pattern OWN_HOST =
      Pattern.compile("(?:localhost|127\\.0\\.0\\.1|\\[::1])(?::[0-9]{1,5})?");

  /// The page of this service, and nobody: an address that was typed, or a program's request.
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private LocalCallers() {}

  /// Why a request to the control API is refused, or empty.
  static Optional<String> objection(Request request) {
    var headers = request.getHeaders();
    var host = headers.get(HttpHeader.HOST);
    var authority = request.getHttpURI().getAuthority();
    if (!isOwn(host) || (authority != null && !isOwn(authority))) {
      return Optional.of(
          "/_local answers to localhost, 127.0.0.1 and [::1] only, and this request names another"
              + " Host; call it by one of these, on the machine where the service runs");
    }
    var origin = headers.get(HttpHeader.ORIGIN);
    if (origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(host)) {
      return Optional.of(
          "/_local does not answer to pages of other sites, and this request has another Origin;"
              + " open the page from this service");
    }
    var site = headers.get("Sec-Fetch-Site");
    if (site != null && !OWN_SITES.contains(site)) {
      return Optional.of(
          "/_local does not answer to pages of other sites, nor follows their links; type the"
              + " address");
    }
    return Optional.empty();
  }

  private static boolean isOwn(@Nullable String host) {
    return host != null && OWN_HOST.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }
}
