package dev.rollcall.store;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ChannelId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What became of telling one channel of one flip.
///
/// @param flip the number of the flip
/// @param error what the provider said, or null when all went well
public record Notification(
    CheckId check,
    long flip,
    ChannelId channel,
    Instant at,
    Outcome outcome,
    @Nullable String error) {

  /// How a delivery ended.
  public enum Outcome {
    /// The provider took it.
    SENT,
    /// The channel has nothing to say of such a flip.
    SKIPPED,
    /// The provider refuses for good; the channel was disabled.
    REFUSED,
    /// Every try failed.
    GAVE_UP,
    /// A word of a newer release, which this one does not know.
    UNKNOWN
  }
}
