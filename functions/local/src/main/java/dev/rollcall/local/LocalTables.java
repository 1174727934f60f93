package dev.rollcall.local;

import dev.rollcall.store.Tables;
import dev.rollcall.testing.Meter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/// Both tables in a DynamoDB Local in this process: in a file, or in memory.
final class LocalTables implements AutoCloseable {
  static final Tables TABLES = new Tables("state", "log");

  private final AmazonDynamoDBLocal dynamo;
  private final Map<String, Meter> meters = new LinkedHashMap<>();

  private LocalTables(AmazonDynamoDBLocal dynamo) {
    this.dynamo = dynamo;
    var client = dynamo.dynamoDbClient();
    var existing = client.listTables().tableNames();
    if (!existing.contains(TABLES.state())) {
      client.createTable(TABLES.stateTable());
    }
    if (!existing.contains(TABLES.log())) {
      client.createTable(TABLES.logTable());
    }
  }

  /// @param folder where the file is or is to be, which exists; or null for memory
  static LocalTables open(@Nullable Path folder) {
    if (folder == null) {
      return new LocalTables(DynamoDBEmbedded.create());
    }
    return new LocalTables(DynamoDBEmbedded.create(folder.resolve("tables.db").toFile()));
  }

  /// A client for a function; [#meters] tells what it has used.
  DynamoDbClient client(String function) {
    return meters.computeIfAbsent(function, _ -> new Meter()).count(dynamo.dynamoDbClient());
  }

  /// What each function has used, by its name.
  Map<String, Meter> meters() {
    return Collections.unmodifiableMap(meters);
  }

  @Override
  public void close() {
    dynamo.shutdown();
  }
}
