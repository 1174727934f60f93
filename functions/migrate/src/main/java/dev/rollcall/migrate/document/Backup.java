package dev.rollcall.migrate.document;

/// What is done for disaster before the first item changes.
public enum Backup {
  /// Nothing.
  NONE,
  /// The instant is noted to which the table can be restored.
  PITR_MARK,
  /// A backup of its own.
  ON_DEMAND
}
