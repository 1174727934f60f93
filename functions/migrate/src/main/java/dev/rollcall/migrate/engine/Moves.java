package dev.rollcall.migrate.engine;

import dev.rollcall.core.schema.Schema.Phase;
import dev.rollcall.migrate.document.Compat;
import dev.rollcall.migrate.document.Migration;
import dev.rollcall.migrate.engine.Entry.State;
import dev.rollcall.migrate.engine.Head.Intent;
import dev.rollcall.migrate.engine.Head.Sweep;
import dev.rollcall.migrate.engine.Head.Trouble;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The transitions, one method each: what becomes of the head and of the migration concerned. Pure.
///
/// What a function may have read of META before a transition stays true of the items until
/// [Timing#cache] has passed: whatever changes what functions do sets `notBefore`, and no item is
/// touched until then.
///
/// @param head as it is
record Moves(Head head, Timing timing, Instant now) {

  /// @param head without its next generation, which whoever writes it gives it
  /// @param entry the migration as it is then; null when none changes
  record Move(Head head, @Nullable Entry entry, String reason) {}

  /// Anything but SETTLING to EXPANDING: the text is stored, and no item touched yet.
  Move beginExpand(Entry entry, Migration migration, Intent intent) {
    var schema = head.schema();
    var bounds = of(migration.whileExpanding());
    var next =
        head.withSchema(
            schema.level(), schema.writeLevel(), head.bounds().and(bounds), Phase.EXPANDING);
    return new Move(
        begun(next, intent).speaking(migration.vocab()),
        entry.in(State.APPLYING).at(entry.stamps().begun(now)).bounded(bounds),
        "expand to level " + entry.to());
  }

  /// EXPANDING to EXPANDED: a pass found nothing more to do.
  Move expanded(Entry entry, Counts counts) {
    return new Move(
        head.with(Phase.EXPANDED, null).with(Sweep.NONE, null),
        entry.in(State.EXPANDED).counting(counts),
        "expanded");
  }

  /// EXPANDED to SETTLING: only newer releases serve, and write the newer shape from here on.
  Move beginSettle(Entry entry, Migration migration, Intent intent) {
    var bounds = of(migration.whenApplied());
    var next =
        head.withSchema(
            head.schema().level(), entry.to(), head.bounds().and(bounds), Phase.SETTLING);
    return new Move(
        begun(next, intent),
        entry.in(State.SETTLING).bounded(entry.origin().bounds().and(bounds)),
        "settle at level " + entry.to());
  }

  /// SETTLING to STEADY at the next level: the verifying pass found nothing.
  Move settled(Entry entry, Counts counts) {
    var level = Math.max(head.schema().level(), entry.to());
    var next = head.withSchema(level, entry.to(), head.bounds(), Phase.STEADY);
    var there = head.intent() == null || head.intent().target() <= entry.to();
    return new Move(
        (there ? next.with((Intent) null) : next).with(Sweep.NONE, null),
        entry
            .in(State.APPLIED)
            .at(entry.stamps().applied(now))
            .counting(plus(entry.counts(), counts)),
        "settled");
  }

  /// Anything to ROLLING_BACK: everybody writes the older shape from here on.
  ///
  /// @param reached the level that all items have reached; the next way up begins no higher
  Move beginBack(Entry entry, Intent intent, int reached) {
    var schema = head.schema();
    var next =
        head.withSchema(
            Math.min(schema.level(), entry.from()),
            Math.min(Math.min(schema.writeLevel(), entry.from()), reached),
            head.bounds(),
            Phase.ROLLING_BACK);
    return new Move(
        begun(next, intent),
        entry.in(State.ROLLING_BACK).losing(intent.lossy()),
        "back to level " + entry.from());
  }

  /// ROLLING_BACK to STEADY at the level before: the verifying pass found nothing. Only here do the
  /// bounds go down.
  Move wentBack(Entry entry, Counts counts, Bounds remaining) {
    var schema = head.schema();
    var next = head.withSchema(schema.level(), schema.writeLevel(), remaining, Phase.STEADY);
    var there = head.intent() == null || head.intent().target() >= entry.from();
    return new Move(
        (there ? next.with((Intent) null) : next).with(Sweep.NONE, null),
        entry.in(State.ROLLED_BACK).at(entry.stamps().rolledBack(now)).counting(counts),
        "went back");
  }

  /// Anything but ROLLING_BACK to STEADY: an older release gets on with the data as it is. Items
  /// keep what they have; what that release makes has the older shape, and the next way up goes
  /// over all of them again.
  ///
  /// @param top the highest version that any item may have
  /// @param reached the level that all items have reached; the next way up begins no higher
  Move tolerate(int level, int top, int reached) {
    var next =
        head.withSchema(
            Math.max(head.schema().level(), top),
            Math.min(Math.min(head.schema().writeLevel(), level), reached),
            head.bounds(),
            Phase.STEADY);
    return new Move(
        trouble(next, null).with((Intent) null).with(Sweep.NONE, null),
        null,
        "a release of level " + level + " gets on with the data as it is");
  }

  /// STEADY, to STEADY at which the next way up goes over all items again.
  ///
  /// @param level that some items have not left
  Move reopen(int level) {
    var schema = head.schema();
    return new Move(
        head.withSchema(
            schema.level(), Math.min(schema.writeLevel(), level), head.bounds(), Phase.STEADY),
        null,
        "an older release has left items at level " + level);
  }

  /// STEADY, to give up what is kept: the way back, or, of what was taken back, what another way up
  /// would find again.
  Move beginFinalise(Entry entry, Migration migration, Intent intent) {
    var reason = "finalise " + entry.id();
    if (entry.isTakenBack()) {
      return new Move(begun(head, intent), entry, reason);
    }
    var bounds = of(migration.whenFinal());
    var schema = head.schema();
    var next =
        head.withSchema(
            schema.level(), schema.writeLevel(), head.bounds().and(bounds), Phase.STEADY);
    return new Move(
        begun(next, intent),
        entry.in(State.FINALISING).bounded(entry.origin().bounds().and(bounds)),
        reason);
  }

  /// What was taken back stays so: a release that knows nothing of this finds nothing that it does
  /// not know.
  Move finalised(Entry entry) {
    var last = entry.isTakenBack() ? entry : entry.in(State.FINALISED);
    return new Move(restingAfter(entry), last.at(entry.stamps().finalised(now)), "finalised");
  }

  /// Goes on with the next one, if more is wanted.
  private Head restingAfter(Entry entry) {
    var there = head.intent() == null || head.intent().target() <= entry.to();
    return (there ? head.with((Intent) null) : head).with(Sweep.NONE, null);
  }

  /// Anything in work to BLOCKED.
  Move block(Entry entry, String reason, List<String> items, Counts counts) {
    return new Move(
        head.with(Phase.BLOCKED, new Trouble(head.phase(), reason, items)).with(head.sweep(), null),
        entry.counting(counts),
        reason);
  }

  /// BLOCKED to what it was: somebody asked for it again.
  Move resume(Trouble trouble, Intent intent) {
    return new Move(begun(head.with(trouble.was(), null), intent), null, "tried again");
  }

  /// The work as it is, and somebody else's word on how far it goes.
  Move want(Intent intent) {
    return new Move(head.with(intent), null, "somebody else has said how far");
  }

  /// STEADY, or blocked while it was, and nothing more is wanted.
  Move rest() {
    if (head.working() != Phase.STEADY) {
      throw new IllegalStateException("work is under way, and would be forgotten");
    }
    return new Move(
        head.with(Phase.STEADY, null).with((Intent) null).with(Sweep.NONE, null),
        null,
        "nothing more is wanted");
  }

  private Head begun(Head next, Intent intent) {
    return trouble(next, null)
        .with(intent)
        .with(new Sweep(head.gen() + 1, 1, false), now.plus(timing.cache()));
  }

  private static Head trouble(Head next, @Nullable Trouble trouble) {
    return next.with(next.phase(), trouble);
  }

  private static Counts plus(Counts before, Counts then) {
    return new Counts(
        then.scanned(), before.changed() + then.changed(), then.skipped(), then.failed());
  }

  private static Bounds of(Compat.Bounds bounds) {
    return new Bounds(bounds.minReader(), bounds.minWriter());
  }
}
