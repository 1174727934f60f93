package dev.rollcall.mail;

import java.io.InputStream;
import java.util.Locale;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

/// The encodings in which mail carries bytes. What is no such encoding is left out or left as it
/// is.
final class Encodings {
  private Encodings() {}

  /// @param encoding as the mail has it
  static InputStream decode(InputStream content, String encoding) {
    // Quotes, comments and parameters are allowed nowhere, and come all the same.
    var plain = encoding.replace("\"", "").strip().toLowerCase(Locale.ROOT);
    return switch (plain.split("[\\s;(]", 2)[0]) {
      case "base64" -> base64(content);
      case "quoted-printable" -> quotedPrintable(content);
      case "x-uuencode", "x-uue", "uuencode", "uue" -> new UuDecoder(content);
      default -> content;
    };
  }

  static InputStream base64(InputStream content) {
    return new Base64InputStream(content, DecodeMonitor.SILENT);
  }

  static InputStream quotedPrintable(InputStream content) {
    return new QuotedPrintableInputStream(content, DecodeMonitor.SILENT);
  }
}
