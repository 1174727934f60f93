package dev.rollcall.migrate.deploy;

import dev.rollcall.migrate.engine.Policy;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a deployment asks of the data: the properties of a `Custom::Schema`.
///
/// @param target the level that the release brings the data to
/// @param release as people call it
/// @param policy what is allowed where the data is newer than the release
/// @param finalise the migration up to which there is no way back any more, if any
public record Terms(
    Phase phase, int target, String release, Policy policy, Optional<String> finalise) {

  static final String ON_OLDER = "OnOlderRelease";
  static final String LOSSY = "AllowLossyRollback";

  private static final Pattern MIGRATION = Pattern.compile("[0-9]{4}");

  /// Before the functions of the release serve, or when no others do.
  public enum Phase {
    EXPAND,
    SETTLE
  }

  /// A property that cannot be understood: what it must be.
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String property, String expected) {
      super("The property " + property + " of a Custom::Schema must be " + expected + ".");
    }
  }

  static Terms of(Map<String, String> properties) throws Malformed {
    return new Terms(
        one(Phase.class, "Phase", properties.getOrDefault("Phase", "")),
        level(properties.getOrDefault("Target", "")),
        properties.getOrDefault("Release", "unknown"),
        policy(properties),
        migration(properties, "FinaliseThrough"));
  }

  static Policy policy(Map<String, String> properties) throws Malformed {
    return new Policy(
        one(
            Policy.OnOlderRelease.class,
            ON_OLDER,
            properties.getOrDefault(ON_OLDER, "").isEmpty()
                ? "auto"
                : properties.getOrDefault(ON_OLDER, "")),
        migration(properties, LOSSY).map(Set::of).orElse(Set.of()));
  }

  private static int level(String text) throws Malformed {
    if (!text.matches("[1-9][0-9]{0,4}")) {
      throw new Malformed("Target", "a level, counted from 1");
    }
    return Integer.parseInt(text);
  }

  private static Optional<String> migration(Map<String, String> properties, String name)
      throws Malformed {
    var text = properties.getOrDefault(name, "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!MIGRATION.matcher(text).matches()) {
      throw new Malformed(name, "the four digits of a migration, such as 0001, or empty");
    }
    return Optional.of(text);
  }

  private static <E extends Enum<E>> E one(Class<E> type, String property, String text)
      throws Malformed {
    for (var each : type.getEnumConstants()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
        return each;
      }
    }
    var names = Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    throw new Malformed(property, String.join(" or ", names).toLowerCase(Locale.ROOT));
  }
}
