package dev.rollcall.store;

import dev.rollcall.core.schema.Release;
import dev.rollcall.core.schema.Schema;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// What the data says of its own shape, as this process saw it a short time ago, at most [#TTL]. It
/// is read when somebody asks, never before: what a snapshot of the process holds is too old by the
/// time that it is used. Safe for threads; two that ask at once may both read.
public final class SchemaView {

  /// How old an answer may be. Whoever changes the bounds waits as long before items follow.
  public static final Duration TTL = Duration.ofSeconds(15);

  private final SchemaStore store;
  private final InstantSource clock;
  private final Duration ttl;
  private volatile @Nullable Seen seen;

  private record Seen(SchemaItem item, Instant at) {}

  public SchemaView(SchemaStore store, InstantSource clock) {
    this(store, clock, TTL);
  }

  /// @param ttl how old an answer may be, at most [#TTL]: on that others rely
  public SchemaView(SchemaStore store, InstantSource clock, Duration ttl) {
    if (ttl.compareTo(TTL) > 0) {
      throw new IllegalArgumentException("migrations wait for " + TTL + " and no longer");
    }
    this.store = store;
    this.clock = clock;
    this.ttl = ttl;
  }

  static SchemaView of(DynamoDbClient client, Tables tables) {
    return new SchemaView(new SchemaStore(client, tables), InstantSource.system());
  }

  /// One read unit when it has to be read.
  public SchemaItem item() {
    var now = clock.instant();
    var known = seen;
    if (known != null && !now.isBefore(known.at()) && now.isBefore(known.at().plus(ttl))) {
      return known.item();
    }
    var read = store.read();
    seen = new Seen(read, now);
    return read;
  }

  /// As [#item]; empty when this release does not understand it.
  public Optional<Schema> schema() {
    return item().schema();
  }

  /// The level in which the stores are to write items now.
  ///
  /// @throws UnreadableItem when this release does not understand what the data says
  int writeLevel() {
    return Release.THIS.writeLevel(item().understood());
  }

  /// What was seen last, however old; empty when nobody has asked.
  public Optional<SchemaItem> seen() {
    return Optional.ofNullable(seen).map(Seen::item);
  }

  /// Lets an item through that this release can read: because it knows its version, or because the
  /// data says that releases of this level can read every item. Only an item of a newer version
  /// leads to a look at what the data says.
  ///
  /// While a migration is under way, items are one level beyond, or not yet back from, the one that
  /// all have reached.
  ///
  /// @param known the newest version of this kind of item that this release has a name for
  /// @param kind as the failure calls it
  /// @throws UnreadableItem when this release cannot read the item
  void admit(Row row, long known, String kind) {
    var version = row.number(CheckRow.V);
    if (version > known && schema().filter(schema -> covers(schema, version)).isEmpty()) {
      throw new UnreadableItem(kind + " item of version " + version);
    }
  }

  private static boolean covers(Schema schema, long version) {
    var newest = schema.level() + (schema.phase() == Schema.Phase.STEADY ? 0 : 1);
    return schema.minReader() <= Release.THIS.level() && version <= newest;
  }
}
