package dev.rollcall.core.channel;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// An address as a person wrote it, or as a template gave it, made fit for a request: characters
/// that no URI can have are percent-encoded, and a name in another script becomes its ASCII form.
/// Escapes that it has already stay.
///
/// @param uri without user information
/// @param user `name:password` out of the address; empty for none
record WebAddress(URI uri, String user) {

  private static final Pattern SHAPE =
      Pattern.compile("(?i)(https?)://(?:([^/?#@$]*)@)?([^/?#@]+)([^#]*)(?:#.*)?", Pattern.DOTALL);

  /// A name or an address in brackets, and perhaps a port.
  private static final Pattern HOST =
      Pattern.compile("([^:\\[\\]$\\s]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");

  /// What the path and the query of a URI cannot have, and percent signs that begin no escape.
  private static final Pattern UNFIT =
      Pattern.compile("[^\\w.~:/?@!$&'()*+,;=%-]+|%(?!\\p{XDigit}{2})");

  private static final HexFormat ESCAPES = HexFormat.of().withPrefix("%").withUpperCase();

  /// Empty when this is no address of a website: another scheme, no host, or a placeholder before
  /// the path, where a value with a slash would change the host.
  static Optional<WebAddress> read(String text) {
    var parts = SHAPE.matcher(text.strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    var host = HOST.matcher(parts.group(3));
    if (!host.matches()) {
      return Optional.empty();
    }
    try {
      var name = host.group(1).startsWith("[") ? host.group(1) : IDN.toASCII(host.group(1));
      var port = host.group(2) == null ? "" : host.group(2);
      var rest = parts.group(4).startsWith("/") ? parts.group(4) : "/" + parts.group(4);
      var fit = UNFIT.matcher(rest).replaceAll(unfit -> escape(unfit.group()));
      var uri = new URI(parts.group(1) + "://" + name + port + fit);
      var user = parts.group(2) == null ? "" : parts.group(2);
      return uri.getHost() == null || uri.getPort() > 65_535
          ? Optional.empty()
          : Optional.of(new WebAddress(uri, user));
    } catch (URISyntaxException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /// Percent-encodes every character of a text.
  static String escape(String text) {
    return ESCAPES.formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}
