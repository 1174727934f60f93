package dev.rollcall.migrate.engine;

import java.util.Set;

/// What an operator allows.
///
/// @param onOlder when a release of a lower level than the data is to serve
/// @param lossy ids of migrations that may be taken back although something is lost
public record Policy(OnOlderRelease onOlder, Set<String> lossy) {
  public static final Policy USUAL = new Policy(OnOlderRelease.AUTO, Set.of());

  public Policy {
    lossy = Set.copyOf(lossy);
  }

  /// What is done with newer data.
  public enum OnOlderRelease {
    /// Nothing, if the release gets on with it; else it is taken back, if nothing is lost by that.
    AUTO,
    /// Nothing, if the release gets on with it; else the release is refused.
    TOLERATE,
    /// The release is refused.
    REFUSE
  }
}
