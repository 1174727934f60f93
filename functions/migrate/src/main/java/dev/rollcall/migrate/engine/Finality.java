package dev.rollcall.migrate.engine;

import dev.rollcall.core.schema.Schema.Phase;
import dev.rollcall.migrate.engine.Course.Next;
import dev.rollcall.migrate.engine.Entry.State;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Giving up the way back. Never by itself: somebody has to ask for it.
record Finality(Course course) {

  /// For how long a migration must have been applied, and no older release seen.
  static final Duration BURN_IN = Duration.ofDays(14);

  Next next(Wish wish) {
    var head = course.head();
    if (!head.isAt(Phase.STEADY)) {
      return new Next.Refuse(
          "The data is %s; only data at rest can be finalised"
              .formatted(head.phase().name().toLowerCase(Locale.ROOT)));
    }
    var first =
        course.ledger().entries().stream()
            .filter(entry -> entry.state().isInTheData() && entry.state() != State.FINALISED)
            .filter(entry -> entry.to() <= wish.target())
            .findFirst();
    if (first.isEmpty()) {
      return wish.told() && head.intent() != null
          ? new Next.Make(course.moves().rest())
          : new Next.Finished();
    }
    var entry = first.get();
    var obstacle = obstacle(entry);
    if (obstacle.isPresent()) {
      return new Next.Refuse(obstacle.get());
    }
    return switch (Recorded.of(entry, course.ledger(), course.build())) {
      case Recorded.Useless(var reason) -> new Next.Refuse(reason);
      case Recorded.Usable(var migration) ->
          isUnderWay(entry)
              ? new Next.Work(Way.PURGE, entry, migration)
              : new Next.Make(course.moves().beginPurge(entry, migration, wish.on(entry.id())));
    };
  }

  private boolean isUnderWay(Entry entry) {
    var intent = course.head().intent();
    return entry.state() == State.FINALISING
        && intent != null
        && intent.dir() == Head.Dir.FINALISE
        && intent.id().equals(entry.id());
  }

  private Optional<String> obstacle(Entry entry) {
    if (entry.state() == State.FINALISING) {
      return Optional.empty();
    }
    var head = course.head();
    if (head.schema().writeLevel() < head.schema().level()) {
      return Optional.of(
          "An older release may be serving: everybody writes level %d. Deploy the newer one first"
              .formatted(head.schema().writeLevel()));
    }
    var since = course.now().minus(BURN_IN);
    var applied = entry.stamps().applied();
    if (entry.state() != State.APPLIED || applied == null || applied.isAfter(since)) {
      return Optional.of(
          "Migration %s has not been applied for %d days".formatted(entry.id(), BURN_IN.toDays()));
    }
    if (!course.ledger().strange().isEmpty()) {
      return Optional.of(
          "A release is not understood, and may need the way back. "
              + String.join("; ", course.ledger().strange()));
    }
    return course.ledger().releases().stream()
        .filter(release -> release.level() < entry.to())
        .filter(release -> release.last() == null || release.last().isAfter(since))
        .findFirst()
        .map(release ->
            "Release %s, of level %d, has been seen within %d days: it may need the way back"
                .formatted(release.name(), release.level(), BURN_IN.toDays()));
  }
}
