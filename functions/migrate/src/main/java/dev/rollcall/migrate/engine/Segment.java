package dev.rollcall.migrate.engine;

import dev.rollcall.store.RawItems;
import dev.rollcall.store.RawWrite;
import dev.rollcall.store.Reading;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// How far one part of the table is: `MIG#<id>#SEG#<u|d|p>#<number>`.
///
/// @param segments how many parts there are
/// @param cursor the key of the item looked at last; empty at the beginning
/// @param tally of this pass
/// @param written items in all passes of the run
record Segment(
    String id,
    String letter,
    int number,
    int segments,
    long gen,
    long run,
    int pass,
    Map<String, AttributeValue> cursor,
    boolean done,
    Tally tally,
    long written,
    @Nullable Instant startedAt,
    @Nullable Instant updatedAt) {

  /// Its sort keys.
  static final Pattern KEY =
      Pattern.compile("MIG#(?<id>\\d{4})#SEG#(?<letter>[udp])#(?<number>\\d{3})");

  /// Of one pass over one segment.
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

  /// The segment at the beginning of a pass.
  static Segment fresh(
      String id, Way way, int number, int segments, Head head, long written, Instant now) {
    return new Segment(
        id,
        way.letter(),
        number,
        segments,
        head.gen(),
        head.sweep().run(),
        head.sweep().pass(),
        Map.of(),
        false,
        Tally.NONE,
        written,
        now,
        now);
  }

  boolean isOf(Head head) {
    return isOfRun(head) && pass == head.sweep().pass();
  }

  boolean isOfRun(Head head) {
    return run == head.sweep().run();
  }

  /// A page further.
  Segment after(
      long gen, Map<String, AttributeValue> cursor, boolean done, Tally page, Instant now) {
    return new Segment(
        id,
        letter,
        number,
        segments,
        gen,
        run,
        pass,
        cursor,
        done,
        tally.plus(page),
        written + page.changed(),
        startedAt,
        now);
  }

  /// What is not understood is a doubt.
  ///
  /// @param key its sort key
  static Segment read(Matcher key, Reading fields) {
    return new Segment(
        key.group("id"),
        key.group("letter"),
        Integer.parseInt(key.group("number")),
        fields.count(Meta.SEGMENTS).orElse(0),
        fields.number(Meta.GEN).orElse(0L),
        fields.number(Meta.RUN).orElse(0L),
        fields.count(Meta.PASS).orElse(0),
        fields.map(Meta.CURSOR).map(Segment::cursor).orElse(Map.of()),
        fields.flag(Meta.DONE),
        new Tally(
            fields.number(Meta.SCANNED).orElse(0L),
            fields.number(Meta.CHANGED).orElse(0L),
            fields.number(Meta.RACED).orElse(0L),
            fields.number(Meta.FAILED).orElse(0L)),
        fields.number(Meta.WRITTEN).orElse(0L),
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
            .text(RawItems.PK, RawItems.META)
            .text(
                RawItems.SK,
                "%s%s%s%s#%03d".formatted(Meta.MIGRATION, id, Meta.SEGMENT, letter, number))
            .number(Meta.GEN, gen)
            .number(Meta.RUN, run)
            .number(Meta.PASS, pass)
            .flag(Meta.DONE, done)
            .number(Meta.SCANNED, tally.scanned())
            .number(Meta.CHANGED, tally.changed())
            .number(Meta.RACED, tally.raced())
            .number(Meta.FAILED, tally.failed())
            .number(Meta.WRITTEN, written)
            .number(Meta.SEGMENTS, segments)
            .instant(Meta.STARTED_AT, startedAt)
            .instant(Meta.UPDATED_AT, updatedAt);
    if (!cursor.isEmpty()) {
      fields.with(Meta.CURSOR, AttributeValue.fromM(cursor));
    }
    return new RawWrite.Put(
        fields.attributes(), RawWrite.Only.ANYHOW.and(new RawWrite.Term.AtMost(Meta.GEN, gen)));
  }
}
