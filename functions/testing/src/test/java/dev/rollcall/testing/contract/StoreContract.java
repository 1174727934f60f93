package dev.rollcall.testing.contract;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Details;
import dev.rollcall.store.CheckItem;
import dev.rollcall.store.Due;
import dev.rollcall.store.Saved;
import dev.rollcall.store.Stores;
import dev.rollcall.testing.Items;
import dev.rollcall.testing.Meter;
import dev.rollcall.testing.TestTables;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What the parts of the contract share: stores over the tables under test, and looks past them at
/// the raw items.
abstract class StoreContract {
  final TestTables tables;
  final DynamoDbClient client;
  final Stores stores;

  StoreContract(TestTables tables) {
    this.tables = tables;
    client = tables.client();
    stores = over(client);
  }

  /// Stores over another client to the same tables.
  final Stores over(DynamoDbClient other) {
    return Stores.of(other, tables.tables());
  }

  /// The tables' clients by way of `wrapper`.
  final Stores through(UnaryOperator<DynamoDbClient> wrapper) {
    return over(wrapper.apply(client));
  }

  /// What `action` used.
  final Meter.Usage usage(Runnable action) {
    tables.meter().reset();
    action.run();
    return tables.meter().usage();
  }

  final CheckItem stored(CheckId id) {
    return stores.checks().find(id).orElseThrow();
  }

  final Map<String, AttributeValue> hot(CheckId id) {
    return item("CHECK#" + id, "HOT").orElseThrow();
  }

  final Optional<Map<String, AttributeValue>> item(String pk, String sk) {
    var key = Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk));
    var answer =
        client.getItem(get -> get.tableName(tables.tables().state()).key(key).consistentRead(true));
    return answer.hasItem() ? Optional.of(answer.item()) : Optional.empty();
  }

  /// Gives an item an attribute that this release does not know.
  final void teach(String pk, String sk) {
    client.updateItem(update ->
        update
            .tableName(tables.tables().state())
            .key(Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk)))
            .updateExpression("SET fromTomorrow = :value")
            .expressionAttributeValues(Map.of(":value", AttributeValue.fromS("keep me"))));
  }

  final List<Map<String, AttributeValue>> state() {
    return Items.in(client, tables.tables().state());
  }

  final List<Map<String, AttributeValue>> log() {
    return Items.in(client, tables.tables().log());
  }

  /// When the due index has this check, or empty when it does not.
  final Optional<Instant> dueOf(CheckId id) {
    return IntStream.range(0, stores.checks().shards())
        .boxed()
        .flatMap(shard ->
            stores.checks().due(shard, Instant.parse("2100-01-01T00:00:00Z"), 1000).stream())
        .filter(due -> due.check().equals(id))
        .map(Due::at)
        .findFirst();
  }

  /// The same description with another name and slug.
  static Details named(Details details, String name, String slug) {
    return new Details(
        details.id(),
        name,
        slug,
        details.tags(),
        details.description(),
        details.zone(),
        details.keywords(),
        details.filterSubject(),
        details.filterMailBody(),
        details.channels(),
        details.badgeKey(),
        details.createdAt());
  }

  static Saved.Done done(Saved saved) {
    if (saved instanceof Saved.Done done) {
      return done;
    }
    throw new AssertionError("not saved: " + saved);
  }

  static String request() {
    return UUID.randomUUID().toString();
  }
}
