package dev.rollcall.migrate.engine;

import dev.rollcall.core.schema.Release;
import dev.rollcall.migrate.document.Backup;
import dev.rollcall.migrate.document.Migration;
import dev.rollcall.migrate.engine.Head.Dir;
import dev.rollcall.migrate.engine.Moves.Move;
import dev.rollcall.migrate.engine.Worker.Worked;
import dev.rollcall.store.RawItems;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Brings the data to a level, and back. How upgrades and going back work is in `docs/upgrades.md`;
/// the transitions are [Moves], what decides between them is [Course], and what touches items is
/// [Worker].
///
/// Every method may be called again at any time, by any number of callers: whoever comes goes on
/// where the data says that it stands. An instance is for one request and its repetitions. The
/// first call says what is wanted; the same call again goes on with it, and is refused once
/// somebody has said something else meanwhile. Where a newer release has written into META what
/// this one does not understand, everything is refused, and nothing touched. Not safe for threads.
public final class Migrator {

  /// After how long a release says again that it is there.
  private static final Duration REGISTER = Duration.ofMinutes(10);

  private final RawItems items;
  private final MetaStore meta;
  private final Build build;
  private final Setup setup;
  private final Worker worker;
  private final boolean isSeen;
  private final Stragglers stragglers;
  private @Nullable Wish last;
  private @Nullable Instant registered;

  /// @param release this build
  /// @param documents its own, in the order of their levels
  public Migrator(RawItems items, Release release, List<Migration> documents, Setup setup) {
    this(items, release, documents, setup, true);
  }

  /// @param isSeen whether the data is to say that this release was here, so that people may be
  ///   told to deploy it
  public Migrator(
      RawItems items, Release release, List<Migration> documents, Setup setup, boolean isSeen) {
    this.isSeen = isSeen;
    this.items = items;
    this.setup = setup;
    build = new Build(release, documents, setup.policy());
    stragglers = new Stragglers(items, setup.watch());
    meta = new MetaStore(items, setup.who(), release.name());
    worker = new Worker(meta, items, setup, setup.who() + "/" + setup.ids().uuid4());
  }

  /// Upwards: gives items what the next level adds, while older releases serve. Downwards: leaves
  /// the data alone if releases of the target get on with it, else takes it back.
  ///
  /// @param target the level of the release that is to serve
  /// @param requestId whoever wants it
  /// @param until when no more work is begun in this call
  public Progress expand(int target, String requestId, Instant until) {
    return tell(new Wish(Dir.EXPAND, target, requestId, false, true), until);
  }

  /// Upwards: brings the data to the target; only releases of that level serve. Downwards as
  /// [#expand].
  public Progress settle(int target, String requestId, Instant until) {
    return tell(new Wish(Dir.SETTLE, target, requestId, false, true), until);
  }

  /// Takes the data back, even if an older release would get on with it.
  ///
  /// @param lossy whether that may be lost which a migration declares to be lost
  public Progress rollback(int target, String requestId, boolean lossy, Instant until) {
    if (target < 1 || target < build.release().readsFrom()) {
      return new Progress.Refused(
          "Release %s reads from level %d on; it can take the data back to that level at most"
              .formatted(build.release().name(), build.release().readsFrom()));
    }
    return tell(new Wish(Dir.BACK, target, requestId, lossy, true), until);
  }

  /// Gives up the way back behind a migration and all before it.
  ///
  /// @param through the id of the last
  public Progress finalise(String through, String requestId, Instant until) {
    var known = meta.known();
    return known
        .refusal(build.release())
        .<Progress>map(Progress.Refused::new)
        .orElseGet(() ->
            known
                .ledger()
                .entry(through)
                .map(entry ->
                    tell(new Wish(Dir.FINALISE, entry.to(), requestId, false, true), until))
                .orElseGet(() ->
                    new Progress.Refused("The data knows no migration %s".formatted(through))));
  }

  /// Goes on with whatever is under way, and says that this release is there. Where nothing is, it
  /// does not look at the history.
  public Progress tick(Instant until) {
    var head = meta.head();
    if (head.isPresent() && head.get().intent() == null) {
      register();
      return new Progress.Done(head.get().schema());
    }
    var known = meta.known();
    return known
        .refusal(build.release())
        .<Progress>map(Progress.Refused::new)
        .or(() -> Wish.of(known.head()).map(wish -> drive(wish, until)))
        .orElseGet(() -> new Progress.Done(known.head().schema()));
  }

  /// Stops the work before its next page, or lets it go on. Nobody forgets anything meanwhile.
  ///
  /// @return whether it holds: not where there is nothing, nor in a META of another format
  public boolean pause(boolean paused) {
    return meta.pause(paused);
  }

  /// What the data says of itself, and how far work is.
  public Report status() {
    return Report.of(meta);
  }

  /// What would be done to reach a level. Writes nothing.
  public Plan plan(int target) {
    var known = meta.known();
    return known
        .refusal(build.release())
        .map(reason -> new Plan(known.said().level(), target, Optional.of(reason), List.of()))
        .orElseGet(
            () -> new DryRun(items, known.head(), known.ledger(), build, setup).plan(target));
  }

  private Progress tell(Wish wish, Instant until) {
    var isSaidAgain = wish.equals(last);
    last = wish;
    return drive(isSaidAgain ? wish.again() : wish, until);
  }

  private Progress drive(Wish said, Instant until) {
    return new Pursuit(new Told(until), build, setup.timing()).of(said);
  }

  /// The data, in a call that begins no more work from an instant on.
  private final class Told implements Pursuit.Data {
    private final Instant until;

    Told(Instant until) {
      this.until = until;
    }

    @Override
    public Instant now() {
      return setup.watch().now();
    }

    @Override
    public Known known() {
      var known = meta.known();
      if (known.refusal(build.release()).isEmpty()) {
        register();
      }
      return known;
    }

    @Override
    public boolean make(Head before, Move move) {
      return meta.make(before, move, now());
    }

    @Override
    public Move backedUp(Move move, Migration migration) {
      var entry = move.entry();
      if (entry == null) {
        return move;
      }
      var mark = setup.backups().mark(now()).orElse(null);
      var marked = entry.at(entry.stamps().restorable(mark));
      return new Move(
          move.head(),
          migration.backup() == Backup.ON_DEMAND
              ? marked.backedUp(setup.backups().take(migration.id()))
              : marked,
          move.reason());
    }

    @Override
    public Worked work(Head head, Run run) {
      return worker.work(head, run, until);
    }

    @Override
    public Stragglers.Found stragglers(List<Migration> applied) {
      var found = stragglers.look(applied, until);
      if (found instanceof Stragglers.Found.NotYet) {
        // Nothing is begun, so the repetition of this call is the first that says what is wanted.
        last = null;
      }
      return found;
    }
  }

  private void register() {
    var now = setup.watch().now();
    if (!isSeen) {
      return;
    }
    if (registered == null || registered.plus(REGISTER).isBefore(now)) {
      meta.register(Seen.of(build.release(), Migration.VOCAB, now));
      registered = now;
    }
  }
}
