package dev.rollcall.api;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckDocument;
import dev.rollcall.core.check.Status;
import dev.rollcall.core.project.ApiKey;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.CheckRecord;
import dev.rollcall.store.Stores;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The checks of a project for Prometheus to scrape: as the reference writes them, and at an
/// address of our own with more. Whose they are, the key says; a project in the path is for people
/// to read. What it costs is what a list costs: nothing is counted up from the log.
record Prometheus(Stores stores, Keyring keyring) {
  private static final String BEARER = "Bearer ";

  /// With the key in the path.
  Answer byPath(Call call) {
    return scrape(call, call.variable("key"), Prometheus::asTheReference);
  }

  /// With the key in a header.
  Answer byHeader(Call call) {
    return byHeader(call, Prometheus::asTheReference);
  }

  /// With the key in a header, and with ages, run times and pings by kind besides.
  Answer own(Call call) {
    return byHeader(call, Prometheus::withMore);
  }

  /// Writes the checks of a project as they are at an instant.
  private interface Page {
    String write(CheckCatalog.Listing listing, Instant now);
  }

  private Answer byHeader(Call call, Page page) {
    return call.request()
        .header("authorization")
        .filter(header -> header.startsWith(BEARER))
        .map(header -> scrape(call, header.substring(BEARER.length()).stripLeading(), page))
        .orElseGet(() -> new Answer.Empty(401));
  }

  private Answer scrape(Call call, String secret, Page page) {
    return switch (keyring.find(secret, call.request().address(), call.now())) {
      case Keyring.Found.Key(var key) when key.access() == ApiKey.Access.READ_ONLY ->
          new Answer.Text(
              200,
              Answer.Text.PLAIN,
              page.write(stores.catalog().listing(key.project()), call.now()));
      case Keyring.Found.Wrong() when secret.length() != Keyring.KEY_LENGTH ->
          new Answer.Empty(400);
      case Keyring.Found.Key _, Keyring.Found.Wrong _ -> new Answer.Empty(403);
      case Keyring.Found.TooMany(var wait) -> new Problem.TooManyWrongKeys(wait);
    };
  }

  /// With a line more than the reference writes where a check cannot be read: it has no samples
  /// then, and no alert rule would miss them.
  private static String asTheReference(CheckCatalog.Listing listing, Instant now) {
    var out = reference(listing.checks(), now);
    if (!listing.unreadable().isEmpty()) {
      unreadable(out.append('\n'), listing);
    }
    return out.toString();
  }

  private static StringBuilder reference(List<CheckRecord> checks, Instant now) {
    Predicate<Check> isDown = check -> check.status(now) == Status.DOWN;
    var out = new StringBuilder();
    state(out, "up", "up", checks, isDown.negate());
    state(out, "started", "started", checks, check -> check.run() != null);
    state(out, "grace", "in the grace period", checks, check -> check.status(now) == Status.LATE);
    state(out, "paused", "paused", checks, check -> check.status(now) == Status.PAUSED);
    tags(out, checks, isDown);
    total(out, "hc_checks_total", "The total number of checks.", checks.size());
    out.append('\n');
    var down = checks.stream().map(record -> record.item().check()).filter(isDown).count();
    total(out, "hc_checks_down_total", "The number of checks currently down.", down);
    return out;
  }

  private static String withMore(CheckCatalog.Listing listing, Instant now) {
    var checks = listing.checks();
    var out = reference(checks, now).append('\n');
    unreadable(out, listing);
    out.append('\n');
    durations(
        out,
        "rollcall_check_last_ping_age_seconds",
        "How long ago the last success or failure was heard.",
        checks,
        check ->
            Optional.ofNullable(check.state().lastPing()).map(last -> Duration.between(last, now)));
    durations(
        out,
        "rollcall_check_run_seconds",
        "How long the run under way has taken so far.",
        checks,
        check ->
            Optional.ofNullable(check.run()).map(run -> Duration.between(run.startedAt(), now)));
    durations(
        out,
        "rollcall_check_last_run_seconds",
        "How long the run took that the last ping ended.",
        checks,
        check -> Optional.ofNullable(check.lastDuration()));
    pings(out, checks);
    return out.toString();
  }

  private static void state(
      StringBuilder out,
      String name,
      String state,
      List<CheckRecord> checks,
      Predicate<Check> holds) {
    var metric = "hc_check_" + name;
    head(
        out,
        metric,
        "gauge",
        "Whether the check is currently " + state + " (1 for yes, 0 for no).");
    for (var record : checks) {
      sample(out, metric, labels(record), holds.test(record.item().check()) ? "1" : "0");
    }
    out.append('\n');
  }

  private static void durations(
      StringBuilder out,
      String metric,
      String help,
      List<CheckRecord> checks,
      Function<Check, Optional<Duration>> duration) {
    head(out, metric, "gauge", help);
    for (var record : checks) {
      duration
          .apply(record.item().check())
          .ifPresent(value -> sample(out, metric, labels(record), seconds(value)));
    }
    out.append('\n');
  }

  private static void pings(StringBuilder out, List<CheckRecord> checks) {
    var metric = "rollcall_check_pings_total";
    head(out, metric, "counter", "How many pings the check has heard, by kind.");
    for (var record : checks) {
      var check = record.item().check();
      var tally = check.tally();
      var kinds =
          Stream.of(
              Map.entry("success", tally.successes(check.pings())),
              Map.entry("start", tally.starts()),
              Map.entry("fail", tally.failures()),
              Map.entry("log", tally.logs()),
              Map.entry("ign", tally.ignored()));
      kinds.forEach(kind ->
          sample(
              out,
              metric,
              "%s, kind=\"%s\"".formatted(labels(record), kind.getKey()),
              kind.getValue().toString()));
    }
  }

  private static void tags(StringBuilder out, List<CheckRecord> checks, Predicate<Check> isDown) {
    var up = new TreeMap<String, Boolean>();
    for (var record : checks) {
      var isUp = !isDown.test(record.item().check());
      record.details().tagList().forEach(tag -> up.merge(tag, isUp, Boolean::logicalAnd));
    }
    head(
        out,
        "hc_tag_up",
        "gauge",
        "Whether all checks with this tag are up (1 for yes, 0 for no).");
    up.forEach((tag, isUp) ->
        sample(out, "hc_tag_up", "tag=\"%s\"".formatted(escape(tag)), isUp ? "1" : "0"));
    out.append('\n');
  }

  private static void total(StringBuilder out, String metric, String help, long value) {
    head(out, metric, "gauge", help);
    out.append(metric).append(' ').append(value).append('\n');
  }

  private static void unreadable(StringBuilder out, CheckCatalog.Listing listing) {
    total(
        out,
        "rollcall_checks_unreadable",
        "The number of checks that this release cannot read: of these, nothing else is said here.",
        listing.unreadable().size());
  }

  private static void head(StringBuilder out, String metric, String type, String help) {
    out.append("# HELP ").append(metric).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(metric).append(' ').append(type).append('\n');
  }

  private static void sample(StringBuilder out, String metric, String labels, String value) {
    out.append(metric).append('{').append(labels).append("} ").append(value).append('\n');
  }

  private static String labels(CheckRecord record) {
    var details = record.details();
    return "name=\"%s\", tags=\"%s\", unique_key=\"%s\""
        .formatted(
            escape(details.name()), escape(details.tags()), CheckDocument.uniqueKey(details.id()));
  }

  /// Seconds with milliseconds, without an exponent.
  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).toPlainString();
  }

  private static String escape(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
