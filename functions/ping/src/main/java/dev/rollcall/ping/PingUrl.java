package dev.rollcall.ping;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.RunId;
import dev.rollcall.core.check.Signal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a ping URL says, by the reference's rules: whom it is for and what it reports.
///
/// @param target whom it is for
/// @param report what it reports; an exit status beyond 255 is kept as it is and judged only once
///   the target is known
record PingUrl(Target target, Report report) {
  private static final Pattern UUID_IN_LOWER_CASE =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern UUID_WITH_DASHES =
      Pattern.compile(UUID_IN_LOWER_CASE.pattern(), Pattern.CASE_INSENSITIVE);
  private static final Pattern WORD = Pattern.compile("[-a-zA-Z0-9_]+");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  /// The longest slug that a ping may name or make.
  private static final int SLUG_LIMIT = 500;

  /// Longer ones are nobody's, and DynamoDB would refuse them as keys.
  private static final int PING_KEY_LIMIT = 100;

  /// Whom a ping is for.
  sealed interface Target {

    /// The same for all pings of one check that name it in the same way. Frozen: pings that wait
    /// are kept in order by it.
    String name();

    record ById(CheckId check) implements Target {
      @Override
      public String name() {
        return check.toString();
      }
    }

    record BySlug(String pingKey, String slug) implements Target {
      @Override
      public String name() {
        return pingKey + "/" + slug;
      }

      /// Slugs have no capitals.
      boolean isValid() {
        return slug.length() <= SLUG_LIMIT && slug.chars().noneMatch(Character::isUpperCase);
      }

      /// Whether a project could have this key.
      boolean isPossible() {
        return pingKey.length() <= PING_KEY_LIMIT;
      }
    }
  }

  /// What a ping reports.
  sealed interface Report {
    record Success() implements Report {}

    record Failure() implements Report {}

    record Start() implements Report {}

    record Log() implements Report {}

    /// What it is called where pings are counted.
    default String kind() {
      return switch (this) {
        case Success _ -> "success";
        case Failure _ -> "failure";
        case Start _ -> "start";
        case Log _ -> "log";
        case ExitStatus _ -> "exit";
      };
    }

    /// @param digits as they stand in the URL
    record ExitStatus(String digits) implements Report {}
  }

  /// Reads a percent-encoded path, with or without `/ping` in front. Empty where the path is no
  /// ping URL.
  static Optional<PingUrl> parse(String rawPath) {
    var path = decode(rawPath);
    if (!path.startsWith("/")) {
      return Optional.empty();
    }
    var parts = List.of(path.substring(path.startsWith("/ping/") ? 6 : 1).split("/", -1));
    var first = parts.getFirst();
    if (UUID_IN_LOWER_CASE.matcher(first).matches()) {
      var target = new Target.ById(new CheckId(UUID.fromString(first)));
      if (parts.size() == 1 || (parts.size() == 2 && parts.get(1).isEmpty())) {
        return Optional.of(new PingUrl(target, new Report.Success()));
      }
      var report = parts.size() == 2 ? report(parts.get(1)) : null;
      if (report != null) {
        return Optional.of(new PingUrl(target, report));
      }
    }
    return bySlug(parts);
  }

  /// What a `rid` parameter names.
  ///
  /// @return empty where it is no UUID with dashes
  static Optional<RunId> runId(String rid) {
    return UUID_WITH_DASHES.matcher(rid).matches()
        ? Optional.of(new RunId(UUID.fromString(rid)))
        : Optional.empty();
  }

  /// The exit status that the URL names, or null when it names none.
  ///
  /// @throws ArithmeticException when it is beyond 255
  @Nullable Integer exitStatus() {
    if (!(report instanceof Report.ExitStatus(var digits))) {
      return null;
    }
    var significant = digits.replaceFirst("^0+(?=.)", "");
    if (significant.length() > 3 || Integer.parseInt(significant) > 255) {
      throw new ArithmeticException("an exit status is at most 255");
    }
    return Integer.valueOf(significant);
  }

  /// The signal that the URL asks for.
  ///
  /// @throws ArithmeticException when its exit status is beyond 255
  Signal signal(@Nullable RunId run) {
    return switch (report) {
      case Report.Success _ -> new Signal.Success(run);
      case Report.Failure _ -> new Signal.Failure(run);
      case Report.Start _ -> new Signal.Start(run);
      case Report.Log _ -> new Signal.Log(run);
      case Report.ExitStatus _ ->
          Integer.valueOf(0).equals(exitStatus())
              ? new Signal.Success(run)
              : new Signal.Failure(run);
    };
  }

  private static Optional<PingUrl> bySlug(List<String> parts) {
    if (parts.size() < 2
        || parts.size() > 3
        || !WORD.matcher(parts.get(0)).matches()
        || !WORD.matcher(parts.get(1)).matches()) {
      return Optional.empty();
    }
    var report = parts.size() == 2 ? new Report.Success() : report(parts.get(2));
    return report == null
        ? Optional.empty()
        : Optional.of(new PingUrl(new Target.BySlug(parts.get(0), parts.get(1)), report));
  }

  private static @Nullable Report report(String word) {
    return switch (word) {
      case "fail" -> new Report.Failure();
      case "start" -> new Report.Start();
      case "log" -> new Report.Log();
      default -> DIGITS.matcher(word).matches() ? new Report.ExitStatus(word) : null;
    };
  }

  private static String decode(String path) {
    if (path.indexOf('%') < 0) {
      return path;
    }
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return path;
    }
  }
}
