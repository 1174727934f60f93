package dev.rollcall.store;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.check.Reason;
import dev.rollcall.core.check.Status;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A flip as attributes: of its own log entry, or of an entry in its check's `untold` map. Its
/// number is the key in either place.
final class FlipRow {
  private static final String AT = "at";
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String REASON = "reason";
  private static final String PING = "ping";

  private FlipRow() {}

  static void write(Flip flip, Row row) {
    row.number(AT, Micros.of(flip.at())).text(FROM, word(flip.from())).text(TO, word(flip.to()));
    if (flip.reason() != null) {
      row.text(REASON, word(flip.reason()));
    }
    row.number(PING, flip.ping());
  }

  /// Whether this release knows what it leads from and to.
  static boolean isKnown(Row row) {
    return known(Status.class, row.text(FROM)).isPresent()
        && known(Status.class, row.text(TO)).isPresent();
  }

  static Flip read(CheckId check, long number, Row row) {
    var reason = row.textOrNull(REASON);
    return new Flip(
        check,
        number,
        Micros.instant(row.number(AT)),
        constant(Status.class, row.text(FROM)),
        constant(Status.class, row.text(TO)),
        reason == null ? null : reason(reason),
        row.number(PING));
  }

  /// A word that this release does not know is no reason to see nothing of the flip.
  static Reason reason(String word) {
    return known(Reason.class, word).orElse(Reason.UNKNOWN);
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return known(type, word)
        .orElseThrow(
            () -> new UnreadableItem("no %s called %s".formatted(type.getSimpleName(), word)));
  }

  /// Empty for a word that only another release knows.
  static <E extends Enum<E>> Optional<E> known(Class<E> type, String word) {
    return Stream.of(type.getEnumConstants())
        .filter(constant -> word(constant).equals(word))
        .findFirst();
  }
}
