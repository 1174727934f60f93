package dev.rollcall.migrate.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects what is wrong with one file.
final class Faults {
  private final String file;
  private final List<Fault> faults = new ArrayList<>();

  Faults(String file) {
    this.file = file;
  }

  /// @param line counts from 1
  void add(int line, String rule, String remedy) {
    faults.add(new Fault(file, line, rule, remedy));
  }

  boolean areNone() {
    return faults.isEmpty();
  }

  List<Fault> inOrder() {
    return faults.stream().sorted(Comparator.comparingInt(Fault::line)).toList();
  }
}
