package dev.rollcall.migrate.document;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;

/// Where generated values come from.
public interface Source {

  /// A random UUID, as text.
  String uuid4();

  /// 128 random bits as 32 hexadecimal digits, in lower case.
  String hex32();

  /// Fit for secrets.
  static Source secure() {
    var random = new SecureRandom();
    return new Source() {
      @Override
      public String uuid4() {
        return UUID.randomUUID().toString();
      }

      @Override
      public String hex32() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
      }
    };
  }
}
