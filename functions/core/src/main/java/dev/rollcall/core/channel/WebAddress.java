package dev.rollcall.core.channel;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
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

  private static final String LEGAL = "-._~:/?@!$&'()*+,;=";

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
      var uri = new URI(parts.group(1) + "://" + name + port + encode(rest));
      var user = parts.group(2) == null ? "" : parts.group(2);
      return uri.getHost() == null || uri.getPort() > 65_535
          ? Optional.empty()
          : Optional.of(new WebAddress(uri, user));
    } catch (URISyntaxException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static String encode(String rest) {
    var out = new StringBuilder();
    var bytes = rest.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      var character = (char) (bytes[i] & 0xff);
      if (isLegal(character) || (character == '%' && isEscape(bytes, i))) {
        out.append(character);
      } else {
        out.append("%%%02X".formatted((int) character));
      }
    }
    return out.toString();
  }

  private static boolean isLegal(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || LEGAL.indexOf(character) >= 0;
  }

  private static boolean isEscape(byte[] bytes, int at) {
    return at + 2 < bytes.length
        && Character.digit(bytes[at + 1], 16) >= 0
        && Character.digit(bytes[at + 2], 16) >= 0;
  }
}
