package dev.rollcall.migrate.engine;

import dev.rollcall.migrate.document.Migration;
import dev.rollcall.store.RawItems;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Goes over all items of the table, pass by pass, segment by segment, page by page, until a pass
/// has found nothing more to do.
///
/// It may die anywhere: the next one goes on from the segments' rows, and meets again whatever they
/// do not know of. It may be too late anywhere: before each page it looks whether its generation is
/// still the one, and the items it has not come to by then it does not touch. What a page's end
/// that came too late leaves behind, the verifying pass finds.
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

  Worked work(Head seen, Way way, Entry entry, Migration migration, Instant until) {
    var now = watch.now();
    if (seen.notBefore() != null && now.isBefore(seen.notBefore())) {
      return going(seen, way, entry, seen.notBefore(), "waiting until everybody knows");
    }
    var lease = seen.lease();
    if (lease != null && seen.heldFrom(owner, now) && !timing.isAlone()) {
      return going(
          seen,
          way,
          entry,
          lease.until().isBefore(now.plus(THROTTLED)) ? lease.until() : now.plus(THROTTLED),
          "somebody else is working. If that process was killed, its work is taken over in %d s"
              .formatted(Math.max(1, Duration.between(now, lease.until()).toSeconds())));
    }
    if (seen.paused()) {
      return going(seen, way, entry, now.plus(timing.lease()), "paused");
    }
    var taken = meta.take(seen, new Head.Lease(owner, now.plus(timing.lease())));
    if (taken.isEmpty()) {
      return new Worked.Overtaken();
    }
    var worked = passes(taken.get(), way, entry, migration, until);
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

  private Worked passes(Head taken, Way way, Entry entry, Migration migration, Instant until) {
    var head = taken;
    var fastest =
        Objects.requireNonNullElse(setup.itemsPerSecond(), migration.limits().itemsPerSecond());
    var pace = new Pace(watch, fastest);
    var page = new Page(items, migration, way, setup.ids(), watch, pace, setup.abreast());
    while (true) {
      var rows = rows(head, way, entry, migration);
      for (var row : rows) {
        var segment = row;
        while (!segment.done()) {
          var held = hold(head);
          if (held.isEmpty()) {
            return new Worked.Overtaken();
          }
          head = held.get();
          var now = watch.now();
          if (head.paused() || !now.isBefore(until)) {
            return going(
                head, way, entry, now, head.paused() ? "paused" : "more than fits into one call");
          }
          var turned = page.turn(segment, rows.size(), head, now.plus(timing.page()));
          segment =
              segment.after(
                  head.gen(), turned.cursor(), turned.last(), turned.tally(), watch.now());
          if (!meta.save(segment)) {
            return new Worked.Overtaken();
          }
          if (page.isOverBudget()) {
            return stuck(head, way, entry, page);
          }
          if (turned.tired()) {
            return going(head, way, entry, watch.now().plus(THROTTLED), "the table is busy");
          }
        }
      }
      var tally = tally(meta.segments(entry.id(), way), head);
      // A worker that was interrupted has counted what it met; the next pass meets it again.
      if (tally.failed() > 0 && !page.failures().isEmpty()) {
        return stuck(head, way, entry, page);
      }
      var sweep = head.sweep();
      if (tally.isClean() && (sweep.verifying() || !way.isVerified())) {
        return new Worked.Through(head, counts(way, entry, head));
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
        return going(
            head, way, entry, watch.now().plus(THROTTLED), "others keep changing what is left");
      }
      if (wait != null && watch.now().isBefore(wait)) {
        return going(head, way, entry, wait, "waiting before the last look");
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

  /// The segments of this pass, in their order; those that have no row yet are at their beginning.
  private List<Segment> rows(Head head, Way way, Entry entry, Migration migration) {
    var known = new HashMap<Integer, Segment>();
    meta.segments(entry.id(), way).forEach(row -> known.put(row.number(), row));
    var rows = new ArrayList<Segment>();
    for (int number = 0; number < migration.limits().segments(); number++) {
      var row = known.get(number);
      if (row != null && row.isOf(head)) {
        rows.add(row);
      } else {
        var written = row != null && row.isOfRun(head) ? row.written() : 0;
        rows.add(
            Segment.fresh(
                entry.id(),
                way,
                number,
                migration.limits().segments(),
                head,
                written,
                watch.now()));
      }
    }
    return rows;
  }

  private static Segment.Tally tally(List<Segment> rows, Head head) {
    return rows.stream()
        .filter(row -> row.isOf(head))
        .map(Segment::tally)
        .reduce(Segment.Tally.NONE, Segment.Tally::plus);
  }

  private Counts counts(Way way, Entry entry, Head head) {
    var rows = meta.segments(entry.id(), way);
    var tally = tally(rows, head);
    var written = rows.stream().filter(row -> row.isOfRun(head)).mapToLong(Segment::written).sum();
    return new Counts(
        tally.scanned(),
        written,
        Math.max(0, tally.scanned() - tally.changed() - tally.failed() - tally.raced()),
        tally.failed());
  }

  private Worked stuck(Head head, Way way, Entry entry, Page page) {
    var blocked = page.blocked();
    return new Worked.Stuck(head, blocked.reason(), blocked.items(), counts(way, entry, head));
  }

  private Worked going(Head head, Way way, Entry entry, Instant again, String doing) {
    var pace = Estimate.of(meta.segments(entry.id(), way), head, entry);
    return new Worked.Going(new Progress.Going(pace.percent(), again, doing));
  }

  /// An item's key, as it may be shown.
  static String shown(Map<String, AttributeValue> item) {
    var pk = RawItems.text(item, RawItems.PK);
    var secret = pk.startsWith("PINGKEY#") || pk.startsWith("BADGE#") || pk.startsWith("UNIQUE#");
    var end = secret ? Math.min(pk.length(), pk.indexOf('#') + 5) : pk.length();
    return pk.substring(0, end) + (secret ? "…" : "") + " " + RawItems.text(item, RawItems.SK);
  }
}
