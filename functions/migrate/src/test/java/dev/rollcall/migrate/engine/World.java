package dev.rollcall.migrate.engine;

import static dev.rollcall.testing.CheckBuilder.aCheck;
import static dev.rollcall.testing.Moments.MORNING;
import static dev.rollcall.testing.Moments.NOON;
import static java.util.stream.Collectors.toMap;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.core.schema.Release;
import dev.rollcall.core.schema.Schema;
import dev.rollcall.migrate.document.Migration;
import dev.rollcall.migrate.document.Source;
import dev.rollcall.store.RawItems;
import dev.rollcall.store.Stores;
import dev.rollcall.testing.Items;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.TablesInMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Data as release 0.1.0 leaves it, a clock, and migrators of releases of any level.
final class World implements AutoCloseable {
  static final ProjectId PROJECT = new ProjectId(new UUID(0, 1));
  static final List<CheckId> CHECKS =
      List.of(id(0x10), id(0x2000000020L), id(0x7000000000000030L), id(0x4444444444444440L));

  final TablesInMemory memory = new TablesInMemory();
  final SettableClock clock = new SettableClock(NOON);
  final RawItems raw = new RawItems(memory.client(), memory.tables());
  Policy policy = Policy.USUAL;
  Timing timing = Timing.CLOUD;
  int readsFrom = 1;

  private final List<Map<String, AttributeValue>> original;
  private int generated;
  private int requests;

  World() {
    var stores = Stores.of(memory.client(), memory.tables());
    for (var id : CHECKS) {
      aCheck()
          .id(id)
          .in(PROJECT)
          .called("Job")
          .grace(Duration.ofSeconds(3599))
          .up(MORNING)
          .storedIn(stores.catalog());
    }
    for (int number = 1; number <= 5; number++) {
      stores.integrations().create(channel(number));
    }
    original = items();
  }

  private static CheckId id(long bits) {
    return new CheckId(new UUID(bits, bits));
  }

  static Integration channel(int number) {
    return new Integration(
        new ChannelId(new UUID(0x123456789L * number * number, number)),
        PROJECT,
        "webhook",
        "Office " + number,
        Map.of("url", "https://example.org/" + number),
        false,
        null,
        MORNING);
  }

  /// The data as it was in the beginning.
  void reset() {
    restore(original);
  }

  /// The data as it was when [#items] was called.
  void restore(List<Map<String, AttributeValue>> items) {
    var keys = new HashSet<>(items.stream().map(RawItems::keyOf).toList());
    var writes = new ArrayList<WriteRequest>();
    for (var item : items()) {
      var key = RawItems.keyOf(item);
      if (!keys.contains(key)) {
        writes.add(WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build());
      }
    }
    items.forEach(
        item -> writes.add(WriteRequest.builder().putRequest(put -> put.item(item)).build()));
    for (int from = 0; from < writes.size(); from += 25) {
      var batch = writes.subList(from, Math.min(from + 25, writes.size()));
      memory
          .client()
          .batchWriteItem(write -> write.requestItems(Map.of(memory.tables().state(), batch)));
    }
  }

  void put(Map<String, AttributeValue> item) {
    memory.client().putItem(put -> put.tableName(memory.tables().state()).item(item));
  }

  List<Map<String, AttributeValue>> items() {
    return Items.in(memory.client(), memory.tables().state());
  }

  Migrator release(int level) {
    return release(level, memory.client());
  }

  Migrator release(int level, DynamoDbClient client) {
    return release(level, Papers.upTo(level), client);
  }

  Migrator release(int level, List<Migration> documents, DynamoDbClient client) {
    return new Migrator(
        new RawItems(client, memory.tables()),
        new Release("0." + level + ".0", level, Math.min(level, readsFrom)),
        documents,
        new Setup(
            "test", policy, timing, Watch.by(clock, clock::advance), ids(), _ -> "arn:backup"));
  }

  private Source ids() {
    return new Source() {
      @Override
      public String uuid4() {
        return new UUID(0x4000L, 0x8000_0000_0000_0000L + ++generated).toString();
      }

      @Override
      public String hex32() {
        return "%032x".formatted(++generated);
      }
    };
  }

  String request() {
    return "request-" + ++requests;
  }

  /// When a call of one minute ends.
  Instant soon() {
    return clock.instant().plusSeconds(60);
  }

  /// Calls again, and lets time pass, until there is nothing more to wait for.
  Progress finish(Function<Instant, Progress> call) {
    for (int turn = 0; turn < 500; turn++) {
      var progress = call.apply(soon());
      if (!(progress instanceof Progress.Going going)) {
        return progress;
      }
      waitFor(going);
    }
    throw new AssertionError("it goes on for ever");
  }

  void waitFor(Progress.Going going) {
    var left = Duration.between(clock.instant(), going.again());
    clock.advance(left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left);
  }

  /// The first half of a deployment of this release.
  Progress expand(int level) {
    return expand(release(level), level);
  }

  Progress expand(Migrator migrator, int level) {
    var request = request();
    return finish(until -> migrator.expand(level, request, until));
  }

  /// The second half.
  Progress settle(int level) {
    return settle(release(level), level);
  }

  Progress settle(Migrator migrator, int level) {
    var request = request();
    return finish(until -> migrator.settle(level, request, until));
  }

  /// A deployment of this release, one level after another.
  Progress deploy(int level) {
    var expanded = expand(level);
    return expanded instanceof Progress.Done ? settle(level) : expanded;
  }

  /// Everything above the level is taken back, by a release of this level with the documents of
  /// one.
  Progress rollback(int level) {
    var migrator = release(level);
    var request = request();
    return finish(until -> migrator.rollback(level, request, false, until));
  }

  Schema schema() {
    return head().schema();
  }

  MetaStore meta() {
    return new MetaStore(raw, "test", "test");
  }

  Head head() {
    return meta().head().orElseThrow();
  }

  /// The items as releases see them: without what migrations keep for themselves, and the counter
  /// of writes.
  Map<String, Map<String, AttributeValue>> seen() {
    return items().stream()
        .filter(item -> !key(item).startsWith(RawItems.META) && !key(item).contains("ATTIC#"))
        .collect(toMap(World::key, World::visible, (one, _) -> one, TreeMap::new));
  }

  /// The same, with a stroke for values that are generated.
  Map<String, Map<String, AttributeValue>> shapes() {
    var shapes = seen();
    shapes
        .values()
        .forEach(item -> item.computeIfPresent("secret", (_, _) -> AttributeValue.fromS("-")));
    return shapes;
  }

  static String key(Map<String, AttributeValue> item) {
    return Items.value(item, RawItems.PK).s() + " " + Items.value(item, RawItems.SK).s();
  }

  /// The item without what migrations keep in it, and the counter of writes.
  static Map<String, AttributeValue> visible(Map<String, AttributeValue> item) {
    var visible = new HashMap<>(item);
    visible
        .keySet()
        .removeIf(name ->
            name.startsWith("~") || name.equals(Meta.GENERATION) || name.equals(RawItems.REV));
    return visible;
  }

  @Override
  public void close() {
    memory.close();
  }
}
