package dev.rollcall.migrate.engine;

import dev.rollcall.migrate.document.Source;
import java.time.InstantSource;

/// What a migrator works with.
///
/// @param who works, for the history: `deploy`, `tick` or a person
/// @param ids where generated values come from
public record Setup(
    String who, Policy policy, Timing timing, Watch watch, Source ids, Backups backups) {

  /// The table has functions that read and write it meanwhile.
  public static Setup cloud(String who, Policy policy, Backups backups) {
    return cloud(who, policy, backups, Watch.system());
  }

  /// As the other [#cloud], by a time that may pass otherwise.
  public static Setup cloud(String who, Policy policy, Backups backups, Watch watch) {
    return new Setup(who, policy, Timing.CLOUD, watch, Source.secure(), backups);
  }

  /// The caller's process has the table for itself, and nobody makes backups of it.
  public static Setup alone(String who) {
    return alone(who, InstantSource.system());
  }

  /// As the other [#alone], by a clock that may have been moved.
  public static Setup alone(String who, InstantSource clock) {
    return new Setup(
        who, Policy.USUAL, Timing.ALONE, Watch.by(clock), Source.secure(), Backups.NONE);
  }
}
