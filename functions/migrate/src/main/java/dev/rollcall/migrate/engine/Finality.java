package dev.rollcall.migrate.engine;

import dev.rollcall.core.schema.Schema.Phase;
import dev.rollcall.migrate.engine.Course.Next;
import dev.rollcall.migrate.engine.Entry.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Giving up the way back; and of migrations that were taken back, what another way up would find
/// again. Never by itself: somebody has to ask for it.
record Finality(Course course) {

  /// For how long a migration must have been applied, and no older release seen.
  static final Duration BURN_IN = Duration.ofDays(14);

  Next next(Wish wish) {
    var head = course.head();
    if (head.working() != Phase.STEADY) {
      return new Next.Refuse(
          "The data is %s; only data at rest can be finalised"
              .formatted(head.phase().name().toLowerCase(Locale.ROOT)));
    }
    var applied = applied(wish.target());
    var takenBack = takenBack(wish.target());
    var all = Stream.concat(applied.stream(), takenBack.stream()).toList();
    if (all.isEmpty()) {
      return course.finished(wish);
    }
    // All are looked at before the first.
    var refusal =
        all.stream()
            .limit(wish.told() ? all.size() : 1)
            .flatMap(entry -> obstacle(entry).stream())
            .findFirst();
    if (refusal.isPresent()) {
      return new Next.Refuse(refusal.get());
    }
    var entry = all.getFirst();
    var trouble = head.trouble();
    if (trouble != null) {
      return new Next.Make(course.moves().resume(trouble, wish.on(entry.id())));
    }
    return switch (Recorded.of(entry, course.ledger(), course.build())) {
      case Recorded.Useless(var reason) -> new Next.Refuse(reason);
      case Recorded.Usable(var migration) ->
          isUnderWay(entry) && isIntended(entry)
              ? new Next.Work(new Run(Way.FINALISE, entry, migration))
              : new Next.Make(course.moves().beginFinalise(entry, migration, wish.on(entry.id())));
    };
  }

  private List<Entry> applied(int target) {
    return course.ledger().entries().stream()
        .filter(entry -> entry.state().isInTheData() && entry.state() != State.FINALISED)
        .filter(entry -> entry.to() <= target)
        .toList();
  }

  /// Of migrations above the level of the data. Below it another release's has taken their place,
  /// and whoever serves now has their level: whether the former may come back cannot be told from
  /// that.
  private List<Entry> takenBack(int target) {
    return course.ledger().entries().stream()
        .filter(entry -> entry.state() == State.ROLLED_BACK && entry.stamps().finalised() == null)
        .filter(entry -> entry.to() > course.head().schema().level() && entry.to() <= target)
        .toList();
  }

  /// Whether it was begun, and is gone on with.
  private boolean isUnderWay(Entry entry) {
    return entry.isTakenBack() ? isIntended(entry) : entry.state() == State.FINALISING;
  }

  private boolean isIntended(Entry entry) {
    var intent = course.head().intent();
    return intent != null && intent.dir() == Head.Dir.FINALISE && intent.id().equals(entry.id());
  }

  private Optional<String> whileTakenBack(Entry entry) {
    var since = course.now().minus(BURN_IN);
    var back = entry.stamps().rolledBack();
    if (back == null || back.isAfter(since)) {
      return Optional.of(
          "Migration %s was taken back less than %d days ago"
              .formatted(entry.id(), BURN_IN.toDays()));
    }
    var self = course.build().release().name();
    return seen(
        release -> release.level() >= entry.to() && !release.name().equals(self),
        since,
        "it may need what is left there");
  }

  private Optional<String> obstacle(Entry entry) {
    if (isUnderWay(entry)) {
      return Optional.empty();
    }
    return entry.isTakenBack() ? whileTakenBack(entry) : whileApplied(entry);
  }

  private Optional<String> whileApplied(Entry entry) {
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
    return seen(release -> release.level() < entry.to(), since, "it may need the way back");
  }

  /// Whether one of these releases may still be about.
  private Optional<String> seen(Predicate<Seen> which, Instant since, String why) {
    if (!course.ledger().strange().isEmpty()) {
      return Optional.of(
          "A release is not understood, and may need what would be given up. "
              + String.join("; ", course.ledger().strange()));
    }
    return course.ledger().releases().stream()
        .filter(which)
        .filter(release -> release.last() == null || release.last().isAfter(since))
        .findFirst()
        .map(release ->
            "Release %s, of level %d, has been seen within %d days: %s"
                .formatted(release.name(), release.level(), BURN_IN.toDays(), why));
  }
}
