package dev.rollcall.store;

import dev.rollcall.core.schema.Release;
import dev.rollcall.core.schema.Schema;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What the data says of its own shape, as an item. Its layout is frozen: every release, older ones
/// included, reads it. Attributes may be added.
final class SchemaRow {
  static final String LEVEL = "level";
  static final String WRITE_LEVEL = "writeLevel";
  static final String MIN_READER = "minReader";
  static final String MIN_WRITER = "minWriter";
  static final String PHASE = "phase";
  static final String READS_FROM = "readsFrom";

  private SchemaRow() {}

  static Map<String, AttributeValue> write(Schema schema) {
    return Row.at(Keys.key(Keys.META, Keys.SCHEMA))
        .number(LEVEL, (long) schema.level())
        .number(WRITE_LEVEL, (long) schema.writeLevel())
        .number(MIN_READER, (long) schema.minReader())
        .number(MIN_WRITER, (long) schema.minWriter())
        .text(PHASE, schema.phase().name().toLowerCase(Locale.ROOT))
        .attributes();
  }

  /// A phase that this release does not know counts as one in which a person has to look: the
  /// bounds say what may be done meanwhile.
  static Schema read(Map<String, AttributeValue> item) {
    var row = Row.of(item);
    return new Schema(
        Math.toIntExact(row.number(LEVEL)),
        Math.toIntExact(row.number(WRITE_LEVEL)),
        Math.toIntExact(row.number(MIN_READER)),
        Math.toIntExact(row.number(MIN_WRITER)),
        phase(row.text(PHASE)));
  }

  /// A release that has served this data.
  static Release release(Map<String, AttributeValue> item) {
    var row = Row.of(item);
    return new Release(
        row.text(Keys.SK).substring(Keys.RELEASE_PREFIX.length()),
        Math.toIntExact(row.number(LEVEL)),
        Math.toIntExact(row.number(READS_FROM)));
  }

  private static Schema.Phase phase(String name) {
    for (var phase : Schema.Phase.values()) {
      if (phase.name().equalsIgnoreCase(name)) {
        return phase;
      }
    }
    return Schema.Phase.BLOCKED;
  }
}
