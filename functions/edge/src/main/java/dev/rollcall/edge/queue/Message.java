package dev.rollcall.edge.queue;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ChannelId;
import java.time.Instant;
import java.util.UUID;

/// What one function asks another to do. Messages are hints to hurry: whatever they say is read
/// again from the table, and each may arrive twice, late, or never.
public sealed interface Message {

  /// This check has a flip that people should hear of. To `notify`, queue `flips`.
  ///
  /// @param flip its number
  record Told(CheckId check, long flip) implements Message {}

  /// Look at this check at `at`. To `sweep`, queue `due`.
  ///
  /// @param horizon up to when the sender's sweep looks ahead; a deadline later than that is left
  ///   to the next sweep
  record Look(CheckId check, Instant at, Instant horizon) implements Message {}

  /// Take the pings that wait in this shard of the inbox. To `inbox`, queue `inbox`, which else
  /// carries raw pings.
  record Drain(int shard) implements Message {}

  /// Tell this channel of this flip. To `notify`, queue `deliveries`.
  ///
  /// @param previous the number of the flip before it that people should hear of, if that was less
  ///   than a minute earlier; else 0. It goes first
  record Deliver(CheckId check, long flip, ChannelId channel, long previous) implements Message {

    /// Try this channel out. Flips count from 1: a delivery of flip 0 is a test, its check means
    /// nothing. It is tried once; how that went is the integration's last error.
    public static Deliver test(ChannelId channel) {
      return new Deliver(new CheckId(new UUID(0, 0)), 0, channel, 0);
    }

    public boolean isTest() {
      return flip == 0;
    }
  }
}
