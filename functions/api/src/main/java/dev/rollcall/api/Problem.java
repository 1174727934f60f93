package dev.rollcall.api;

import dev.rollcall.edge.Gate;
import java.time.Duration;
import java.util.Set;

/// What a caller can do wrong, or find missing.
sealed interface Problem extends Answer {

  /// No API key, or something that cannot be one.
  record KeyMissing() implements Problem {}

  /// An API key that does not exist, or may not do this.
  record KeyWrong() implements Problem {}

  /// An API key that does not exist, like too many before it.
  ///
  /// @param retryAfter how long until the next try
  record TooManyWrongKeys(Duration retryAfter) implements Problem {}

  /// It is asked for past the site, which guards it.
  ///
  /// @param root where to ask
  record NotBySite(String root) implements Problem {}

  /// The body is no JSON.
  record Unparsable() implements Problem {}

  /// The body is larger than any request needs.
  record TooLarge() implements Problem {}

  /// A field is not as it should be.
  ///
  /// @param what is wrong, as a sentence that begins with the field's name
  record Invalid(String what) implements Problem {}

  /// A channel is named that does not exist, or more than one channel is.
  record UnknownChannel(String what) implements Problem {}

  /// A query parameter cannot be understood.
  record BadQuery() implements Problem {}

  /// It is there and belongs to another project.
  record NotYours() implements Problem {}

  /// The project may hold no more checks.
  record LimitReached() implements Problem {}

  /// No such page, or no such thing under a well-formed id.
  record NoSuchPage() implements Problem {}

  /// Nothing goes by this public name.
  record NoSuchName() implements Problem {}

  /// Only a paused check can be resumed.
  record NotPaused() implements Problem {}

  /// The page knows other methods only.
  record NoSuchMethod(Set<String> allowed) implements Problem {}

  /// The page is there to be read only.
  record ReadOnly() implements Problem {}

  /// The data may only be read by this release.
  record MayNotChange(Gate.Refusal facts) implements Problem {}

  /// The data cannot even be read by this release.
  record CannotRead(Gate.Refusal facts) implements Problem {}

  /// What it takes is not there for the moment.
  record Unavailable() implements Problem {}
}
