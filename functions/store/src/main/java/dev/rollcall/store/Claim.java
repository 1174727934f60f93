package dev.rollcall.store;

import java.time.Instant;

/// The answer to whoever wants to tell a channel what waits for it.
public sealed interface Claim {

  /// Nobody else tells it anything until the claim ends.
  record Granted(Agenda agenda) implements Claim {}

  /// Somebody else is telling it right now.
  record Busy() implements Claim {}

  /// The channel failed, and is left alone for a while.
  record Later(Instant next) implements Claim {}

  /// The flip is done with.
  record Settled() implements Claim {}

  /// The flip is not among what waits, nor is it done with.
  record Unrecorded() implements Claim {}
}
