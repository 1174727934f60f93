package dev.rollcall.migrate.document;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/// A positive fraction of whole numbers, each at most a million.
public record Ratio(int numerator, int denominator) {
  private static final int MOST = 1_000_000;

  public Ratio {
    if (numerator < 1 || denominator < 1 || numerator > MOST || denominator > MOST) {
      throw new IllegalArgumentException("a ratio is made of whole numbers from 1 to a million");
    }
  }

  /// Empty for numbers that it is not made of.
  static Optional<Ratio> tryOf(int numerator, int denominator) {
    return numerator > MOST || denominator > MOST
        ? Optional.empty()
        : Optional.of(new Ratio(numerator, denominator));
  }

  Ratio inverse() {
    return new Ratio(denominator, numerator);
  }

  boolean isOne() {
    return numerator == denominator;
  }

  BigDecimal times(BigDecimal number, Rounding round) {
    return number
        .multiply(BigDecimal.valueOf(numerator), MathContext.UNLIMITED)
        .divide(BigDecimal.valueOf(denominator), 0, round.mode());
  }
}
