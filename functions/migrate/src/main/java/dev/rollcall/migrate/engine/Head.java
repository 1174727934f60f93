package dev.rollcall.migrate.engine;

import dev.rollcall.core.schema.Schema;
import dev.rollcall.store.RawItems;
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
/// @param format above [Meta#FORMAT] when a release wrote it that this one cannot follow
record Head(
    Schema schema,
    long gen,
    @Nullable Intent intent,
    @Nullable Lease lease,
    @Nullable Instant notBefore,
    boolean paused,
    int vocabMax,
    Sweep sweep,
    @Nullable Trouble trouble,
    int format) {

  static final Map<String, AttributeValue> KEY = RawItems.key(RawItems.META, RawItems.SCHEMA);

  /// A table that says nothing of itself.
  static final Head FIRST =
      new Head(Schema.FIRST, 0, null, null, null, false, 1, Sweep.NONE, null, Meta.FORMAT);

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

  /// @param run the generation in which this work began; rows of segments of another run say
  ///   nothing
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
        trouble,
        format);
  }

  Head with(Schema.Phase phase, @Nullable Trouble next) {
    var there = withSchema(schema.level(), schema.writeLevel(), bounds(), phase);
    return new Head(
        there.schema, gen, intent, lease, notBefore, paused, vocabMax, sweep, next, format);
  }

  Head with(@Nullable Intent next) {
    return new Head(schema, gen, next, lease, notBefore, paused, vocabMax, sweep, trouble, format);
  }

  Head with(@Nullable Lease next) {
    return new Head(schema, gen, intent, next, notBefore, paused, vocabMax, sweep, trouble, format);
  }

  Head with(Sweep next, @Nullable Instant wait) {
    return new Head(schema, gen, intent, lease, wait, paused, vocabMax, next, trouble, format);
  }

  Head speaking(int vocab) {
    return new Head(
        schema,
        gen,
        intent,
        lease,
        notBefore,
        paused,
        Math.max(vocabMax, vocab),
        sweep,
        trouble,
        format);
  }

  Head nextGen() {
    return new Head(
        schema, gen + 1, intent, lease, notBefore, paused, vocabMax, sweep, trouble, format);
  }

  Bounds bounds() {
    return new Bounds(schema.minReader(), schema.minWriter());
  }

  static Head read(Optional<Map<String, AttributeValue>> item) {
    return item.map(Head::read).orElse(FIRST);
  }

  private static Head read(Map<String, AttributeValue> item) {
    var fields = new Fields(item);
    var owner = fields.textOrNull(Meta.OWNER);
    var until = fields.instant(Meta.LEASE_UNTIL);
    var was = fields.textOrNull(Meta.BLOCKED_IN);
    return new Head(
        RawItems.schema(item),
        fields.number(Meta.GEN),
        fields.map(Meta.INTENT).map(Head::intent).orElse(null),
        owner == null || until == null ? null : new Lease(owner, until),
        fields.instant(Meta.NOT_BEFORE),
        fields.flag(Meta.PAUSED),
        Math.max(1, fields.integer(Meta.VOCAB_MAX)),
        new Sweep(fields.number(Meta.RUN), fields.integer(Meta.PASS), fields.flag(Meta.VERIFYING)),
        was == null
            ? null
            : new Trouble(
                Schema.Phase.valueOf(was.toUpperCase(Locale.ROOT)),
                fields.text(Meta.REASON),
                fields.texts(Meta.ITEMS)),
        fields.integer(Meta.META_FORMAT));
  }

  private static Intent intent(Fields fields) {
    return new Intent(
        Dir.valueOf(fields.text(Meta.DIR).toUpperCase(Locale.ROOT)),
        fields.text(Meta.ID),
        fields.integer(Meta.TARGET),
        fields.text(Meta.REQUEST_ID),
        fields.flag(Meta.LOSSY));
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
