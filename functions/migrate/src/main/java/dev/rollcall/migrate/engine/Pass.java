package dev.rollcall.migrate.engine;

import dev.rollcall.store.RawItems;
import dev.rollcall.store.RawWrite;
import dev.rollcall.store.Reading;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// How far one look at every item is: `MIG#<id>#PASS`.
///
/// @param id of the migration
/// @param run the generation in which the run began
/// @param number of the pass in its run, from 1
/// @param cursor the key of the item looked at last; empty at the beginning
/// @param written items in all passes of the run
/// @param total how many items of the kind there are, as somebody has counted before; null in a
///   first pass
record Pass(
    String id,
    long gen,
    long run,
    int number,
    Map<String, AttributeValue> cursor,
    boolean done,
    Tally tally,
    long written,
    @Nullable Long total,
    @Nullable Instant startedAt,
    @Nullable Instant updatedAt) {

  /// Its sort keys.
  static final Pattern KEY = Pattern.compile("MIG#(?<id>\\d{4})" + Meta.OF_PASS);

  /// What became of the items so far.
  ///
  /// @param scanned items of the kind
  /// @param changed items written
  /// @param raced items that others kept changing meanwhile; the next pass meets them again
  /// @param failed items that cannot be changed
  record Tally(long scanned, long changed, long raced, long failed) {
    static final Tally NONE = new Tally(0, 0, 0, 0);

    Tally plus(Tally other) {
      return new Tally(
          scanned + other.scanned,
          changed + other.changed,
          raced + other.raced,
          failed + other.failed);
    }

    boolean isClean() {
      return changed == 0 && raced == 0 && failed == 0;
    }
  }

  /// The pass that is due, at its beginning.
  ///
  /// @param now null for whoever only looks
  static Pass fresh(Entry entry, Head head, @Nullable Instant now) {
    var counted = entry.counts().scanned();
    return new Pass(
        entry.id(),
        head.gen(),
        head.sweep().run(),
        head.sweep().pass(),
        Map.of(),
        false,
        Tally.NONE,
        0,
        counted == 0 ? null : counted,
        now,
        now);
  }

  /// The pass that is due, after this one: this one itself, where it is the one that is due.
  Pass towards(Entry entry, Head head, @Nullable Instant now) {
    var fresh = fresh(entry, head, now);
    if (run != fresh.run) {
      return fresh;
    }
    return number == fresh.number
        ? this
        : new Pass(
            id,
            fresh.gen,
            run,
            fresh.number,
            Map.of(),
            false,
            Tally.NONE,
            written,
            done ? (Long) tally.scanned() : total,
            now,
            now);
  }

  /// A page further.
  Pass after(long gen, Map<String, AttributeValue> cursor, boolean done, Tally page, Instant now) {
    return new Pass(
        id,
        gen,
        run,
        number,
        cursor,
        done,
        tally.plus(page),
        written + page.changed(),
        total,
        startedAt,
        now);
  }

  /// What the run has done, this pass being the last.
  Counts counts() {
    return new Counts(
        tally.scanned(),
        written,
        Math.max(0, tally.scanned() - tally.changed() - tally.failed() - tally.raced()),
        tally.failed());
  }

  static Map<String, AttributeValue> key(String id) {
    return RawItems.key(RawItems.META, Meta.MIGRATION + id + Meta.OF_PASS);
  }

  /// What is not understood is a doubt.
  static Pass read(String id, Reading fields) {
    return new Pass(
        id,
        fields.number(Meta.GEN).orElse(0L),
        fields.number(Meta.RUN).orElse(0L),
        fields.count(Meta.PASS).orElse(0),
        fields.map(Meta.CURSOR).map(Pass::cursor).orElse(Map.of()),
        fields.flag(Meta.DONE),
        new Tally(
            fields.number(Meta.SCANNED).orElse(0L),
            fields.number(Meta.CHANGED).orElse(0L),
            fields.number(Meta.RACED).orElse(0L),
            fields.number(Meta.FAILED).orElse(0L)),
        fields.number(Meta.WRITTEN).orElse(0L),
        fields.number(Meta.TOTAL).orElse(null),
        fields.instant(Meta.STARTED_AT).orElse(null),
        fields.instant(Meta.UPDATED_AT).orElse(null));
  }

  private static Map<String, AttributeValue> cursor(Reading item) {
    var fields = item.requiring(RawItems.PK, RawItems.SK);
    var pk = fields.text(RawItems.PK);
    var sk = fields.text(RawItems.SK);
    return pk.flatMap(partition -> sk.map(sort -> RawItems.key(partition, sort))).orElse(Map.of());
  }

  /// Written only while nobody of a later generation has.
  RawWrite write() {
    var fields =
        Fields.none()
            .number(Meta.GEN, gen)
            .number(Meta.RUN, run)
            .number(Meta.PASS, number)
            .flag(Meta.DONE, done)
            .number(Meta.SCANNED, tally.scanned())
            .number(Meta.CHANGED, tally.changed())
            .number(Meta.RACED, tally.raced())
            .number(Meta.FAILED, tally.failed())
            .number(Meta.WRITTEN, written)
            .instant(Meta.STARTED_AT, startedAt)
            .instant(Meta.UPDATED_AT, updatedAt);
    if (total != null) {
      fields.number(Meta.TOTAL, total);
    }
    if (!cursor.isEmpty()) {
      fields.with(Meta.CURSOR, AttributeValue.fromM(cursor));
    }
    fields.attributes().putAll(key(id));
    return new RawWrite.Put(
        fields.attributes(), RawWrite.Only.ANYHOW.and(new RawWrite.Term.AtMost(Meta.GEN, gen)));
  }
}
