package dev.rollcall.testing;

import dev.rollcall.store.Tables;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/// Both tables in a DynamoDB Local of their own, in this process and in memory.
public final class TablesInMemory implements TestTables {
  private final AmazonDynamoDBLocal dynamo;
  private final Meter meter;
  private final Tables tables = new Tables("state", "log");

  public TablesInMemory() {
    this(UnaryOperator.identity());
  }

  /// @param other makes the state table another one than this release's
  public TablesInMemory(UnaryOperator<CreateTableRequest> other) {
    dynamo = DynamoDBEmbedded.create();
    var client = dynamo.dynamoDbClient();
    client.createTable(other.apply(tables.stateTable()));
    client.createTable(tables.logTable());
    meter = new Meter();
  }

  @Override
  public Tables tables() {
    return tables;
  }

  @Override
  public DynamoDbClient client() {
    return meter.count(dynamo.dynamoDbClient());
  }

  @Override
  public Meter meter() {
    return meter;
  }

  @Override
  public void close() {
    dynamo.shutdown();
  }
}
