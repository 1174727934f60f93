package dev.rollcall.testing;

import dev.rollcall.core.schema.Release;
import dev.rollcall.core.schema.Schema;
import dev.rollcall.store.Tables;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Makes data say of its shape what a test wants, as the migrate function of some release would.
public final class SchemaItems {
  private final DynamoDbClient client;
  private final String table;

  public SchemaItems(TestTables tables) {
    this(tables.client(), tables.tables());
  }

  public SchemaItems(DynamoDbClient client, Tables tables) {
    this.client = client;
    table = tables.state();
  }

  public void say(Schema schema) {
    put(
        Map.of(
            "pk", text("META"),
            "sk", text("SCHEMA"),
            "level", number(schema.level()),
            "writeLevel", number(schema.writeLevel()),
            "minReader", number(schema.minReader()),
            "minWriter", number(schema.minWriter()),
            "phase", text(schema.phase().name().toLowerCase(Locale.ROOT)),
            "gen", number(1)));
  }

  /// Data of a level beyond this release's, with its bounds, and nothing under way.
  public void ahead(int minReader, int minWriter) {
    var level = Release.THIS.level() + 1;
    say(new Schema(level, level, minReader, minWriter, Schema.Phase.STEADY));
  }

  /// Data that any release may read and change, one level beyond this release's.
  public void aheadAndTolerant() {
    ahead(1, 1);
  }

  /// Newer data that this release may read and not change.
  public void readOnly() {
    ahead(1, Release.THIS.level() + 1);
  }

  /// Newer data that this release cannot read.
  public void unreadable() {
    ahead(Release.THIS.level() + 1, Release.THIS.level() + 1);
  }

  /// Data as this release leaves it.
  public void own() {
    var level = Release.THIS.level();
    say(new Schema(level, level, 1, 1, Schema.Phase.STEADY));
  }

  /// Data that says something of itself in a way that no release of today understands.
  ///
  /// @param attribute such as `minReader`
  public void strange(String attribute) {
    client.updateItem(update ->
        update
            .tableName(table)
            .key(Map.of("pk", text("META"), "sk", text("SCHEMA")))
            .updateExpression("SET #attribute = :other")
            .expressionAttributeNames(Map.of("#attribute", attribute))
            .expressionAttributeValues(Map.of(":other", text("unheard_of"))));
  }

  /// A release that has served this data.
  public void served(Release release) {
    put(
        Map.of(
            "pk", text("META"),
            "sk", text("REL#" + release.name()),
            "level", number(release.level()),
            "readsFrom", number(release.readsFrom())));
  }

  private void put(Map<String, AttributeValue> item) {
    client.putItem(put -> put.tableName(table).item(new HashMap<>(item)));
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
