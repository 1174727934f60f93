package dev.rollcall.migrate.engine;

/// Which releases the data bears.
///
/// @param minReader the lowest level of a release that can read every item
/// @param minWriter the lowest level of a release whose writes harm nothing
record Bounds(int minReader, int minWriter) {
  static final Bounds NONE = new Bounds(1, 1);

  /// What holds when both must.
  Bounds and(Bounds other) {
    return new Bounds(Math.max(minReader, other.minReader), Math.max(minWriter, other.minWriter));
  }

  /// As long as releases of this level serve, nothing is done that they do not bear.
  Bounds bearing(int level) {
    return new Bounds(Math.min(minReader, level), Math.min(minWriter, level));
  }

  /// Whether a release of this level may do everything.
  boolean bear(int level) {
    return level >= minReader && level >= minWriter;
  }
}
