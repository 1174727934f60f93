package dev.rollcall.core.project;

/// A group of checks and channels with keys and limits of its own.
///
/// @param name what people call it
/// @param pingKey the secret in ping URLs of the form `/ping/<ping key>/<slug>`
/// @param badgeKey the name under which its badges are public
/// @param checkLimit how many checks it may hold; pings that make checks may go to twice as many
/// @param pingLogLimit how many of a check's newest pings are shown
public record Project(
    ProjectId id, String name, String pingKey, String badgeKey, int checkLimit, int pingLogLimit) {

  /// The limits that a project starts with, those of the reference without payments.
  public static final int CHECK_LIMIT = 10_000;

  public static final int PING_LOG_LIMIT = 100;
}
