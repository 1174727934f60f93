package dev.rollcall.core.check;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The stored part of how a check fares. Whether it is late or running follows from this, its
/// schedule and the time.
public sealed interface State {

  /// When a success or a failure last arrived, or null when none has since the check was made or
  /// resumed.
  @Nullable Instant lastPing();

  /// The state in one word.
  Status status();

  /// Not heard of since it was made or resumed.
  record New() implements State {
    @Override
    public @Nullable Instant lastPing() {
      return null;
    }

    @Override
    public Status status() {
      return Status.NEW;
    }
  }

  /// Heard of in time. Its next deadline counts from `lastPing`.
  record Up(Instant lastPing) implements State {
    @Override
    public Status status() {
      return Status.UP;
    }
  }

  /// In trouble since `since`: a deadline that passed, or the failure that arrived.
  record Down(Instant since, Reason reason, @Nullable Instant lastPing) implements State {
    @Override
    public Status status() {
      return Status.DOWN;
    }
  }

  /// Not watched, by somebody's wish, until a ping or a resume.
  record Paused(@Nullable Instant lastPing) implements State {
    @Override
    public Status status() {
      return Status.PAUSED;
    }
  }
}
