package dev.rollcall.migrate.engine;

import dev.rollcall.core.schema.Schema;
import dev.rollcall.store.RawItems;
import dev.rollcall.store.RawWrite;
import dev.rollcall.store.Reading;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A line of the history: `EVT#<ulid>`. Appended with the transition that it tells of.
///
/// @param by who asked for it, such as `deploy` or `tick`
/// @param migration the id of the one concerned; empty when there is none
/// @param from the phase before
/// @param to the phase after
public record Event(
    @Nullable Instant at,
    String by,
    String release,
    String migration,
    String from,
    String to,
    long gen,
    String reason) {

  private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  static Event of(
      Instant now, String by, String release, Head before, Head after, Moves.Move move) {
    return new Event(
        now,
        by,
        release,
        move.entry() == null ? "" : move.entry().id(),
        word(before.phase()),
        word(after.phase()),
        after.gen(),
        move.reason());
  }

  private static String word(Schema.Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }

  /// What is not understood is a doubt. Phases are words as they stand there: of a newer release
  /// there may be others.
  static Event read(Reading fields) {
    return new Event(
        fields.instant(Meta.AT).orElse(null),
        fields.text(Meta.BY).orElse(""),
        fields.text(Meta.RELEASE_NAME).orElse(""),
        fields.text(Meta.MIGRATION_ID).orElse(""),
        fields.text(Meta.FROM).orElse(""),
        fields.text(Meta.TO).orElse(""),
        fields.number(Meta.GEN).orElse(0L),
        fields.text(Meta.REASON).orElse(""));
  }

  RawWrite write() {
    return new RawWrite.Put(
        Fields.none()
            .text(RawItems.PK, RawItems.META)
            .text(RawItems.SK, Meta.EVENT + ulid())
            .instant(Meta.AT, at)
            .text(Meta.BY, by)
            .text(Meta.RELEASE_NAME, release)
            .text(Meta.MIGRATION_ID, migration)
            .text(Meta.FROM, from)
            .text(Meta.TO, to)
            .number(Meta.GEN, gen)
            .text(Meta.REASON, reason)
            .attributes(),
        RawWrite.Only.NEW);
  }

  /// 48 bits of milliseconds, then the generation, which no other event has.
  private String ulid() {
    var text = new StringBuilder();
    base32(at == null ? 0 : at.toEpochMilli(), 10, text);
    base32(gen, 16, text);
    return text.toString();
  }

  private static void base32(long number, int digits, StringBuilder text) {
    for (int digit = digits - 1; digit >= 0; digit--) {
      text.append(digit > 12 ? '0' : CROCKFORD.charAt((int) (number >>> (5 * digit)) & 31));
    }
  }
}
