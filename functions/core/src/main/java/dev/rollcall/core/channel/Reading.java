package dev.rollcall.core.channel;

/// What came of reading settings.
public sealed interface Reading<S> {

  /// They are understood.
  record Valid<S>(S settings) implements Reading<S> {}

  /// They are not.
  ///
  /// @param field the name of the field at fault
  /// @param reason what is wrong with it, for people
  record Invalid<S>(String field, String reason) implements Reading<S> {}
}
