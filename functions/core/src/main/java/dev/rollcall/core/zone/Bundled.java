package dev.rollcall.core.zone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The time zone database that lies beside the classes. Reading it is no more I/O than loading a
/// class: it is there wherever this class is, and always the same.
final class Bundled {
  private Bundled() {}

  static Tzdata database() {
    try (var text = Objects.requireNonNull(Bundled.class.getResourceAsStream("tzdata.zi"))) {
      return new Tzdata(new String(text.readAllBytes(), StandardCharsets.ISO_8859_1));
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
