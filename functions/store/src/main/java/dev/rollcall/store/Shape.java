package dev.rollcall.store;

import java.util.function.UnaryOperator;

/// What items of a kind are like from one level of the data on, and below it. A store gives what it
/// makes the shape of the level in which the data says that is to be written
/// ([SchemaView#writeLevel]), so that the release before can go on with it, and whatever a
/// migration has taken back stays taken back.
///
/// @param <T> an item, as a record or by its attributes
/// @param level from which on items are as this release knows them
/// @param older makes of such an item what the release of the level below would have made. It takes
///   one that is of that shape already, too
record Shape<T>(int level, UnaryOperator<T> older) {

  /// @param writeLevel what the data says
  boolean isReached(int writeLevel) {
    return writeLevel >= level;
  }

  /// The item as it is to be stored.
  ///
  /// @param writeLevel what the data says
  T of(T item, int writeLevel) {
    return isReached(writeLevel) ? item : older.apply(item);
  }
}
