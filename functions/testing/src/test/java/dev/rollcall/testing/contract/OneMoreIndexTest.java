package dev.rollcall.testing.contract;

import static dev.rollcall.testing.CheckBuilder.aCheck;
import static dev.rollcall.testing.Moments.MORNING;
import static dev.rollcall.testing.Moments.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Signal;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.store.Stores;
import dev.rollcall.testing.Items;
import dev.rollcall.testing.TablesInMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// The contract on a table to which a newer release has added an index, which an older one finds
/// after going back.
class OneMoreIndexTest extends StateContracts {
  private static final String INDEX = "by-owner";
  private static final String OWNER = "owner";
  private static final String RANK = "rank";

  private static final TablesInMemory TABLES = new TablesInMemory(OneMoreIndexTest::indexed);

  OneMoreIndexTest() {
    super(TABLES);
  }

  @AfterAll
  static void close() {
    TABLES.close();
  }

  private static CreateTableRequest indexed(CreateTableRequest table) {
    var attributes = new ArrayList<>(table.attributeDefinitions());
    attributes.add(
        AttributeDefinition.builder()
            .attributeName(OWNER)
            .attributeType(ScalarAttributeType.S)
            .build());
    attributes.add(
        AttributeDefinition.builder()
            .attributeName(RANK)
            .attributeType(ScalarAttributeType.N)
            .build());
    var indexes = new ArrayList<>(table.globalSecondaryIndexes());
    indexes.add(
        GlobalSecondaryIndex.builder()
            .indexName(INDEX)
            .keySchema(
                KeySchemaElement.builder().attributeName(OWNER).keyType(KeyType.HASH).build(),
                KeySchemaElement.builder().attributeName(RANK).keyType(KeyType.RANGE).build())
            .projection(projection -> projection.projectionType(ProjectionType.ALL))
            .build());
    return table.toBuilder()
        .attributeDefinitions(attributes)
        .globalSecondaryIndexes(indexes)
        .build();
  }

  @Nested
  class Items_that_are_in_it {
    private final CheckId check = new CheckId(UUID.randomUUID());
    private final Stores stores = Stores.of(TABLES.client(), TABLES.tables());

    @Test
    void stay_there_when_this_release_writes_them() {
      aCheck()
          .id(check)
          .in(new ProjectId(UUID.randomUUID()))
          .called("Job")
          .up(MORNING)
          .storedIn(stores.catalog());
      giveOwner("HOT", 1);
      giveOwner("DETAIL", 2);

      var before = stores.checks().find(check).orElseThrow();
      stores.checks().save(before, NOON, found -> found.hear(new Signal.Failure(null), NOON));

      assertThat(stores.checks().find(check).orElseThrow().check().state())
          .isNotEqualTo(before.check().state());
      assertThat(owned()).containsExactly("HOT", "DETAIL");
    }

    private void giveOwner(String sk, int rank) {
      client()
          .updateItem(update ->
              update
                  .tableName(TABLES.tables().state())
                  .key(
                      Map.of(
                          "pk", AttributeValue.fromS("CHECK#" + check),
                          "sk", AttributeValue.fromS(sk)))
                  .updateExpression("SET #owner = :owner, #rank = :rank")
                  .expressionAttributeNames(Map.of("#owner", OWNER, "#rank", RANK))
                  .expressionAttributeValues(
                      Map.of(
                          ":owner", AttributeValue.fromS(check.toString()),
                          ":rank", AttributeValue.fromN(Integer.toString(rank)))));
    }

    private List<String> owned() {
      return client()
          .query(query ->
              query
                  .tableName(TABLES.tables().state())
                  .indexName(INDEX)
                  .keyConditionExpression("#owner = :owner")
                  .expressionAttributeNames(Map.of("#owner", OWNER))
                  .expressionAttributeValues(
                      Map.of(":owner", AttributeValue.fromS(check.toString()))))
          .items()
          .stream()
          .map(item -> Items.value(item, "sk").s())
          .toList();
    }

    private static DynamoDbClient client() {
      return TABLES.client();
    }
  }
}
