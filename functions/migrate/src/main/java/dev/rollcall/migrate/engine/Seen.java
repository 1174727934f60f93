package dev.rollcall.migrate.engine;

import dev.rollcall.core.schema.Release;
import dev.rollcall.store.RawItems;
import dev.rollcall.store.RawWrite;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A release that has worked with the data: `REL#<name>`. Each registers itself.
///
/// @param vocab the highest vocabulary that it understands
public record Seen(
    String name,
    int level,
    int readsFrom,
    int vocab,
    @Nullable Instant first,
    @Nullable Instant last) {

  static Seen of(Release release, int vocab, Instant now) {
    return new Seen(release.name(), release.level(), release.readsFrom(), vocab, now, now);
  }

  static Seen read(Map<String, AttributeValue> item) {
    var fields = new Fields(item);
    return new Seen(
        fields.text(RawItems.SK).substring(Meta.RELEASE.length()),
        fields.integer(Meta.LEVEL),
        fields.integer(Meta.READS_FROM),
        fields.integer(Meta.VOCAB),
        fields.instant(Meta.FIRST_SEEN),
        fields.instant(Meta.LAST_SEEN));
  }

  private Fields fields() {
    return Fields.none()
        .number(Meta.LEVEL, level)
        .number(Meta.READS_FROM, readsFrom)
        .number(Meta.VOCAB, vocab)
        .instant(Meta.LAST_SEEN, last);
  }

  private Map<String, AttributeValue> key() {
    return RawItems.key(RawItems.META, Meta.RELEASE + name);
  }

  /// For a release that has been seen before.
  RawWrite again() {
    return new RawWrite.Edit(
        key(), fields().attributes(), Set.of(), Set.of(), RawWrite.Only.EXISTING);
  }

  RawWrite anew() {
    var fields = fields().instant(Meta.FIRST_SEEN, first);
    fields.attributes().putAll(key());
    return new RawWrite.Put(fields.attributes(), RawWrite.Only.NEW);
  }
}
