package dev.rollcall.bench;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.testing.CheckBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Makes checks as fast as the table takes them. The catalog makes their items, on a client that
/// only keeps them; they are written in batches. What the catalog counts is not written: nothing
/// here asks for it.
final class ManyChecks implements DynamoDbClient {
  private static final int BATCH = 25;

  private final DynamoDbClient client;
  private final List<WriteRequest> items = new ArrayList<>();

  private ManyChecks(DynamoDbClient client) {
    this.client = client;
  }

  /// Checks of one project that were up a moment ago, and have a day until their next ping.
  static List<CheckId> make(DynamoDbClient client, int count) {
    var many = new ManyChecks(client);
    var catalog = new CheckCatalog(many, Cloud.TABLES);
    var project = new ProjectId(UUID.randomUUID());
    var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    var ids = new ArrayList<CheckId>();
    for (int number = 1; number <= count; number++) {
      var made =
          CheckBuilder.aCheck()
              .in(project)
              .called("Job " + number)
              .every(Duration.ofDays(1))
              .up(now)
              .storedIn(catalog);
      ids.add(made.check().id());
      many.write(BATCH);
    }
    many.write(1);
    return ids;
  }

  /// As soon as there are so many.
  private void write(int least) {
    while (items.size() >= least) {
      var batch = items.subList(0, Math.min(items.size(), BATCH));
      var left = Map.of(Cloud.TABLES.state(), List.copyOf(batch));
      while (!left.isEmpty()) {
        var rest = left;
        left = client.batchWriteItem(write -> write.requestItems(rest)).unprocessedItems();
      }
      batch.clear();
    }
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    request
        .transactItems()
        .forEach(write ->
            items.add(
                WriteRequest.builder().putRequest(put -> put.item(write.put().item())).build()));
    return TransactWriteItemsResponse.builder().build();
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    return UpdateItemResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return client.serviceName();
  }

  @Override
  public void close() {}
}
