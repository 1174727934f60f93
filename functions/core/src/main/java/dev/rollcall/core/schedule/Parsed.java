package dev.rollcall.core.schedule;

/// What reading an expression came to: a schedule, or what is wrong with it and where.
public sealed interface Parsed {

  /// The expression is a schedule.
  record Valid(Schedule schedule) implements Parsed {}

  /// The expression is not a schedule.
  ///
  /// @param reason what is wrong, in words meant for whoever wrote the expression
  /// @param position where, as a 0-based offset in characters from the start of the whole
  ///   expression; the expression's length when something is missing at its end
  record Invalid(String reason, int position) implements Parsed {}
}
