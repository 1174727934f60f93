package dev.rollcall.core.schema;

/// What a release can do with data.
///
/// @param name as people call it, such as 0.2.0
/// @param level the level that it brings the data to
/// @param readsFrom the lowest level that it can still read
public record Release(String name, int level, int readsFrom) {

  /// The release that this code is. The name is that of the build, without its `-SNAPSHOT`.
  public static final Release THIS = new Release("0.2.0", 2, 1);

  public Release {
    if (readsFrom < 1 || readsFrom > level) {
      throw new IllegalArgumentException("a release reads from 1 up to its own level");
    }
  }

  /// What this release may do while the data is like this.
  public Fit on(Schema data) {
    if (data.level() < readsFrom || level < data.minReader()) {
      return Fit.UNREADABLE;
    }
    return level >= data.minWriter() ? Fit.NORMAL : Fit.READ_ONLY;
  }

  /// The level in which this release is to write items while the data is like this: what the data
  /// asks of everybody, and never beyond the release's own.
  public int writeLevel(Schema data) {
    return Math.min(data.writeLevel(), level);
  }
}
