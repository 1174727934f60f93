package dev.rollcall.migrate.document;

import java.math.RoundingMode;

/// To which whole number a scaled one goes.
public enum Rounding {
  FLOOR(RoundingMode.FLOOR),
  CEILING(RoundingMode.CEILING),
  /// The nearer one; away from zero when both are as near.
  HALF_UP(RoundingMode.HALF_UP);

  private final RoundingMode mode;

  Rounding(RoundingMode mode) {
    this.mode = mode;
  }

  RoundingMode mode() {
    return mode;
  }
}
