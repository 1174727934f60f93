package dev.rollcall.store;

import dev.rollcall.core.check.Flip;
import java.util.List;

/// What became of a step.
public sealed interface Saved {

  /// The check is stored as `item`.
  ///
  /// @param flips the flips that this step added, or that an earlier try of the same request left
  ///   untold: whoever saved them sends them on
  record Done(CheckItem item, List<Flip> flips) implements Saved {}

  /// There is no such check, or there is none any more.
  record Gone() implements Saved {}
}
