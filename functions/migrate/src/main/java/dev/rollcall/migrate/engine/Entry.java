package dev.rollcall.migrate.engine;

import dev.rollcall.migrate.document.Migration;
import dev.rollcall.store.RawItems;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A migration as the data remembers it: `MIG#<id>`. It is never deleted.
record Entry(Text text, State state, Origin origin, Stamps stamps, Counts counts) {

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
    FINALISED;

    /// Whether items may have its shape.
    boolean isInTheData() {
      return this != ROLLED_BACK;
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

    static Stamps begun(Instant now) {
      return new Stamps(now, null, null, null, null);
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

  static Entry read(Map<String, AttributeValue> item) {
    var fields = new Fields(item);
    var counts = fields.map(Meta.COUNTS).orElseGet(Fields::none);
    return new Entry(
        new Text(
            fields.text(RawItems.SK).substring(Meta.MIGRATION.length()),
            fields.text(Meta.TITLE),
            Texts.read(fields.value(Meta.TEXT)),
            fields.text(Meta.SHA256),
            fields.integer(Meta.VOCAB),
            fields.integer(Meta.FROM),
            fields.integer(Meta.TO)),
        State.valueOf(fields.text(Meta.STATE).toUpperCase(Locale.ROOT)),
        new Origin(
            fields.text(Meta.RELEASE_NAME),
            fields.text(Meta.APPLIED_BY),
            new Bounds(fields.integer(Meta.MIN_READER), fields.integer(Meta.MIN_WRITER)),
            fields.textOrNull(Meta.BACKUP_ARN),
            fields.flag(Meta.LOSS_ACK)),
        new Stamps(
            fields.instant(Meta.STARTED_AT),
            fields.instant(Meta.APPLIED_AT),
            fields.instant(Meta.ROLLED_BACK_AT),
            fields.instant(Meta.FINALISED_AT),
            fields.instant(Meta.PITR_AT)),
        new Counts(
            counts.number(Meta.SCANNED),
            counts.number(Meta.CHANGED),
            counts.number(Meta.SKIPPED),
            counts.number(Meta.FAILED)));
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
