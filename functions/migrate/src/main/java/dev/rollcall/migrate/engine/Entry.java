package dev.rollcall.migrate.engine;

import dev.rollcall.migrate.document.Migration;
import dev.rollcall.store.RawItems;
import dev.rollcall.store.Reading;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A migration as the data remembers it: `MIG#<id>`. It is never deleted.
record Entry(Text text, State state, Origin origin, Stamps stamps, Counts counts) {

  /// Attributes that are absent when they have nothing to say.
  private static final Set<String> OPTIONAL =
      Set.of(
          Meta.BACKUP_ARN,
          Meta.LOSS_ACK,
          Meta.STARTED_AT,
          Meta.APPLIED_AT,
          Meta.ROLLED_BACK_AT,
          Meta.FINALISED_AT,
          Meta.PITR_AT);

  /// What is there from the first moment on, and never changes.
  ///
  /// @param document the whole document, canonical. This is what an older release takes it back by
  record Text(
      String id, String title, String document, String sha256, int vocab, int from, int to) {
    static Text of(Migration migration) {
      return new Text(
          migration.id(),
          migration.title(),
          migration.canonical(),
          migration.sha256(),
          migration.vocab(),
          migration.from(),
          migration.to());
    }
  }

  /// Where one migration stands.
  enum State {
    APPLYING,
    EXPANDED,
    SETTLING,
    APPLIED,
    ROLLING_BACK,
    ROLLED_BACK,
    FINALISING,
    FINALISED,
    /// A word of a newer release. Nothing is done while there is one.
    UNKNOWN;

    private static final List<State> WRITTEN =
        Stream.of(values()).filter(state -> state != UNKNOWN).toList();

    /// Whether items may have its shape.
    boolean isInTheData() {
      return this != ROLLED_BACK;
    }

    /// Whether its items are on their way.
    boolean isWorking() {
      return this == APPLYING || this == EXPANDED || this == SETTLING || this == ROLLING_BACK;
    }

    /// Whether there is no way back.
    boolean isFinal() {
      return this == FINALISING || this == FINALISED;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param release that began it last
  /// @param by who asked for it
  /// @param bounds which releases bear the data for its sake, from now on until it is taken back
  /// @param lossAck somebody agreed that going back loses something
  record Origin(
      String release, String by, Bounds bounds, @Nullable String backupArn, boolean lossAck) {}

  /// When what was done last.
  ///
  /// @param pitr the instant to which the table can be restored as it was before
  record Stamps(
      @Nullable Instant started,
      @Nullable Instant applied,
      @Nullable Instant rolledBack,
      @Nullable Instant finalised,
      @Nullable Instant pitr) {

    static final Stamps NONE = new Stamps(null, null, null, null, null);

    /// What was final, or forgotten, is not any more, and the table is not yet restorable.
    Stamps begun(Instant now) {
      return new Stamps(now, applied, rolledBack, null, null);
    }

    Stamps restorable(@Nullable Instant to) {
      return new Stamps(started, applied, rolledBack, finalised, to);
    }

    Stamps applied(Instant now) {
      return new Stamps(started, now, rolledBack, finalised, pitr);
    }

    Stamps rolledBack(Instant now) {
      return new Stamps(started, applied, now, finalised, pitr);
    }

    Stamps finalised(Instant now) {
      return new Stamps(started, applied, rolledBack, now, pitr);
    }
  }

  /// Whether no item has its shape any more.
  boolean isTakenBack() {
    return state == State.ROLLED_BACK;
  }

  String id() {
    return text.id();
  }

  int from() {
    return text.from();
  }

  int to() {
    return text.to();
  }

  static Map<String, AttributeValue> key(String id) {
    return RawItems.key(RawItems.META, Meta.MIGRATION + id);
  }

  Entry in(State next) {
    return new Entry(text, next, origin, stamps, counts);
  }

  Entry at(Stamps next) {
    return new Entry(text, state, origin, next, counts);
  }

  Entry counting(Counts next) {
    return new Entry(text, state, origin, stamps, next);
  }

  Entry bounded(Bounds bounds) {
    return from(new Origin(origin.release, origin.by, bounds, origin.backupArn, origin.lossAck));
  }

  Entry begunBy(String release, String by) {
    return from(new Origin(release, by, origin.bounds, null, false));
  }

  Entry backedUp(String arn) {
    return from(new Origin(origin.release, origin.by, origin.bounds, arn, origin.lossAck));
  }

  Entry losing(boolean agreed) {
    return from(
        new Origin(
            origin.release, origin.by, origin.bounds, origin.backupArn, origin.lossAck || agreed));
  }

  Entry from(Origin next) {
    return new Entry(text, state, next, stamps, counts);
  }

  /// What is not understood is a doubt. Empty when the place of the migration among the levels is
  /// not understood.
  static Optional<Entry> read(String id, Reading item) {
    var fields =
        item.requiring(
            Meta.TEXT,
            Meta.SHA256,
            Meta.VOCAB,
            Meta.FROM,
            Meta.TO,
            Meta.MIN_READER,
            Meta.MIN_WRITER,
            Meta.STATE);
    var counts = fields.map(Meta.COUNTS).map(Entry::counts).orElse(Counts.NONE);
    var state = fields.word(Meta.STATE, State.WRITTEN).orElse(State.UNKNOWN);
    var origin =
        new Origin(
            fields.text(Meta.RELEASE_NAME).orElse(""),
            fields.text(Meta.APPLIED_BY).orElse(""),
            new Bounds(
                fields.level(Meta.MIN_READER).orElse(1), fields.level(Meta.MIN_WRITER).orElse(1)),
            fields.text(Meta.BACKUP_ARN).orElse(null),
            fields.flag(Meta.LOSS_ACK));
    var stamps =
        new Stamps(
            fields.instant(Meta.STARTED_AT).orElse(null),
            fields.instant(Meta.APPLIED_AT).orElse(null),
            fields.instant(Meta.ROLLED_BACK_AT).orElse(null),
            fields.instant(Meta.FINALISED_AT).orElse(null),
            fields.instant(Meta.PITR_AT).orElse(null));
    var title = fields.text(Meta.TITLE).orElse("");
    var document = Texts.read(fields, Meta.TEXT).orElse("");
    var sha256 = fields.text(Meta.SHA256).orElse("");
    var vocab = fields.level(Meta.VOCAB).orElse(1);
    var from = fields.level(Meta.FROM);
    var to = fields.level(Meta.TO);
    return from.flatMap(before ->
        to.map(after ->
            new Entry(
                new Text(id, title, document, sha256, vocab, before, after),
                state,
                origin,
                stamps,
                counts)));
  }

  private static Counts counts(Reading fields) {
    return new Counts(
        fields.number(Meta.SCANNED).orElse(0L),
        fields.number(Meta.CHANGED).orElse(0L),
        fields.number(Meta.SKIPPED).orElse(0L),
        fields.number(Meta.FAILED).orElse(0L));
  }

  /// What is removed when this is written. Attributes that only a newer release knows stay.
  Set<String> absent() {
    var absent = new HashSet<>(OPTIONAL);
    absent.removeAll(attributes().keySet());
    return absent;
  }

  /// Without the key.
  Map<String, AttributeValue> attributes() {
    return Fields.none()
        .text(Meta.TITLE, text.title())
        .with(Meta.TEXT, Texts.write(text.document()))
        .text(Meta.SHA256, text.sha256())
        .number(Meta.VOCAB, text.vocab())
        .number(Meta.FROM, text.from())
        .number(Meta.TO, text.to())
        .number(Meta.MIN_READER, origin.bounds().minReader())
        .number(Meta.MIN_WRITER, origin.bounds().minWriter())
        .text(Meta.STATE, state.word())
        .text(Meta.RELEASE_NAME, origin.release())
        .text(Meta.APPLIED_BY, origin.by())
        .text(Meta.BACKUP_ARN, origin.backupArn())
        .flag(Meta.LOSS_ACK, origin.lossAck())
        .instant(Meta.STARTED_AT, stamps.started())
        .instant(Meta.APPLIED_AT, stamps.applied())
        .instant(Meta.ROLLED_BACK_AT, stamps.rolledBack())
        .instant(Meta.FINALISED_AT, stamps.finalised())
        .instant(Meta.PITR_AT, stamps.pitr())
        .map(
            Meta.COUNTS,
            Fields.none()
                .number(Meta.SCANNED, counts.scanned())
                .number(Meta.CHANGED, counts.changed())
                .number(Meta.SKIPPED, counts.skipped())
                .number(Meta.FAILED, counts.failed()))
        .attributes();
  }
}
