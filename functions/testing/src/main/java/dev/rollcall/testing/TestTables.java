package dev.rollcall.testing;

import dev.rollcall.store.Tables;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Both tables, empty, somewhere that a test may use as it likes.
public interface TestTables extends AutoCloseable {
  Tables tables();

  /// A client whose calls [#meter] counts.
  DynamoDbClient client();

  Meter meter();

  @Override
  void close();
}
