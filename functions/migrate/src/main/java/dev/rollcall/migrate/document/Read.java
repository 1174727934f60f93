package dev.rollcall.migrate.document;

import java.util.List;

/// What came of reading a document.
public sealed interface Read {

  /// It can be interpreted.
  record Good(Migration migration) implements Read {}

  /// It cannot, for at least one reason. Faults are in the order of their lines.
  record Bad(List<Fault> faults) implements Read {
    public Bad {
      faults = List.copyOf(faults);
    }
  }
}
