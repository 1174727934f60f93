package dev.rollcall.migrate.engine;

import dev.rollcall.store.RawItems;
import dev.rollcall.store.SchemaItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the data says of itself, for people.
///
/// @param paused whether somebody has stopped the work
/// @param blocked why a person has to look, if one has to
/// @param history oldest first
/// @param events newest first; not all of them
/// @param unclear what this release does not understand of META, as sentences without their full
///   stops; of that the rest may know less than there is
public record Report(
    SchemaItem schema,
    boolean paused,
    Optional<Progress.Blocked> blocked,
    List<Seen> releases,
    List<Past> history,
    List<Event> events,
    List<String> unclear) {

  private static final int EVENTS = 50;

  /// One migration.
  ///
  /// @param state a word, such as `applied`; `unknown` for that of a newer release
  /// @param release that applied it, or tried to
  /// @param by who asked for it
  /// @param finalisedAt since when there is no way back; of one that was taken back, since when
  ///   nothing of it is left
  /// @param progress of the work on its items, while there is some
  public record Past(
      String id,
      String title,
      int from,
      int to,
      String state,
      String release,
      String by,
      @Nullable Instant startedAt,
      @Nullable Instant appliedAt,
      @Nullable Instant rolledBackAt,
      @Nullable Instant finalisedAt,
      @Nullable Instant pitrAt,
      @Nullable String backupArn,
      Counts counts,
      Optional<Estimate> progress) {}

  /// Reads it; writes nothing.
  public static Report in(RawItems items) {
    return of(new MetaStore(items, "", ""));
  }

  static Report of(MetaStore meta) {
    var known = meta.known();
    var unclear = new ArrayList<>(known.doubts());
    unclear.addAll(known.ledger().strange());
    var events = meta.events(EVENTS, unclear);
    var head = known.head();
    return new Report(
        known.said(),
        head.paused(),
        Optional.ofNullable(head.trouble())
            .map(there -> new Progress.Blocked(there.reason(), there.items())),
        known.ledger().releases(),
        known.ledger().entries().stream().map(entry -> past(entry, head, meta)).toList(),
        events,
        List.copyOf(unclear));
  }

  private static Past past(Entry entry, Head head, MetaStore meta) {
    var intent = head.intent();
    var isAtWork =
        intent != null && intent.id().equals(entry.id()) && !head.sweep().equals(Head.Sweep.NONE);
    return new Past(
        entry.id(),
        entry.text().title(),
        entry.from(),
        entry.to(),
        entry.state().word(),
        entry.origin().release(),
        entry.origin().by(),
        entry.stamps().started(),
        entry.stamps().applied(),
        entry.stamps().rolledBack(),
        entry.stamps().finalised(),
        entry.stamps().pitr(),
        entry.origin().backupArn(),
        entry.counts(),
        isAtWork ? Optional.of(Estimate.of(meta.pass(entry, head, null))) : Optional.empty());
  }
}
