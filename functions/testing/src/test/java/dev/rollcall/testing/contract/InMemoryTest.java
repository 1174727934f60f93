package dev.rollcall.testing.contract;

import dev.rollcall.testing.TablesInMemory;
import org.junit.jupiter.api.AfterAll;

/// The contract on DynamoDB Local in this process.
class InMemoryTest extends AllContracts {
  private static final TablesInMemory TABLES = new TablesInMemory();

  InMemoryTest() {
    super(TABLES);
  }

  @AfterAll
  static void close() {
    TABLES.close();
  }
}
