package dev.rollcall.testing.contract;

import dev.rollcall.testing.TablesInMemory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/// The contract on DynamoDB Local in this process.
class InMemoryTest {
  private static final TablesInMemory TABLES = new TablesInMemory();

  @AfterAll
  static void close() {
    TABLES.close();
  }

  @Nested
  class Checks extends CheckStoreContract {
    Checks() {
      super(TABLES);
    }
  }

  @Nested
  class Catalog extends CheckCatalogContract {
    Catalog() {
      super(TABLES);
    }
  }

  @Nested
  class Projects extends ProjectContract {
    Projects() {
      super(TABLES);
    }
  }

  @Nested
  class Log extends LogContract {
    Log() {
      super(TABLES);
    }
  }

  @Nested
  class Agendas extends AgendaContract {
    Agendas() {
      super(TABLES);
    }
  }
}
