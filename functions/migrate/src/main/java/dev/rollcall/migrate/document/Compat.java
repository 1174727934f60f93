package dev.rollcall.migrate.document;

import java.util.Optional;

/// Which releases get on with items that a document has been applied to.
///
/// @param minReader the lowest level of a release that can read them
/// @param minWriter the lowest level of a release whose writes harm nothing
/// @param afterFinalise the same once there is no way back; empty where nothing changes then
public record Compat(int minReader, int minWriter, Optional<Bounds> afterFinalise) {

  /// @param minReader as above
  /// @param minWriter as above
  public record Bounds(int minReader, int minWriter) {}

  Bounds bounds() {
    return new Bounds(minReader, minWriter);
  }
}
