package dev.rollcall.api;

import dev.rollcall.core.schema.Release;
import dev.rollcall.migrate.document.Documents;
import dev.rollcall.migrate.document.Source;
import dev.rollcall.migrate.engine.Backups;
import dev.rollcall.migrate.engine.Migrator;
import dev.rollcall.migrate.engine.Policy;
import dev.rollcall.migrate.engine.Progress;
import dev.rollcall.migrate.engine.Setup;
import dev.rollcall.migrate.engine.Timing;
import dev.rollcall.migrate.engine.Watch;
import dev.rollcall.store.SchemaView;
import dev.rollcall.testing.Items;
import dev.rollcall.testing.conformance.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// All that the API's description says of data that is on its way to another level.
final class DescribedMigration implements Watch {
  private static final String ID = "0001";

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final int MOST_CALLS = 500;

  private final ApiUnderTest api;
  private final Service.Keys keys;
  private Duration passed = Duration.ZERO;

  DescribedMigration(ApiUnderTest api) {
    this.api = api;
    keys = api.project();
  }

  void happen() {
    // More than one page of them, so that a pass is seen on its way.
    for (int number = 0; number < 250; number++) {
      api.channel(keys.id(), Map.of("kind", "webhook", "name", "Office " + number));
    }
    show();
    var migrator = migrator(_ -> "none");
    run(until -> migrator.expand(2, "deploy-1", until));
    run(until -> migrator.settle(2, "deploy-1", until));
    run(until -> migrator.rollback(1, "deploy-2", false, until));
    var again = migrator(Backups.NONE);
    run(until -> again.expand(2, "deploy-3", until));
    for (var state : List.of("finalising", "finalised")) {
      edit("MIG#" + ID, "state", AttributeValue.fromS(state));
      show();
    }
    edit(
        "MIG#" + ID,
        "finalisedAt",
        AttributeValue.fromN(Long.toString(api.now().getEpochSecond() * 1_000_000)));
    remove("MIG#" + ID, "pitrAt");
    events().forEach(event -> remove(event, "migration"));
    show();
    edit("MIG#" + ID, "backupArn", AttributeValue.fromS("arn:aws:dynamodb:::backup/1"));
    edit("SCHEMA", "phase", AttributeValue.fromS("blocked"));
    edit("SCHEMA", "blockedIn", AttributeValue.fromS("settling"));
    edit("SCHEMA", "reason", AttributeValue.fromS("an item has two owners"));
    edit("SCHEMA", "items", AttributeValue.fromL(List.of(AttributeValue.fromS("CHECK#1"))));
    show();
    api.data().served(new Release("0.3.0", Release.THIS.level() + 1, 1));
    api.data().readOnly();
    api.clock().advance(SchemaView.TTL);
    show();
    api.data().unreadable();
    api.clock().advance(SchemaView.TTL);
    show();
    strange();
  }

  /// A release to come writes what this one does not understand.
  private void strange() {
    edit("MIG#" + ID, "state", AttributeValue.fromS("archived"));
    remove("MIG#" + ID, "startedAt");
    events().forEach(event -> remove(event, "at"));
    List.of("level", "writeLevel", "minReader", "minWriter").forEach(api.data()::strange);
    api.clock().advance(SchemaView.TTL);
    show();
    api.call("GET", "/api/v3/checks/", keys.readWrite(), "");
  }

  /// Every look at the clock takes a little here, so that there is something to say of how long
  /// work takes.
  @Override
  public Instant now() {
    passed = passed.plus(LOOK);
    if (passed.compareTo(Duration.ofSeconds(1)) >= 0) {
      api.advance(1);
      passed = passed.minusSeconds(1);
    }
    return api.now().plus(passed);
  }

  @Override
  public void pause(Duration duration) {
    api.advance(Math.max(1, duration.toSeconds()));
  }

  private Migrator migrator(Backups backups) {
    return api.migrator(
        Release.THIS,
        Documents.ofThisBuild().migrations(),
        new Setup("somebody", Policy.USUAL, Timing.CLOUD, this, Source.secure(), backups));
  }

  private void run(Function<Instant, Progress> call) {
    var calls = 0;
    while (call.apply(now().plusSeconds(1)) instanceof Progress.Going going) {
      show();
      if (++calls > MOST_CALLS) {
        throw new IllegalStateException("it gets nowhere: " + going.doing());
      }
      api.advance(Math.max(1, Duration.between(api.now(), going.again()).toSeconds() + 1));
    }
    show();
  }

  private void show() {
    api.call("GET", "/api/rollcall/v1/schema", keys.readWrite(), "");
  }

  private List<String> events() {
    return Items.in(api.tables().client(), api.tables().tables().state()).stream()
        .map(item -> Items.value(item, "sk").s())
        .filter(sk -> sk.startsWith("EVT#"))
        .toList();
  }

  private void remove(String from, String attribute) {
    update(from, "REMOVE #a", attribute, Map.of());
  }

  /// Sets an attribute as the migrate function would.
  private void edit(String of, String attribute, AttributeValue value) {
    update(of, "SET #a = :a", attribute, Map.of(":a", value));
  }

  private void update(
      String of, String expression, String attribute, Map<String, AttributeValue> values) {
    var tables = api.tables();
    tables
        .client()
        .updateItem(update ->
            update
                .tableName(tables.tables().state())
                .key(Map.of("pk", AttributeValue.fromS("META"), "sk", AttributeValue.fromS(of)))
                .updateExpression(expression)
                .expressionAttributeNames(Map.of("#a", attribute))
                .expressionAttributeValues(values.isEmpty() ? null : values));
  }
}
