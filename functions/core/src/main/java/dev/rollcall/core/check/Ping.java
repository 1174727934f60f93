package dev.rollcall.core.check;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A ping as the log keeps it.
///
/// @param number counts the pings of this check from 1; a crash may leave a gap
/// @param signal what it was taken for
/// @param exitStatus the exit status that its address named, 0 to 255, or null
public record Ping(
    CheckId check,
    long number,
    Instant at,
    Signal signal,
    @Nullable Integer exitStatus,
    Source source,
    Body body) {

  /// Where a ping came from.
  ///
  /// @param scheme `http`, `https` or what else a proxy calls it; `email` for mail
  /// @param address the client's IP address, or null when that is not known
  /// @param method the HTTP method; empty for mail
  /// @param agent what the client calls itself, at most [#AGENT_LIMIT] characters
  public record Source(String scheme, @Nullable String address, String method, String agent) {
    /// As the reference: longer names are cut.
    public static final int AGENT_LIMIT = 200;

    public Source {
      agent = agent.substring(0, Math.min(agent.length(), AGENT_LIMIT));
    }
  }
}
