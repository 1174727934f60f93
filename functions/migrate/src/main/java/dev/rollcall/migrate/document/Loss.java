package dev.rollcall.migrate.document;

/// What is lost on the way back, as the author declares it.
///
/// @param down on the way back
/// @param finalised what cannot be had back once the migration is final, in words; `none` for
///   nothing
public record Loss(Down down, String finalised) {

  /// What the way back costs.
  public enum Down {
    /// Nothing, and nothing has to be kept for it.
    NONE,
    /// Nothing: what the newer shape has no place for is kept in the attic.
    NONE_WITH_ATTIC,
    /// Something. Such a migration is not taken back unless somebody asks for it by name.
    LOSSY
  }
}
