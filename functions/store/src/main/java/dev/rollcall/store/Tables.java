package dev.rollcall.store;

import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;

/// The names of the two tables, and their shapes for wherever no template makes them: tests and the
/// desk.
///
/// @param state projects, keys, channels, checks; migrated
/// @param log pings, flips, notifications; append-only, expires, never migrated
public record Tables(String state, String log) {

  public CreateTableRequest stateTable() {
    return keyed(state)
        .attributeDefinitions(
            attribute(Keys.PK, ScalarAttributeType.S),
            attribute(Keys.SK, ScalarAttributeType.S),
            attribute(Keys.PARENT, ScalarAttributeType.S),
            attribute(Keys.CHILD, ScalarAttributeType.S),
            attribute(Keys.DUE_SHARD, ScalarAttributeType.S),
            attribute(Keys.DUE, ScalarAttributeType.N))
        .globalSecondaryIndexes(
            index(Keys.BY_PARENT, Keys.PARENT, Keys.CHILD),
            index(Keys.BY_DUE, Keys.DUE_SHARD, Keys.DUE))
        .build();
  }

  public CreateTableRequest logTable() {
    return keyed(log)
        .attributeDefinitions(
            attribute(Keys.PK, ScalarAttributeType.S), attribute(Keys.SK, ScalarAttributeType.S))
        .build();
  }

  /// How the log forgets.
  public static TimeToLiveSpecification logExpiry() {
    return TimeToLiveSpecification.builder().attributeName(Keys.EXPIRES).enabled(true).build();
  }

  private static CreateTableRequest.Builder keyed(String name) {
    return CreateTableRequest.builder()
        .tableName(name)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .keySchema(keySchema(Keys.PK, Keys.SK));
  }

  private static GlobalSecondaryIndex index(String name, String hash, String range) {
    return GlobalSecondaryIndex.builder()
        .indexName(name)
        .keySchema(keySchema(hash, range))
        .projection(Projection.builder().projectionType(ProjectionType.KEYS_ONLY).build())
        .build();
  }

  private static List<KeySchemaElement> keySchema(String hash, String range) {
    return List.of(
        KeySchemaElement.builder().attributeName(hash).keyType(KeyType.HASH).build(),
        KeySchemaElement.builder().attributeName(range).keyType(KeyType.RANGE).build());
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }
}
