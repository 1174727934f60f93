package dev.rollcall.store;

import dev.rollcall.core.schema.Release;
import dev.rollcall.core.schema.Schema;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

  static SchemaItem read(Map<String, AttributeValue> item) {
    var unclear = new ArrayList<String>();
    var reading =
        new Reading(Keys.SCHEMA, item, unclear::add)
            .requiring(LEVEL, WRITE_LEVEL, MIN_READER, MIN_WRITER, PHASE);
    return new SchemaItem(
        reading.level(LEVEL),
        reading.level(WRITE_LEVEL),
        reading.level(MIN_READER),
        reading.level(MIN_WRITER),
        reading.word(PHASE, Schema.Phase.class).orElse(Schema.Phase.BLOCKED),
        unclear);
  }

  /// A release that has served this data; empty when what it says of itself is not understood.
  static Optional<Release> release(Map<String, AttributeValue> item) {
    var name = Row.of(item).text(Keys.SK).substring(Keys.RELEASE_PREFIX.length());
    var reading = new Reading(name, item, _ -> {});
    return reading
        .level(LEVEL)
        .flatMap(level ->
            reading
                .level(READS_FROM)
                .filter(from -> from <= level)
                .map(from -> new Release(name, level, from)));
  }
}
