package dev.rollcall.migrate.engine;

import java.util.List;
import java.util.Optional;

/// What would be done to reach a level.
///
/// @param level where the data is; empty when that is not understood
/// @param refusal why nothing would be done, if so
/// @param steps in their order
public record Plan(
    Optional<Integer> level, int target, Optional<String> refusal, List<Step> steps) {

  /// One migration.
  ///
  /// @param up whether it would be applied, or taken back
  /// @param items of the kind that there are
  /// @param changes items that would be written
  /// @param failing items that could not be changed, and why; not all of them
  /// @param loss what would be lost, in words; empty for nothing
  public record Step(
      String id,
      String title,
      boolean up,
      long items,
      long changes,
      List<String> failing,
      String loss,
      List<Sample> samples) {}

  /// An item that would be changed.
  ///
  /// @param item its key, abridged where it is secret
  /// @param differences by attribute, before and after
  public record Sample(String item, List<Difference> differences) {}

  /// @param before as it is now; empty: missing
  /// @param after as it would be; empty: missing
  public record Difference(String attribute, String before, String after) {}
}
