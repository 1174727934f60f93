package dev.rollcall.migrate.engine;

/// Of one piece of work on the items.
///
/// @param scanned items of the kind, looked at in the last pass
/// @param changed writes of items, in all passes together
/// @param skipped items of the last pass that were as they should be
/// @param failed items that could not be changed
public record Counts(long scanned, long changed, long skipped, long failed) {
  static final Counts NONE = new Counts(0, 0, 0, 0);
}
