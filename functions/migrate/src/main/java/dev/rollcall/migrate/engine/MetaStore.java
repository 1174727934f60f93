package dev.rollcall.migrate.engine;

import dev.rollcall.store.RawItems;
import dev.rollcall.store.RawWrite;
import dev.rollcall.store.RawWrite.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Reads and writes META. Every transition is one transaction, on items of META only, and holds
/// only for the generation that it was thought out for: of two who decide, one finds out and looks
/// again.
record MetaStore(RawItems items, String who, String release) {

  Head head() {
    return Head.read(items.read(Head.KEY));
  }

  Ledger ledger() {
    return new Ledger(
        items.query(RawItems.META, Meta.MIGRATION).stream()
            .filter(item -> !Segment.isKey(new Fields(item).text(RawItems.SK)))
            .map(Entry::read)
            .toList(),
        releases());
  }

  List<Seen> releases() {
    return items.query(RawItems.META, Meta.RELEASE).stream().map(Seen::read).toList();
  }

  List<Segment> segments(String id, Way way) {
    return items
        .query(RawItems.META, Meta.MIGRATION + id + Meta.SEGMENT + way.letter() + "#")
        .stream()
        .map(Segment::read)
        .toList();
  }

  List<Event> events(int newest) {
    return items.newest(RawItems.META, Meta.EVENT, newest).stream().map(Event::read).toList();
  }

  /// @return whether it is done; if not, somebody else came first
  boolean make(Head before, Moves.Move move, Instant now) {
    var next = move.head().nextGen().with((Head.Lease) null);
    var writes = new ArrayList<RawWrite>();
    writes.add(edit(before, next));
    var entry = move.entry();
    if (entry != null) {
      writes.add(
          new RawWrite.Edit(
              Entry.key(entry.id()),
              entry.attributes(),
              Set.of(),
              Set.of(),
              sameText(entry.text().sha256())));
    }
    writes.add(Event.of(now, who, release, before, next, move).write());
    return items.writeAll(writes);
  }

  /// Takes the work, whoever had it: an older generation ends here.
  ///
  /// @return empty when somebody else came first
  Optional<Head> take(Head before, Head.Lease lease) {
    return write(before, before.nextGen().with(lease));
  }

  /// Writes a head of the same or the next generation.
  Optional<Head> write(Head before, Head after) {
    return items.write(edit(before, after)) instanceof RawItems.Outcome.Written
        ? Optional.of(after)
        : Optional.empty();
  }

  /// Holds the work longer.
  boolean renew(Head head, Instant until) {
    var fields = Fields.none().instant(Meta.LEASE_UNTIL, until);
    return items.write(
            new RawWrite.Edit(Head.KEY, fields.attributes(), Set.of(), Set.of(), only(head)))
        instanceof RawItems.Outcome.Written;
  }

  void pause(boolean paused) {
    var flag = Fields.none().flag(Meta.PAUSED, paused).attributes();
    items.write(
        new RawWrite.Edit(
            Head.KEY,
            flag,
            paused ? Set.of() : Set.of(Meta.PAUSED),
            Set.of(),
            RawWrite.Only.EXISTING));
  }

  /// @return whether nobody of a later generation was there
  boolean save(Segment segment) {
    return items.write(segment.write()) instanceof RawItems.Outcome.Written;
  }

  void register(Seen release) {
    if (!(items.write(release.again()) instanceof RawItems.Outcome.Written)) {
      items.write(release.anew());
    }
  }

  private static RawWrite edit(Head before, Head after) {
    return new RawWrite.Edit(Head.KEY, after.attributes(), after.absent(), Set.of(), only(before));
  }

  private static RawWrite.Only only(Head before) {
    return new RawWrite.Only(
        List.of(
            before.gen() == 0
                ? new Term.Absent(Meta.GEN)
                : new Term.Is(Meta.GEN, AttributeValue.fromN(Long.toString(before.gen())))));
  }

  /// A text that is recorded is never another one.
  private static RawWrite.Only sameText(String sha256) {
    return RawWrite.Only.ANYHOW.and(new Term.NoOther(Meta.SHA256, AttributeValue.fromS(sha256)));
  }
}
