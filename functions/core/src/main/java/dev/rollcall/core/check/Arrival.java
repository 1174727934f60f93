package dev.rollcall.core.check;

import java.util.function.Predicate;

/// A ping as it arrived, before the check's own rules decide what it means.
public sealed interface Arrival {

  /// What its address asks for.
  Signal asked();

  /// A ping by HTTP.
  ///
  /// @param method the HTTP method, in capitals
  record Web(Signal asked, String method, String body) implements Arrival {}

  /// A ping by mail. Its address says no more than which check is meant.
  ///
  /// @param subject decoded; empty where there is none
  /// @param body says of a word whether it is in the text of the message
  record Mail(String subject, Predicate<String> body) implements Arrival {

    @Override
    public Signal asked() {
      return new Signal.Success(null);
    }
  }
}
