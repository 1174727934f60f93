package dev.rollcall.migrate.document;

/// How fast a migration may go.
///
/// @param itemsPerSecond written, 1 to 10,000
/// @param segments how many parts of the table are worked on side by side, 1 to 16
public record Limits(int itemsPerSecond, int segments) {
  static final Limits USUAL = new Limits(200, 4);
}
