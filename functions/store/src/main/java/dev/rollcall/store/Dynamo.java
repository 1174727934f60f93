package dev.rollcall.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Reads and transactions of one table. Every call asks for the capacity it consumed, so that costs
/// can be counted where they arise.
record Dynamo(DynamoDbClient client, String table) {

  /// What DynamoDB takes in one BatchGetItem.
  private static final int BATCH = 100;

  /// What it takes in one BatchWriteItem.
  private static final int PUT_BATCH = 25;

  /// How often items are put that it leaves unprocessed.
  private static final int PUTS = 6;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);

  Optional<Map<String, AttributeValue>> read(Map<String, AttributeValue> key) {
    var response =
        client.getItem(
            GetItemRequest.builder().tableName(table).key(key).consistentRead(true).build());
    return response.hasItem() ? Optional.of(response.item()) : Optional.empty();
  }

  /// The items of these keys that exist, in no order. Keys that DynamoDB leaves unprocessed are
  /// asked for again.
  List<Map<String, AttributeValue>> readAll(List<Map<String, AttributeValue>> keys) {
    var items = new ArrayList<Map<String, AttributeValue>>();
    for (int from = 0; from < keys.size(); from += BATCH) {
      var wanted = keys.subList(from, Math.min(from + BATCH, keys.size()));
      while (!wanted.isEmpty()) {
        var response =
            client.batchGetItem(
                BatchGetItemRequest.builder()
                    .requestItems(
                        Map.of(
                            table,
                            KeysAndAttributes.builder().keys(wanted).consistentRead(true).build()))
                    .build());
        items.addAll(response.responses().getOrDefault(table, List.of()));
        var rest = response.unprocessedKeys().get(table);
        wanted = rest == null ? List.of() : rest.keys();
      }
    }
    return items;
  }

  /// Puts items, which replace those of the same keys. Items that DynamoDB leaves unprocessed are
  /// put again, after a pause that doubles.
  ///
  /// @param items of different keys
  /// @throws IllegalStateException when some are left after [#PUTS]
  void putAll(List<Map<String, AttributeValue>> items) {
    for (int from = 0; from < items.size(); from += PUT_BATCH) {
      var batch =
          items.subList(from, Math.min(from + PUT_BATCH, items.size())).stream()
              .map(item ->
                  WriteRequest.builder()
                      .putRequest(PutRequest.builder().item(item).build())
                      .build())
              .toList();
      putBatch(batch);
    }
  }

  private void putBatch(List<WriteRequest> batch) {
    var left = batch;
    for (int turn = 0; turn < PUTS; turn++) {
      if (turn > 0) {
        LockSupport.parkNanos(FIRST_PAUSE.toNanos() << turn);
      }
      var wanted = left;
      left =
          client
              .batchWriteItem(write -> write.requestItems(Map.of(table, wanted)))
              .unprocessedItems()
              .getOrDefault(table, List.of());
      if (left.isEmpty()) {
        return;
      }
    }
    throw new IllegalStateException(left.size() + " items put off by the table");
  }

  /// One page of a query.
  QueryResponse page(Consumer<QueryRequest.Builder> query) {
    return client.query(builder -> {
      builder.tableName(table);
      query.accept(builder);
    });
  }

  /// All items of a query.
  List<Map<String, AttributeValue>> query(Consumer<QueryRequest.Builder> query) {
    var items = new ArrayList<Map<String, AttributeValue>>();
    var start = new HashMap<String, AttributeValue>();
    do {
      var page =
          page(builder -> {
            query.accept(builder);
            builder.exclusiveStartKey(start.isEmpty() ? null : start);
          });
      items.addAll(page.items());
      start.clear();
      start.putAll(page.lastEvaluatedKey());
    } while (!start.isEmpty());
    return items;
  }

  /// Writes all of these or nothing.
  Transacted transact(List<TransactWriteItem> writes) {
    try {
      client.transactWriteItems(request -> request.transactItems(writes));
      return new Transacted.Written();
    } catch (TransactionCanceledException cancelled) {
      return Transacted.refused(cancelled);
    }
  }

  /// The removal of an item that must be there.
  TransactWriteItem deleteOld(Map<String, AttributeValue> key) {
    return TransactWriteItem.builder()
        .delete(
            Delete.builder()
                .tableName(table)
                .key(key)
                .conditionExpression("attribute_exists(#pk)")
                .expressionAttributeNames(Map.of("#pk", Keys.PK))
                .build())
        .build();
  }

  /// The write of an item that must not be there yet.
  TransactWriteItem putNew(Map<String, AttributeValue> item) {
    return TransactWriteItem.builder()
        .put(
            Put.builder()
                .tableName(table)
                .item(item)
                .conditionExpression("attribute_not_exists(#pk)")
                .expressionAttributeNames(Map.of("#pk", Keys.PK))
                .build())
        .build();
  }
}
