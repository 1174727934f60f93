package dev.rollcall.migrate.engine;

import dev.rollcall.store.RawItems;
import dev.rollcall.store.RawWrite;
import dev.rollcall.store.RawWrite.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Reads and writes META. Every transition is one transaction, on items of META only, and holds
/// only for the generation that it was thought out for: of two who decide, one finds out and looks
/// again.
record MetaStore(RawItems items, String who, String release) {

  /// All that is decided by.
  Known known() {
    return Known.of(
        items.read(Head.KEY),
        items.query(RawItems.META, Meta.MIGRATION),
        items.query(RawItems.META, Meta.RELEASE));
  }

  /// What is written there now; empty when it is not understood.
  Optional<Head> head() {
    var doubts = new ArrayList<String>();
    var head = Known.head(items.read(Head.KEY), doubts);
    return doubts.isEmpty() ? Optional.of(head) : Optional.empty();
  }

  /// The pass that is due: as far as it is, or at its beginning where nothing is understood of it.
  ///
  /// @param now null for whoever only looks
  Pass pass(Entry entry, Head head, @Nullable Instant now) {
    var doubts = new ArrayList<String>();
    return items
        .read(Pass.key(entry.id()))
        .map(row -> Pass.read(entry.id(), Known.reading("", row, doubts)))
        .filter(_ -> doubts.isEmpty())
        .map(there -> there.towards(entry, head, now))
        .orElseGet(() -> Pass.fresh(entry, head, now));
  }

  /// @param doubts hears of what is not understood
  List<Event> events(int newest, List<String> doubts) {
    return items.newest(RawItems.META, Meta.EVENT, newest).stream()
        .map(item -> Event.read(Known.reading(RawItems.text(item, RawItems.SK), item, doubts)))
        .toList();
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
              entry.absent(),
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

  /// @return whether it holds; if not, there is nothing that could be paused, or nothing that this
  ///   release understands
  boolean pause(boolean paused) {
    var flag = Fields.none().flag(Meta.PAUSED, paused).attributes();
    var format = AttributeValue.fromN(Integer.toString(Meta.FORMAT));
    return items.write(
            new RawWrite.Edit(
                Head.KEY,
                flag,
                paused ? Set.of() : Set.of(Meta.PAUSED),
                Set.of(),
                RawWrite.Only.EXISTING.and(new Term.NoOther(Meta.META_FORMAT, format))))
        instanceof RawItems.Outcome.Written;
  }

  /// @return whether nobody of a later generation was there
  boolean save(Pass pass) {
    return items.write(pass.write()) instanceof RawItems.Outcome.Written;
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

  /// A text that is recorded is never another one, but for one that was taken back: what did not
  /// take hold may be corrected.
  private static RawWrite.Only sameText(String sha256) {
    return RawWrite.Only.ANYHOW.and(
        new Term.Either(
            new Term.NoOther(Meta.SHA256, AttributeValue.fromS(sha256)),
            new Term.Is(Meta.STATE, AttributeValue.fromS(Entry.State.ROLLED_BACK.word()))));
  }
}
