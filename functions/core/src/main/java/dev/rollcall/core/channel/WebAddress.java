package dev.rollcall.core.channel;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// An address as a person wrote it, or as a template gave it, made fit for a request: characters
/// that no URI can have are percent-encoded, and a name in another script becomes its ASCII form.
/// Escapes that it has already stay.
///
/// @param uri without user information
/// @param credentials `name:password` out of the address, as basic authentication has them: escapes
///   are decoded, and the colon is there when the address has none; empty for none
record WebAddress(URI uri, String credentials) {

  /// Scheme, authority, and the rest up to a fragment. The authority ends at the first slash,
  /// question mark or hash, whatever is in it (RFC 3986, section 3.2).
  private static final Pattern SHAPE =
      Pattern.compile("(?i)(https?)://([^/?#]*)([^#]*)(?:#.*)?", Pattern.DOTALL);

  /// A name or an address in brackets, and perhaps a port.
  private static final Pattern HOST =
      Pattern.compile("([^:\\[\\]$\\s]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");

  /// What the path and the query of a URI cannot have, and percent signs that begin no escape.
  private static final Pattern UNFIT =
      Pattern.compile("[^\\w.~:/?@!$&'()*+,;=%-]+|%(?!\\p{XDigit}{2})");

  private static final HexFormat ESCAPES = HexFormat.of().withPrefix("%").withUpperCase();

  /// Empty when this is no address of a website: another scheme, no host, or a placeholder before
  /// the path, where a value with a slash would change the host. The host is what stands behind the
  /// last `@` of the authority, as for every browser.
  static Optional<WebAddress> read(String text) {
    var parts = SHAPE.matcher(text.strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    var authority = parts.group(2);
    var at = authority.lastIndexOf('@');
    var user = authority.substring(0, Math.max(at, 0));
    var host = HOST.matcher(authority.substring(at + 1));
    if (!host.matches() || user.contains("$")) {
      return Optional.empty();
    }
    try {
      var name = host.group(1).startsWith("[") ? host.group(1) : IDN.toASCII(host.group(1));
      var port = host.group(2) == null ? "" : host.group(2);
      var rest = parts.group(3).startsWith("/") ? parts.group(3) : "/" + parts.group(3);
      var fit = UNFIT.matcher(rest).replaceAll(unfit -> escape(unfit.group()));
      var uri = new URI(parts.group(1) + "://" + name + port + fit);
      return uri.getHost() == null || uri.getPort() > 65_535
          ? Optional.empty()
          : Optional.of(new WebAddress(uri, credentials(user)));
    } catch (URISyntaxException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /// What is wrong with an address that is new, as a sentence without its subject. This is stricter
  /// than [#read]: what programs read in different ways would go to another host than the one that
  /// was meant.
  static Optional<String> fault(String text) {
    var stripped = text.strip();
    if (stripped.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("has a control character, such as a line break; leave it out");
    }
    if (stripped.contains("\\")) {
      return Optional.of("has a \\, which no address has; write / or %5C");
    }
    var parts = SHAPE.matcher(stripped);
    if (parts.matches() && parts.group(2).indexOf('@') != parts.group(2).lastIndexOf('@')) {
      return Optional.of("has more than one @ before its path; write %40 in a name or a password");
    }
    return read(text).isPresent()
        ? Optional.empty()
        : Optional.of("is not an address that begins with http:// or https:// and a host");
  }

  /// Percent-encodes every character of a text.
  static String escape(String text) {
    return ESCAPES.formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The first colon parts name and password, before anything is decoded: one in an escape is part
  /// of its text.
  private static String credentials(String user) {
    if (user.isEmpty()) {
      return "";
    }
    var colon = user.indexOf(':');
    return colon < 0
        ? decode(user) + ":"
        : decode(user.substring(0, colon)) + ":" + decode(user.substring(colon + 1));
  }

  /// Percent signs that begin no escape stay.
  private static String decode(String text) {
    var escaped = text.replaceAll("%(?!\\p{XDigit}{2})", "%25").replace("+", "%2B");
    return URLDecoder.decode(escaped, StandardCharsets.UTF_8);
  }
}
