package dev.rollcall.migrate.engine;

import dev.rollcall.migrate.document.Source;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// What a migrator works with.
///
/// @param who works, for the history: `deploy`, `tick` or a person
/// @param ids where generated values come from
/// @param itemsPerSecond written at most, whatever documents say; null: what they say
/// @param abreast how many items of a page are changed at once, at least 1
public record Setup(
    String who,
    Policy policy,
    Timing timing,
    Watch watch,
    Source ids,
    Backups backups,
    @Nullable Integer itemsPerSecond,
    int abreast) {

  private static final int UNLIMITED = 1_000_000;

  /// A write of DynamoDB takes 5 to 10 ms: one after the other, there would be 100 to 200 a second.
  private static final int ABREAST = 8;

  /// One item after the other.
  public Setup(
      String who,
      Policy policy,
      Timing timing,
      Watch watch,
      Source ids,
      Backups backups,
      @Nullable Integer itemsPerSecond) {
    this(who, policy, timing, watch, ids, backups, itemsPerSecond, 1);
  }

  /// The table has functions that read and write it meanwhile.
  public static Setup cloud(String who, Policy policy, Backups backups) {
    return cloud(who, policy, backups, Watch.system());
  }

  /// As the other [#cloud], by a time that may pass otherwise.
  public static Setup cloud(String who, Policy policy, Backups backups, Watch watch) {
    return new Setup(who, policy, Timing.CLOUD, watch, Source.secure(), backups, null, ABREAST);
  }

  /// The caller's process has the table for itself, nobody makes backups of it, and it need not be
  /// spared.
  public static Setup alone(String who) {
    return alone(who, InstantSource.system());
  }

  /// As the other [#alone], by a clock that may have been moved.
  public static Setup alone(String who, InstantSource clock) {
    return new Setup(
        who, Policy.USUAL, Timing.ALONE, Watch.by(clock), Source.secure(), Backups.NONE, UNLIMITED);
  }
}
