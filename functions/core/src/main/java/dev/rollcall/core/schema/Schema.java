package dev.rollcall.core.schema;

/// What the data says of its own shape. Each migration raises the level by one. A release and the
/// data need not have the same level: these numbers say who may do what meanwhile.
///
/// The two bounds hold at every moment, while a migration is under way as well.
///
/// All items have reached the lower of `level` and `writeLevel`; while settling, which brings them
/// there, the level before `writeLevel`.
///
/// @param level no item is of a higher level, but for the next one in any phase except
///   [Phase#STEADY]. At least 1. It stays when an older release gets on with newer data: what that
///   release makes, and what a migration had not come to by then, is below it
/// @param writeLevel the level in which everybody writes now. A newer release writes the older
///   shape until all that serve can read the newer one, and again before a migration is taken back.
///   Below `level` in a steady phase: an older release serves, and the next way up begins from here
/// @param minReader the lowest level of a release that can read every item
/// @param minWriter the lowest level of a release whose writes harm nothing
/// @param phase what is being done to the data
public record Schema(int level, int writeLevel, int minReader, int minWriter, Phase phase) {

  /// The data of the first release, and of an empty table: it says nothing of itself.
  public static final Schema FIRST = new Schema(1, 1, 1, 1, Phase.STEADY);

  public Schema {
    if (level < 1 || writeLevel < 1 || minReader < 1 || minWriter < 1) {
      throw new IllegalArgumentException("levels count from 1");
    }
  }

  /// Where a migration stands.
  public enum Phase {
    /// Nothing is under way.
    STEADY,
    /// Items are given what the next level adds. Older releases serve.
    EXPANDING,
    /// All items have it; older releases may still serve.
    EXPANDED,
    /// Only newer releases serve: what they do not need is taken away.
    SETTLING,
    /// Items are given back the former shape.
    ROLLING_BACK,
    /// A person has to look.
    BLOCKED
  }
}
