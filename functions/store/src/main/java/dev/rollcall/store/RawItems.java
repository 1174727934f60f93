package dev.rollcall.store;

import dev.rollcall.core.schema.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// The items of the state table as they lie there, whatever release wrote them. For migrations,
/// which must handle what this release has no types for. Every read is strongly consistent.
public final class RawItems {
  public static final String PK = Keys.PK;
  public static final String SK = Keys.SK;

  /// The version of an item's shape.
  public static final String VERSION = CheckRow.V;

  /// Counts the writes of an item, where those who read, think and write must notice each other.
  public static final String REV = CheckRow.REV;

  /// The partition in which the data says of its own shape and history.
  public static final String META = Keys.META;

  /// The sort key in [#META] of the item that every release reads.
  public static final String SCHEMA = Keys.SCHEMA;

  private final Dynamo dynamo;

  public RawItems(DynamoDbClient client, Tables tables) {
    dynamo = new Dynamo(client, tables.state());
  }

  /// A page of a scan.
  ///
  /// @param next where the next page begins; empty after the last
  public record Page(List<Map<String, AttributeValue>> items, Map<String, AttributeValue> next) {}

  /// What became of a write.
  public sealed interface Outcome {
    record Written() implements Outcome {}

    /// What must have held did not. The item as it is.
    record Lost(Map<String, AttributeValue> item) implements Outcome {}

    /// What must have held did not, for nothing has this key.
    record Gone() implements Outcome {}
  }

  public static Map<String, AttributeValue> key(String pk, String sk) {
    return Keys.key(pk, sk);
  }

  public static Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
    var row = Row.of(item);
    return Keys.key(row.text(PK), row.text(SK));
  }

  /// A text of any item; empty when it has none of that name.
  public static String text(Map<String, AttributeValue> item, String attribute) {
    return Row.of(item).textOrEmpty(attribute);
  }

  /// What an item says of the shape of the data, in the layout that is frozen.
  public static SchemaItem schema(Map<String, AttributeValue> item) {
    return SchemaRow.read(item);
  }

  /// The attributes of [#schema], and the key.
  public static Map<String, AttributeValue> item(Schema schema) {
    return SchemaRow.write(schema);
  }

  public Optional<Map<String, AttributeValue>> read(Map<String, AttributeValue> key) {
    return dynamo.read(key);
  }

  /// All items of this partition whose sort key begins so, in its order.
  public List<Map<String, AttributeValue>> query(String pk, String prefix) {
    return dynamo.query(query ->
        query
            .consistentRead(true)
            .keyConditionExpression("#pk = :pk AND begins_with(#sk, :prefix)")
            .expressionAttributeNames(Map.of("#pk", PK, "#sk", SK))
            .expressionAttributeValues(
                Map.of(":pk", AttributeValue.fromS(pk), ":prefix", AttributeValue.fromS(prefix))));
  }

  /// The newest of [#query], the last first.
  public List<Map<String, AttributeValue>> newest(String pk, String prefix, int limit) {
    return dynamo
        .page(query ->
            query
                .consistentRead(true)
                .scanIndexForward(false)
                .limit(limit)
                .keyConditionExpression("#pk = :pk AND begins_with(#sk, :prefix)")
                .expressionAttributeNames(Map.of("#pk", PK, "#sk", SK))
                .expressionAttributeValues(
                    Map.of(
                        ":pk", AttributeValue.fromS(pk), ":prefix", AttributeValue.fromS(prefix))))
        .items();
  }

  /// @param from where the page begins: the `next` of the page before, or the key of any item that
  ///   was in one; null for the first
  /// @param limit how many items at most
  public Page scan(@Nullable Map<String, AttributeValue> from, int limit) {
    var page =
        dynamo
            .client()
            .scan(
                ScanRequest.builder()
                    .tableName(dynamo.table())
                    .consistentRead(true)
                    .exclusiveStartKey(from)
                    .limit(limit)
                    .build());
    return new Page(page.items(), page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of());
  }

  /// One write, one item. A transaction under way on the item counts as a lost race.
  public Outcome write(RawWrite write) {
    var expression = new RawWrite.Expression();
    var condition = expression.condition(write.only()).orElse(null);
    try {
      switch (write) {
        case RawWrite.Edit edit ->
            dynamo
                .client()
                .updateItem(
                    UpdateItemRequest.builder()
                        .tableName(dynamo.table())
                        .key(edit.key())
                        .updateExpression(expression.update(edit))
                        .conditionExpression(condition)
                        .expressionAttributeNames(orNull(expression.names()))
                        .expressionAttributeValues(orNull(expression.values()))
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build());
        case RawWrite.Put put ->
            dynamo
                .client()
                .putItem(
                    PutItemRequest.builder()
                        .tableName(dynamo.table())
                        .item(put.item())
                        .conditionExpression(condition)
                        .expressionAttributeNames(orNull(expression.names()))
                        .expressionAttributeValues(orNull(expression.values()))
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build());
        case RawWrite.Delete delete ->
            dynamo
                .client()
                .deleteItem(
                    DeleteItemRequest.builder()
                        .tableName(dynamo.table())
                        .key(delete.key())
                        .conditionExpression(condition)
                        .expressionAttributeNames(orNull(expression.names()))
                        .expressionAttributeValues(orNull(expression.values()))
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build());
      }
      return new Outcome.Written();
    } catch (ConditionalCheckFailedException refused) {
      return refused.hasItem() && !refused.item().isEmpty()
          ? new Outcome.Lost(refused.item())
          : new Outcome.Gone();
    } catch (TransactionConflictException conflict) {
      return read(write.key()).<Outcome>map(Outcome.Lost::new).orElseGet(Outcome.Gone::new);
    }
  }

  /// All of these or nothing. Not for items that pings touch: their updates would be refused
  /// meanwhile.
  ///
  /// @return whether it is written; if not, somebody else came first
  public boolean writeAll(List<RawWrite> writes) {
    return dynamo.transact(writes.stream().map(this::transacted).toList())
        instanceof Transacted.Written;
  }

  private TransactWriteItem transacted(RawWrite write) {
    var expression = new RawWrite.Expression();
    var condition = expression.condition(write.only()).orElse(null);
    var builder = TransactWriteItem.builder();
    return switch (write) {
      case RawWrite.Edit edit ->
          builder
              .update(
                  Update.builder()
                      .tableName(dynamo.table())
                      .key(edit.key())
                      .updateExpression(expression.update(edit))
                      .conditionExpression(condition)
                      .expressionAttributeNames(orNull(expression.names()))
                      .expressionAttributeValues(orNull(expression.values()))
                      .build())
              .build();
      case RawWrite.Put put ->
          builder
              .put(
                  Put.builder()
                      .tableName(dynamo.table())
                      .item(put.item())
                      .conditionExpression(condition)
                      .expressionAttributeNames(orNull(expression.names()))
                      .expressionAttributeValues(orNull(expression.values()))
                      .build())
              .build();
      case RawWrite.Delete delete ->
          builder
              .delete(
                  Delete.builder()
                      .tableName(dynamo.table())
                      .key(delete.key())
                      .conditionExpression(condition)
                      .expressionAttributeNames(orNull(expression.names()))
                      .expressionAttributeValues(orNull(expression.values()))
                      .build())
              .build();
    };
  }

  private static <V> @Nullable Map<String, V> orNull(Map<String, V> map) {
    return map.isEmpty() ? null : new HashMap<>(map);
  }
}
