package dev.rollcall.testing.contract;

import dev.rollcall.testing.TestTables;
import org.junit.jupiter.api.AfterAll;

/// The contract by way of the real wire: the CRT client and HTTP.
class OverHttpTest extends AllContracts {
  private static final TestTables TABLES = TablesOverHttp.start();

  OverHttpTest() {
    super(TABLES);
  }

  @AfterAll
  static void close() {
    TABLES.close();
  }
}
