package dev.rollcall.store;

import dev.rollcall.core.schema.Schema;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Reads what the data says of its own shape. Only the migrate function writes it.
public final class SchemaStore {
  private final Dynamo dynamo;

  public SchemaStore(DynamoDbClient client, Tables tables) {
    dynamo = new Dynamo(client, tables.state());
  }

  /// Strongly consistent; one read unit.
  public Schema read() {
    return dynamo.read(Keys.key(Keys.META, Keys.SCHEMA)).map(SchemaRow::read).orElse(Schema.FIRST);
  }
}
