package dev.rollcall.migrate.engine;

import dev.rollcall.core.schema.Schema;
import dev.rollcall.store.RawItems;
import dev.rollcall.store.Reading;
import dev.rollcall.store.SchemaItem;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The item `SCHEMA` of META, whole: what every release reads of it, and what only migrations do.
///
/// @param gen raised by each transition and whenever somebody takes the work over; whoever holds an
///   older one writes nothing any more. 0: there is no item
/// @param intent what is under way, or stands between two steps
/// @param lease who works, until when without another word
/// @param notBefore until when every function may still act on what this item said before
/// @param sweep how far the work on the items is
/// @param trouble why a person has to look, while the phase is `blocked`
record Head(
    Schema schema,
    long gen,
    @Nullable Intent intent,
    @Nullable Lease lease,
    @Nullable Instant notBefore,
    boolean paused,
    int vocabMax,
    Sweep sweep,
    @Nullable Trouble trouble) {

  static final Map<String, AttributeValue> KEY = RawItems.key(RawItems.META, RawItems.SCHEMA);

  /// A table that says nothing of itself.
  static final Head FIRST = new Head(Schema.FIRST, 0, null, null, null, false, 1, Sweep.NONE, null);

  /// Attributes that are absent when they have nothing to say. Not `paused`: whoever sets it sets
  /// nothing else, at any moment.
  private static final Set<String> OPTIONAL =
      Set.of(
          Meta.INTENT,
          Meta.OWNER,
          Meta.LEASE_UNTIL,
          Meta.NOT_BEFORE,
          Meta.VERIFYING,
          Meta.BLOCKED_IN,
          Meta.REASON,
          Meta.ITEMS);

  /// What somebody wants.
  enum Dir {
    /// Give items what the target adds; older releases serve.
    EXPAND,
    /// Bring the data to the target; only newer releases serve.
    SETTLE,
    /// Give the data its former shape.
    BACK,
    /// Give up the way back.
    FINALISE
  }

  /// @param id of the migration in work
  /// @param target the level wanted
  /// @param requestId of whoever wanted it
  /// @param lossy whether it was agreed that going back loses something
  record Intent(Dir dir, String id, int target, String requestId, boolean lossy) {}

  record Lease(String owner, Instant until) {}

  /// @param run the generation in which this work began; what is written of a pass of another run
  ///   says nothing
  /// @param pass counts from 1: one pass looks at every item once
  /// @param verifying whether the pass follows on a clean one and a wait
  record Sweep(long run, int pass, boolean verifying) {
    static final Sweep NONE = new Sweep(0, 0, false);
  }

  /// @param was the phase in which it happened
  /// @param items keys of items, abridged where they are secret
  record Trouble(Schema.Phase was, String reason, List<String> items) {}

  Schema.Phase phase() {
    return schema.phase();
  }

  boolean isAt(Schema.Phase phase) {
    return schema.phase() == phase;
  }

  /// The phase of the work, if it is blocked, or else of the data.
  Schema.Phase working() {
    return isAt(Schema.Phase.BLOCKED) && trouble != null ? trouble.was() : phase();
  }

  /// Whether somebody other than `owner` holds the lease.
  boolean heldFrom(String owner, Instant now) {
    return lease != null && !lease.owner().equals(owner) && lease.until().isAfter(now);
  }

  boolean heldBy(String owner, Instant now) {
    return lease != null && lease.owner().equals(owner) && lease.until().isAfter(now);
  }

  Head withSchema(int level, int writeLevel, Bounds bounds, Schema.Phase phase) {
    return new Head(
        new Schema(level, writeLevel, bounds.minReader(), bounds.minWriter(), phase),
        gen,
        intent,
        lease,
        notBefore,
        paused,
        vocabMax,
        sweep,
        trouble);
  }

  Head with(Schema.Phase phase, @Nullable Trouble next) {
    var there = withSchema(schema.level(), schema.writeLevel(), bounds(), phase);
    return new Head(there.schema, gen, intent, lease, notBefore, paused, vocabMax, sweep, next);
  }

  Head with(@Nullable Intent next) {
    return new Head(schema, gen, next, lease, notBefore, paused, vocabMax, sweep, trouble);
  }

  Head with(@Nullable Lease next) {
    return new Head(schema, gen, intent, next, notBefore, paused, vocabMax, sweep, trouble);
  }

  Head with(Sweep next, @Nullable Instant wait) {
    return new Head(schema, gen, intent, lease, wait, paused, vocabMax, next, trouble);
  }

  Head speaking(int vocab) {
    return new Head(
        schema, gen, intent, lease, notBefore, paused, Math.max(vocabMax, vocab), sweep, trouble);
  }

  Head nextGen() {
    return new Head(schema, gen + 1, intent, lease, notBefore, paused, vocabMax, sweep, trouble);
  }

  Bounds bounds() {
    return new Bounds(schema.minReader(), schema.minWriter());
  }

  /// What is not understood is read as if it were not there, and is a doubt.
  ///
  /// @param said what the item says of the shape of the data
  static Head read(SchemaItem said, Reading item) {
    said.unclear().forEach(item.doubts());
    var fields = item.requiring(Meta.GEN);
    fields
        .level(Meta.META_FORMAT)
        .filter(format -> format > Meta.FORMAT)
        .ifPresent(format ->
            fields.doubt(
                Meta.META_FORMAT,
                "says format %d, and this release knows format %d".formatted(format, Meta.FORMAT)));
    return new Head(
        said.schema().orElse(Schema.FIRST),
        gen(fields),
        fields.map(Meta.INTENT).flatMap(Head::intent).orElse(null),
        lease(fields).orElse(null),
        fields.instant(Meta.NOT_BEFORE).orElse(null),
        fields.flag(Meta.PAUSED),
        fields.level(Meta.VOCAB_MAX).orElse(1),
        new Sweep(
            fields.number(Meta.RUN).orElse(0L),
            fields.count(Meta.PASS).orElse(0),
            fields.flag(Meta.VERIFYING)),
        fields
            .word(Meta.BLOCKED_IN, Schema.Phase.class)
            .map(was ->
                new Trouble(was, fields.text(Meta.REASON).orElse(""), fields.texts(Meta.ITEMS)))
            .orElse(null));
  }

  private static long gen(Reading fields) {
    var gen = fields.number(Meta.GEN);
    gen.filter(number -> number < 1)
        .ifPresent(_ -> fields.doubt(Meta.GEN, "is no number from 1 on"));
    return gen.orElse(0L);
  }

  private static Optional<Lease> lease(Reading fields) {
    var owner = fields.text(Meta.OWNER);
    var until = fields.instant(Meta.LEASE_UNTIL);
    return owner.flatMap(who -> until.map(end -> new Lease(who, end)));
  }

  private static Optional<Intent> intent(Reading item) {
    var fields = item.requiring(Meta.DIR, Meta.ID, Meta.TARGET);
    var dir = fields.word(Meta.DIR, Dir.class);
    var id = fields.text(Meta.ID);
    var target = fields.level(Meta.TARGET);
    var requestId = fields.text(Meta.REQUEST_ID).orElse("");
    var isLossy = fields.flag(Meta.LOSSY);
    return dir.flatMap(way ->
        id.flatMap(migration ->
            target.map(level -> new Intent(way, migration, level, requestId, isLossy))));
  }

  /// What is set when this is written, without the key.
  Map<String, AttributeValue> attributes() {
    var fields = new Fields(new HashMap<>(RawItems.item(schema)));
    KEY.keySet().forEach(fields.attributes()::remove);
    fields
        .number(Meta.META_FORMAT, Meta.FORMAT)
        .number(Meta.GEN, gen)
        .number(Meta.VOCAB_MAX, vocabMax)
        .number(Meta.RUN, sweep.run())
        .number(Meta.PASS, sweep.pass())
        .flag(Meta.VERIFYING, sweep.verifying())
        .instant(Meta.NOT_BEFORE, notBefore);
    if (intent != null) {
      fields.map(
          Meta.INTENT,
          Fields.none()
              .text(Meta.DIR, intent.dir().name().toLowerCase(Locale.ROOT))
              .text(Meta.ID, intent.id())
              .number(Meta.TARGET, intent.target())
              .text(Meta.REQUEST_ID, intent.requestId())
              .flag(Meta.LOSSY, intent.lossy()));
    }
    if (lease != null) {
      fields.text(Meta.OWNER, lease.owner()).instant(Meta.LEASE_UNTIL, lease.until());
    }
    if (trouble != null) {
      fields
          .text(Meta.BLOCKED_IN, trouble.was().name().toLowerCase(Locale.ROOT))
          .text(Meta.REASON, trouble.reason())
          .texts(Meta.ITEMS, trouble.items());
    }
    return fields.attributes();
  }

  /// What is removed when this is written.
  Set<String> absent() {
    var absent = new HashSet<>(OPTIONAL);
    absent.removeAll(attributes().keySet());
    return absent;
  }
}
