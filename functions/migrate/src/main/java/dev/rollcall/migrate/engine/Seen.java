package dev.rollcall.migrate.engine;

import dev.rollcall.core.schema.Release;
import dev.rollcall.store.RawItems;
import dev.rollcall.store.RawWrite;
import dev.rollcall.store.Reading;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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

  /// What is not understood is a doubt. Empty when it is the levels that the release knows.
  static Optional<Seen> read(String name, Reading item) {
    var fields = item.requiring(Meta.LEVEL, Meta.READS_FROM);
    var vocab = fields.level(Meta.VOCAB).orElse(1);
    var first = fields.instant(Meta.FIRST_SEEN).orElse(null);
    var last = fields.instant(Meta.LAST_SEEN).orElse(null);
    var readsFrom = fields.level(Meta.READS_FROM);
    return fields
        .level(Meta.LEVEL)
        .flatMap(level -> readsFrom.map(from -> new Seen(name, level, from, vocab, first, last)));
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
