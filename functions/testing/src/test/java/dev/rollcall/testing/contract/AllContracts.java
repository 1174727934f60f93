package dev.rollcall.testing.contract;

import dev.rollcall.testing.TestTables;
import org.junit.jupiter.api.Nested;

/// The contracts of all stores, on the tables of a test.
abstract class AllContracts extends StateContracts {
  private final TestTables tables;

  AllContracts(TestTables tables) {
    super(tables);
    this.tables = tables;
  }

  @Nested
  class Log extends LogContract {
    Log() {
      super(AllContracts.this.tables);
    }
  }

  @Nested
  class Agendas extends AgendaContract {
    Agendas() {
      super(AllContracts.this.tables);
    }
  }
}
