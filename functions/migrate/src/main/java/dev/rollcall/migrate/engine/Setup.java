package dev.rollcall.migrate.engine;

import dev.rollcall.migrate.document.Source;
import org.jspecify.annotations.Nullable;

/// What a migrator works with.
///
/// @param who works, for the history: `deploy`, `tick` or a person
/// @param ids where generated values come from
/// @param itemsPerSecond written at most, whatever documents say; null: what they say
public record Setup(
    String who,
    Policy policy,
    Timing timing,
    Watch watch,
    Source ids,
    Backups backups,
    @Nullable Integer itemsPerSecond) {

  private static final int UNLIMITED = 1_000_000;

  /// The table has functions that read and write it meanwhile.
  public static Setup cloud(String who, Policy policy, Backups backups) {
    return new Setup(who, policy, Timing.CLOUD, Watch.system(), Source.secure(), backups, null);
  }

  /// The caller's process has the table for itself, nobody makes backups of it, and it need not be
  /// spared.
  public static Setup alone(String who) {
    return new Setup(
        who,
        Policy.USUAL,
        Timing.ALONE,
        Watch.system(),
        Source.secure(),
        _ -> "none: this table has no backups",
        UNLIMITED);
  }
}
