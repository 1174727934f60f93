package dev.rollcall.migrate.engine;

import dev.rollcall.store.RawItems;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Goes over all items of the table, pass by pass, page by page, until a pass has found nothing
/// more to do.
///
/// It may die anywhere: the next one goes on from where the pass says that it is, and meets again
/// whatever that does not know of. It may be too late anywhere: before each page it looks whether
/// its generation is still the one, and the items it has not come to by then it does not touch.
/// What a page's end that came too late leaves behind, the verifying pass finds.
final class Worker {

  /// Items of a page.
  static final int PAGE = 100;

  static final Duration THROTTLED = Duration.ofSeconds(5);

  private final MetaStore meta;
  private final RawItems items;
  private final Setup setup;
  private final Timing timing;
  private final Watch watch;
  private final String owner;

  /// @param owner names this worker, and no other
  Worker(MetaStore meta, RawItems items, Setup setup, String owner) {
    this.meta = meta;
    this.items = items;
    this.setup = setup;
    this.owner = owner;
    timing = setup.timing();
    watch = setup.watch();
  }

  /// What came of it.
  sealed interface Worked {
    /// A pass has found nothing more to do, and nobody can be left who does.
    record Through(Head head, Counts counts) implements Worked {}

    /// It has to wait.
    record Going(Progress.Going progress) implements Worked {}

    /// Items cannot be changed.
    record Stuck(Head head, String reason, List<String> items, Counts counts) implements Worked {}

    /// Somebody else decided or works.
    record Overtaken() implements Worked {}
  }

  Worked work(Head seen, Run run, Instant until) {
    var now = watch.now();
    if (seen.notBefore() != null && now.isBefore(seen.notBefore())) {
      return going(due(run, seen), seen.notBefore(), "waiting until everybody knows");
    }
    var lease = seen.lease();
    if (lease != null && seen.heldFrom(owner, now) && !timing.isAlone()) {
      return going(
          due(run, seen),
          lease.until().isBefore(now.plus(THROTTLED)) ? lease.until() : now.plus(THROTTLED),
          "somebody else is working. If that process was killed, its work is taken over in %d s"
              .formatted(Math.max(1, Duration.between(now, lease.until()).toSeconds())));
    }
    if (seen.paused()) {
      return going(due(run, seen), now.plus(timing.lease()), "paused");
    }
    var taken = meta.take(seen, new Head.Lease(owner, now.plus(timing.lease())));
    if (taken.isEmpty()) {
      return new Worked.Overtaken();
    }
    var worked = passes(taken.get(), run, until);
    if (worked instanceof Worked.Going) {
      release();
    }
    return worked;
  }

  private void release() {
    meta.head()
        .filter(head -> head.heldBy(owner, Instant.MIN))
        .ifPresent(head -> meta.write(head, head.with((Head.Lease) null)));
  }

  private Worked passes(Head taken, Run run, Instant until) {
    var head = taken;
    var page = new Page(items, run, setup.ids(), watch);
    while (true) {
      var pass = due(run, head);
      while (!pass.done()) {
        var held = hold(head);
        if (held.isEmpty()) {
          return new Worked.Overtaken();
        }
        head = held.get();
        var now = watch.now();
        if (head.paused() || !now.isBefore(until)) {
          return going(pass, now, head.paused() ? "paused" : "more than fits into one call");
        }
        var turned = page.turn(pass, head, now.plus(timing.page()));
        pass = pass.after(head.gen(), turned.cursor(), turned.last(), turned.tally(), watch.now());
        if (!meta.save(pass)) {
          return new Worked.Overtaken();
        }
        if (page.isOverBudget()) {
          return stuck(head, pass, page);
        }
        if (turned.tired()) {
          return going(pass, watch.now().plus(THROTTLED), "the table is busy");
        }
      }
      var tally = pass.tally();
      // A worker that was interrupted has counted what it met; the next pass meets it again.
      if (tally.failed() > 0 && !page.failures().isEmpty()) {
        return stuck(head, pass, page);
      }
      var sweep = head.sweep();
      if (tally.isClean() && (sweep.verifying() || !run.way().isVerified())) {
        return new Worked.Through(head, pass.counts());
      }
      var wait = tally.isClean() ? watch.now().plus(timing.verify()) : null;
      var next =
          meta.write(
              head,
              head.with(new Head.Sweep(sweep.run(), sweep.pass() + 1, tally.isClean()), wait));
      if (next.isEmpty()) {
        return new Worked.Overtaken();
      }
      head = next.get();
      if (tally.raced() > 0 && tally.changed() == 0) {
        return going(pass, watch.now().plus(THROTTLED), "others keep changing what is left");
      }
      if (wait != null && watch.now().isBefore(wait)) {
        return going(pass, wait, "waiting before the last look");
      }
    }
  }

  /// Whether the generation is still this worker's, read from the table; holds it longer when half
  /// of the lease has gone by.
  private Optional<Head> hold(Head mine) {
    var there = meta.head().filter(head -> head.gen() == mine.gen());
    if (there.isEmpty()) {
      return Optional.empty();
    }
    var head = there.get();
    var now = watch.now();
    var lease = head.lease();
    if (lease != null && lease.until().isAfter(now.plus(timing.lease().dividedBy(2)))) {
      return Optional.of(head);
    }
    var until = now.plus(timing.lease());
    return meta.renew(head, until)
        ? Optional.of(head.with(new Head.Lease(owner, until)))
        : Optional.empty();
  }

  private Pass due(Run run, Head head) {
    return meta.pass(run.entry(), head, watch.now());
  }

  private static Worked stuck(Head head, Pass pass, Page page) {
    var blocked = page.blocked();
    return new Worked.Stuck(head, blocked.reason(), blocked.items(), pass.counts());
  }

  private static Worked going(Pass pass, Instant again, String doing) {
    return new Worked.Going(new Progress.Going(Estimate.of(pass).percent(), again, doing));
  }

  /// An item's key, as it may be shown.
  static String shown(Map<String, AttributeValue> item) {
    var pk = RawItems.text(item, RawItems.PK);
    var secret = pk.startsWith("PINGKEY#") || pk.startsWith("BADGE#") || pk.startsWith("UNIQUE#");
    var end = secret ? Math.min(pk.length(), pk.indexOf('#') + 5) : pk.length();
    return pk.substring(0, end) + (secret ? "…" : "") + " " + RawItems.text(item, RawItems.SK);
  }
}
