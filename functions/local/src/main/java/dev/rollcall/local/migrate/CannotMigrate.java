package dev.rollcall.local.migrate;

/// Nothing was begun, for a reason that the operator can do something about. The message says what,
/// where, and what helps.
final class CannotMigrate extends RuntimeException {
  private static final long serialVersionUID = 1;

  CannotMigrate(String message) {
    super(message);
  }
}
