package dev.rollcall.ping;

import dev.rollcall.core.check.Arrival;
import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.Filters;
import dev.rollcall.core.digest.Sha256;
import dev.rollcall.edge.http.HttpRequest;
import dev.rollcall.ping.mime.MailText;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A mail to one recipient, in the form of a request: so it takes every way that a ping by HTTP
/// takes, the inbox included. It is the request that has no method, which no HTTP client can send.
final class MailPing {
  /// Half a SHA-256: the hot item of a check, where it is kept, is small.
  private static final int ID_LENGTH = 32;

  private static final Pattern MAILBOX =
      Pattern.compile("([-A-Za-z0-9_]+)(?:\\+([-A-Za-z0-9_]+))?(?:@[^@]*)?");

  private MailPing() {}

  /// The path of the ping URL that an address stands for: `<uuid>@…` or `<ping key>+<slug>@…`, in
  /// whatever case a mail program puts the uuid and the slug. Empty for any other.
  static Optional<String> path(String recipient) {
    var mailbox = MAILBOX.matcher(recipient);
    if (!mailbox.matches()) {
      return Optional.empty();
    }
    var key = mailbox.group(1);
    var slug = mailbox.group(2);
    return slug == null
        ? path("/ping/" + lower(key), PingUrl.Target.ById.class)
        : path("/ping/" + key + "/" + lower(slug), PingUrl.Target.BySlug.class);
  }

  /// @param message SES's name of the message
  /// @param path as [#path] gives it
  /// @param from the sender by the envelope
  /// @param raw the message, or its beginning
  static HttpRequest request(String message, String path, String from, Body raw) {
    return new HttpRequest(
        id(message, path),
        "",
        path,
        "",
        Map.of("x-forwarded-proto", "email", "user-agent", "Email from " + from),
        "",
        raw);
  }

  static boolean isMail(HttpRequest request) {
    return request.method().isEmpty();
  }

  /// The mail as it arrived. It is read only where something of it is searched.
  static Arrival arrival(HttpRequest request, Filters filters) {
    if (!filters.subject() && !filters.mailBody()) {
      return new Arrival.Mail("", "");
    }
    var text = MailText.read(request.body().bytes());
    return new Arrival.Mail(text.subject(), text.body());
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
