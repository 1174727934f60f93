package dev.rollcall.ping;

import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.Filters;
import dev.rollcall.core.digest.Sha256;
import dev.rollcall.edge.http.HttpRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A mail to one recipient, in the form of a request: so it takes every way that a ping by HTTP
/// takes, the inbox included. It is the request that has no method, which no HTTP client can send.
final class MailPing {
  private static final Logger LOG = System.getLogger(MailPing.class.getName());

  /// Half a SHA-256: the hot item of a check, where it is kept, is small.
  private static final int ID_LENGTH = 32;

  /// The query parameter that says where the whole message is.
  private static final String MESSAGE = "message";

  private static final Pattern MAILBOX =
      Pattern.compile("([-A-Za-z0-9_]+)(?:\\+([-A-Za-z0-9_]+))?(?:@[^@]*)?");

  private MailPing() {}

  /// The path of the ping URL that an address stands for: `<uuid>@…` or `<ping key>+<slug>@…`, in
  /// whatever case a mail program puts it: neither ids, ping keys nor slugs have capitals. Empty
  /// for any other.
  static Optional<String> path(String recipient) {
    var mailbox = MAILBOX.matcher(recipient);
    if (!mailbox.matches()) {
      return Optional.empty();
    }
    var key = mailbox.group(1);
    var slug = mailbox.group(2);
    return slug == null
        ? path("/ping/" + lower(key), PingUrl.Target.ById.class)
        : path("/ping/" + lower(key) + "/" + lower(slug), PingUrl.Target.BySlug.class);
  }

  /// @param message SES's name of the message
  /// @param path as [#path] gives it
  /// @param from the sender by the envelope
  /// @param raw the message, or its beginning
  /// @param isWhole whether `raw` is all of it. If not, the query says where the rest is: pings
  ///   that wait have one, and a release that does not know of this makes do with the beginning
  static HttpRequest request(String message, String path, String from, Body raw, boolean isWhole) {
    return new HttpRequest(
        id(message, path),
        "",
        path,
        isWhole ? "" : MESSAGE + "=" + URLEncoder.encode(message, StandardCharsets.UTF_8),
        Map.of("x-forwarded-proto", "email", "user-agent", "Email from " + from),
        "",
        raw);
  }

  static boolean isMail(HttpRequest request) {
    return request.method().isEmpty();
  }

  /// What a mail says, by all of it where that can still be had.
  ///
  /// @param limit how many characters of its text are wanted at most
  static Letters.Said read(HttpRequest mail, Filters filters, Letters letters, int limit) {
    var words = filters.wordsInMail();
    var elsewhere = mail.parameter(MESSAGE);
    var whole = elsewhere.flatMap(message -> letters.read(message, words, limit));
    if (elsewhere.isPresent() && whole.isEmpty()) {
      LOG.log(Level.WARNING, "mail judged by its beginning: the rest is not to be had any more");
    }
    return whole.orElseGet(() -> letters.read(mail.body().bytes(), words, limit));
  }

  /// The path, if what it names is so named: `<uuid>/fail` is a failure and no slug.
  private static Optional<String> path(String path, Class<? extends PingUrl.Target> target) {
    return PingUrl.parse(path).filter(url -> target.isInstance(url.target())).map(_ -> path);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static String id(String message, String path) {
    return Sha256.hex(message + "\n" + path).substring(0, ID_LENGTH);
  }
}
