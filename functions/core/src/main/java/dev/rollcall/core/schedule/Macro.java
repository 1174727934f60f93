package dev.rollcall.core.schedule;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The names that cron has for common times, such as `@daily`.
final class Macro {

  /// Those that there are.
  static final String NAMES = "@hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually";

  private static final Map<String, String> PLAIN =
      Map.of(
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");

  private Macro() {}

  /// The five fields that a name stands for.
  static Optional<String> plain(String name) {
    return Optional.ofNullable(PLAIN.get(name.strip().toLowerCase(Locale.ROOT)));
  }
}
