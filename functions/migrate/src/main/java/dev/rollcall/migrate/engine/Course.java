package dev.rollcall.migrate.engine;

import dev.rollcall.core.schema.Schema.Phase;
import dev.rollcall.migrate.document.Migration;
import dev.rollcall.migrate.engine.Head.Dir;
import dev.rollcall.migrate.engine.Moves.Move;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What is to be done next. Pure: it decides from what META says and what is wanted, again after
/// every step, so that it does not matter who did the step before, or how far it came.
///
/// The direction is always the target against the data.
///
/// @param head what the data says of itself
/// @param ledger what it says of its history
/// @param build this release
record Course(Head head, Ledger ledger, Build build, Timing timing, Instant now) {

  /// What to do.
  sealed interface Next {
    /// What is wanted is there.
    record Finished() implements Next {}

    /// Nothing may be touched.
    record Refuse(String reason) implements Next {}

    /// Somebody has to look.
    record Stuck(Head.Trouble trouble) implements Next {}

    /// A transition.
    record Make(Move move) implements Next {}

    /// As a transition, the first of a migration: whatever backup it wants comes before.
    record Begin(Move move, Migration migration) implements Next {}

    /// Work on the items.
    record Work(Run run) implements Next {}
  }

  Next next(Wish wish) {
    if (head.isAt(Phase.BLOCKED) && !wish.told()) {
      return new Next.Stuck(Objects.requireNonNull(head.trouble()));
    }
    var next = decided(wish);
    if (wish.told()) {
      return wanted(wish, next)
          .filter(intent -> !isIntended(intent))
          .<Next>map(intent -> new Next.Make(moves().want(intent)))
          .orElse(next);
    }
    if (!(next instanceof Next.Finished) && isOvertaken(wish)) {
      return new Next.Refuse(
          "Request %s was overtaken: somebody else has said since what is to become of the data"
              .formatted(wish.requestId()));
    }
    return next;
  }

  private boolean isOvertaken(Wish wish) {
    return head.intent() == null || !wish.isServedBy(head.intent());
  }

  /// What META is to say before work goes on that somebody else has begun: whoever spoke last says
  /// how far it goes.
  private Optional<Head.Intent> wanted(Wish wish, Next next) {
    return switch (next) {
      case Next.Work(Run(var way, var entry, _)) ->
          Optional.of(way == Way.BACK ? backOn(wish, entry) : forward(wish, entry));
      case Next.Finished() when !head.isAt(Phase.STEADY) -> Optional.of(forward(wish, current()));
      case Next.Finished _, Next.Refuse _, Next.Stuck _, Next.Make _, Next.Begin _ ->
          Optional.empty();
    };
  }

  private Head.Intent backOn(Wish wish, Entry entry) {
    var isAgreed = head.intent() != null && head.intent().lossy();
    return wish.backOn(entry.id(), isAgreed);
  }

  /// What settles goes on doing so, for only newer releases serve by then. It leads no further than
  /// that, if the wish is to expand: those that serve know no more.
  private Head.Intent forward(Wish wish, Entry entry) {
    return wish.dir() == Dir.EXPAND && head.working() == Phase.SETTLING
        ? new Head.Intent(
            Dir.SETTLE,
            entry.id(),
            Math.min(wish.target(), entry.to()),
            wish.requestId(),
            wish.lossy())
        : wish.on(entry.id());
  }

  private boolean isIntended(Head.Intent wanted) {
    var intent = head.intent();
    return intent != null
        && intent.dir() == wanted.dir()
        && intent.id().equals(wanted.id())
        && intent.target() == wanted.target()
        && intent.lossy() == wanted.lossy();
  }

  private Next decided(Wish wish) {
    if (wish.dir() == Dir.FINALISE) {
      return new Finality(this).next(wish);
    }
    return wish.dir() == Dir.BACK || wish.target() < ledger.top(head) ? back(wish) : up(wish);
  }

  private Next up(Wish wish) {
    var fork = fork(wish.target());
    if (fork.isPresent()) {
      return new Next.Refuse(fork.get());
    }
    if (head.working() != Phase.STEADY) {
      var gap =
          gap(
              head.working() == Phase.ROLLING_BACK ? current().from() : current().to(),
              wish.target());
      if (gap.isPresent()) {
        return new Next.Refuse(gap.get());
      }
    }
    return switch (head.phase()) {
      case STEADY -> {
        if (head.schema().writeLevel() >= wish.target()) {
          yield finished(wish);
        }
        yield begin(wish, head.schema().writeLevel());
      }
      case EXPANDING -> work(Way.EXPAND);
      case EXPANDED -> wish.dir() == Dir.EXPAND ? new Next.Finished() : settle(wish);
      case SETTLING -> wish.dir() == Dir.EXPAND ? new Next.Finished() : work(Way.SETTLE);
      case ROLLING_BACK -> begin(wish, current().from());
      case BLOCKED -> {
        var trouble = Objects.requireNonNull(head.trouble());
        yield trouble.was() == Phase.ROLLING_BACK
            ? begin(wish, current().from())
            : new Next.Make(moves().resume(trouble, forward(wish, current())));
      }
    };
  }

  private Next begin(Wish wish, int from) {
    var gap = gap(from, wish.target());
    if (gap.isPresent()) {
      return new Next.Refuse(gap.get());
    }
    var migration = build.from(from).orElseThrow();
    var entry =
        ledger
            .entry(migration.id())
            .filter(known -> known.state().isInTheData() || isOf(known, migration))
            .orElseGet(() ->
                new Entry(
                    Entry.Text.of(migration),
                    Entry.State.APPLYING,
                    new Entry.Origin("", "", Bounds.NONE, null, false),
                    Entry.Stamps.NONE,
                    Counts.NONE))
            .begunBy(build.release().name(), wish.requestId());
    return switch (Recorded.of(entry, ledger, build)) {
      case Recorded.Useless(var reason) -> new Next.Refuse(reason);
      case Recorded.Usable(var usable) ->
          new Next.Begin(moves().beginExpand(entry, usable, wish.on(entry.id())), usable);
    };
  }

  private static boolean isOf(Entry entry, Migration migration) {
    return entry.text().sha256().equals(migration.sha256());
  }

  private Next settle(Wish wish) {
    var entry = current();
    return switch (Recorded.of(entry, ledger, build)) {
      case Recorded.Useless(var reason) -> new Next.Refuse(reason);
      case Recorded.Usable(var migration) ->
          new Next.Make(moves().beginSettle(entry, migration, wish.on(entry.id())));
    };
  }

  private Next back(Wish wish) {
    var schema = head.schema();
    var isDecided =
        wish.dir() == Dir.BACK || (head.intent() != null && head.intent().dir() == Dir.BACK);
    if (!isDecided) {
      if (build.policy().onOlder() != Policy.OnOlderRelease.REFUSE
          && head.bounds().bear(wish.target())) {
        return head.isAt(Phase.STEADY) && schema.writeLevel() <= wish.target()
            ? finished(wish)
            : new Next.Make(moves().tolerate(wish.target(), ledger.top(head), reached()));
      }
      if (build.policy().onOlder() != Policy.OnOlderRelease.AUTO) {
        return new Next.Refuse(
            newer(wish.target()) + ", and OnOlderRelease forbids to take it back");
      }
    }
    var steps = ledger.above(wish.target());
    if (ledger.top(head) <= wish.target()) {
      return head.isAt(Phase.STEADY) || head.working() == Phase.STEADY
          ? finished(wish)
          : new Next.Refuse(underWay());
    }
    var obstacle = new WayBack(head, ledger, build).obstacle(steps, wish);
    if (obstacle.isPresent()) {
      return new Next.Refuse(newer(wish.target()) + ". " + obstacle.get());
    }
    var first = steps.getFirst();
    var isUnderWay = head.intent() != null && head.intent().id().equals(first.id());
    if (head.isAt(Phase.ROLLING_BACK) && isUnderWay) {
      return work(Way.BACK);
    }
    var agreed = build.policy().lossy().stream().anyMatch(id -> isAmong(steps, id));
    return new Next.Make(moves().beginBack(first, wish.backOn(first.id(), agreed), reached()));
  }

  /// Going back to where work leads, or beyond, says nothing of that work.
  private String underWay() {
    var entry = current();
    return head.working() == Phase.ROLLING_BACK
        ? "Migration %s is being taken back to level %d, which is below. `apply` brings the data up again"
            .formatted(entry.id(), entry.from())
        : ("Migration %s is under way to level %d. `apply` finishes it, and `rollback --to %d` takes it"
                + " back")
            .formatted(entry.id(), entry.to(), entry.from());
  }

  private static boolean isAmong(List<Entry> steps, String id) {
    return steps.stream().anyMatch(step -> step.id().equals(id));
  }

  /// The level that all items have reached. Settling again, after an older release got on with
  /// newer data, brings items from below a level that the data has had before.
  private int reached() {
    var lower = Math.min(head.schema().level(), head.schema().writeLevel());
    return head.working() == Phase.SETTLING ? Math.min(lower, current().from()) : lower;
  }

  private String newer(int target) {
    return "The data is at level %d (last by release %s), the target is level %d"
        .formatted(
            ledger.top(head),
            ledger.above(target).stream()
                .findFirst()
                .map(entry -> entry.origin().release())
                .orElse("unknown"),
            target);
  }

  private Next work(Way way) {
    var entry = current();
    return switch (Recorded.of(entry, ledger, build)) {
      case Recorded.Useless(var reason) -> new Next.Refuse(reason);
      case Recorded.Usable(var migration) -> new Next.Work(new Run(way, entry, migration));
    };
  }

  /// At rest, whatever was to come next is not wanted any more: neither what somebody else wanted,
  /// nor what this wish has come to the end of.
  Next finished(Wish wish) {
    var intent = head.intent();
    var isOwn = intent != null && intent.dir() == wish.dir() && intent.target() == wish.target();
    var isLeft = wish.told() ? intent != null || head.isAt(Phase.BLOCKED) : isOwn;
    return isLeft ? new Next.Make(moves().rest()) : new Next.Finished();
  }

  /// Whether the data came here by another history than this release's.
  private Optional<String> fork(int target) {
    for (var entry : ledger.above(0)) {
      var own = build.own(entry.id());
      var isSame = own.isPresent() && own.get().sha256().equals(entry.text().sha256());
      if (entry.to() <= target && entry.to() <= build.release().level() && !isSame) {
        return Optional.of(
            ("The data came to level %d by migration %s of release %s, and %s %s. Deploy a release"
                    + " that has the text with SHA-256 %s")
                .formatted(
                    entry.to(),
                    entry.id(),
                    entry.origin().release(),
                    build.release().name(),
                    own.isPresent() ? "has another text for it" : "does not have it",
                    entry.text().sha256().substring(0, 12)));
      }
    }
    return Optional.empty();
  }

  /// Whether a step is missing on the way up, or begins below what this release can read.
  private Optional<String> gap(int from, int target) {
    if (from < build.release().readsFrom()) {
      return Optional.of(
          ("The data is at level %d, and release %s reads from level %d on. Deploy a release in"
                  + " between first")
              .formatted(from, build.release().name(), build.release().readsFrom()));
    }
    for (int level = from; level < target; level++) {
      var missing = level;
      var step = build.from(level).filter(migration -> migration.to() == missing + 1);
      if (step.isEmpty()) {
        return Optional.of(
            "No migration of release %s leads from level %d to level %d"
                .formatted(build.release().name(), level, level + 1));
      }
    }
    return Optional.empty();
  }

  /// What follows when a way has come to its end.
  Move completed(Run run, Counts counts) {
    var entry = run.entry();
    return switch (run.way()) {
      case EXPAND -> moves().expanded(entry, counts);
      case SETTLE -> moves().settled(entry, counts);
      case BACK -> moves().wentBack(entry, counts, ledger.without(entry.id()));
      case FINALISE -> moves().finalised(entry);
    };
  }

  Moves moves() {
    return new Moves(head, timing, now);
  }

  private Entry current() {
    return ledger
        .current(head)
        .orElseThrow(
            () -> new IllegalStateException("META says that work is under way, but not on what"));
  }
}
