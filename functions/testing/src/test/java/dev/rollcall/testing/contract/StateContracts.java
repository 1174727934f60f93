package dev.rollcall.testing.contract;

import dev.rollcall.testing.TestTables;
import org.junit.jupiter.api.Nested;

/// The contracts of the stores of the state table, on the tables of a test.
abstract class StateContracts {
  private final TestTables tables;

  StateContracts(TestTables tables) {
    this.tables = tables;
  }

  @Nested
  class Checks extends CheckStoreContract {
    Checks() {
      super(StateContracts.this.tables);
    }
  }

  @Nested
  class Catalog extends CheckCatalogContract {
    Catalog() {
      super(StateContracts.this.tables);
    }
  }

  @Nested
  class Projects extends ProjectContract {
    Projects() {
      super(StateContracts.this.tables);
    }
  }
}
