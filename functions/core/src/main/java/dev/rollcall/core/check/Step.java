package dev.rollcall.core.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What follows from one thing that happened to a check: the check as it is afterwards, and its
/// flips, oldest first.
///
/// A step is a value. Whoever loses a race for the stored check reads it again and takes the step
/// anew.
public record Step(Check check, List<Flip> flips) {

  public Step {
    flips = List.copyOf(flips);
  }

  /// This step and, on the check that it leads to, the next.
  Step then(Function<Check, Step> next) {
    var second = next.apply(check);
    var all = new ArrayList<>(flips);
    all.addAll(second.flips());
    return new Step(second.check(), all);
  }

  static Step quiet(Check check) {
    return new Step(check, List.of());
  }
}
