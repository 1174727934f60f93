package dev.rollcall.store;

import dev.rollcall.core.schema.Release;
import dev.rollcall.core.schema.Schema;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Reads what the data says of its own shape. Once it says something, only migrations change that.
public final class SchemaStore {
  private final Dynamo dynamo;

  public SchemaStore(DynamoDbClient client, Tables tables) {
    dynamo = new Dynamo(client, tables.state());
  }

  /// Strongly consistent; one read unit.
  public SchemaItem read() {
    return dynamo
        .read(Keys.key(Keys.META, Keys.SCHEMA))
        .map(SchemaRow::read)
        .orElseGet(() -> SchemaItem.of(Schema.FIRST));
  }

  /// The releases that have served this data, in no order. One that says of itself what this
  /// release does not understand is left out.
  public List<Release> releases() {
    return dynamo
        .query(query ->
            query
                .keyConditionExpression("#pk = :meta AND begins_with(#sk, :releases)")
                .expressionAttributeNames(Map.of("#pk", Keys.PK, "#sk", Keys.SK))
                .expressionAttributeValues(
                    Map.of(
                        ":meta", AttributeValue.fromS(Keys.META),
                        ":releases", AttributeValue.fromS(Keys.RELEASE_PREFIX)))
                .consistentRead(true))
        .stream()
        .flatMap(item -> SchemaRow.release(item).stream())
        .toList();
  }
}
