package dev.rollcall.api;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckDocument;
import dev.rollcall.core.check.Status;
import dev.rollcall.core.project.ApiKey;
import dev.rollcall.store.CheckRecord;
import dev.rollcall.store.Stores;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The checks of a project for Prometheus to scrape. Whose they are, the key says; the project in
/// the path is for people to read.
record Prometheus(Stores stores) {
  private static final int KEY_LENGTH = 32;
  private static final String BEARER = "Bearer ";

  /// With the key in the path.
  Answer byPath(Call call) {
    return scrape(call, call.variable("key"));
  }

  /// With the key in a header.
  Answer byHeader(Call call) {
    return call.request()
        .header("authorization")
        .filter(header -> header.startsWith(BEARER))
        .map(header -> scrape(call, header.substring(BEARER.length())))
        .orElseGet(() -> new Answer.Empty(401));
  }

  private Answer scrape(Call call, String secret) {
    if (secret.length() != KEY_LENGTH) {
      return new Answer.Empty(400);
    }
    return stores
        .projects()
        .key(secret)
        .filter(key -> key.access() == ApiKey.Access.READ_ONLY)
        .<Answer>map(key ->
            new Answer.Text(
                200, Answer.Text.PLAIN, write(call, stores.catalog().list(key.project()))))
        .orElseGet(() -> new Answer.Empty(403));
  }

  private static String write(Call call, List<CheckRecord> checks) {
    Predicate<Check> isDown = check -> check.status(call.now()) == Status.DOWN;
    var out = new StringBuilder();
    gauge(out, "check_up", "Whether the check is currently up", checks, isDown.negate());
    gauge(
        out,
        "check_started",
        "Whether the check is currently started",
        checks,
        check -> check.run() != null);
    gauge(
        out,
        "check_grace",
        "Whether the check is currently in the grace period",
        checks,
        check -> check.status(call.now()) == Status.LATE);
    gauge(
        out,
        "check_paused",
        "Whether the check is currently paused",
        checks,
        check -> check.status(call.now()) == Status.PAUSED);
    tags(out, checks, isDown);
    total(out, "checks_total", "The total number of checks.", checks.size());
    out.append('\n');
    var down = checks.stream().map(record -> record.item().check()).filter(isDown).count();
    total(out, "checks_down_total", "The number of checks currently down.", down);
    return out.toString();
  }

  private static void gauge(
      StringBuilder out,
      String name,
      String help,
      List<CheckRecord> checks,
      Predicate<Check> holds) {
    head(out, name, help + " (1 for yes, 0 for no).");
    for (var record : checks) {
      var check = record.item().check();
      out.append(
          "hc_%s{name=\"%s\", tags=\"%s\", unique_key=\"%s\"} %d\n"
              .formatted(
                  name,
                  escape(record.details().name()),
                  escape(record.details().tags()),
                  CheckDocument.uniqueKey(check.id()),
                  holds.test(check) ? 1 : 0));
    }
    out.append('\n');
  }

  private static void tags(StringBuilder out, List<CheckRecord> checks, Predicate<Check> isDown) {
    var up = new TreeMap<String, Boolean>();
    for (var record : checks) {
      var isUp = !isDown.test(record.item().check());
      Tags.of(record.details()).forEach(tag -> up.merge(tag, isUp, Boolean::logicalAnd));
    }
    head(out, "tag_up", "Whether all checks with this tag are up (1 for yes, 0 for no).");
    up.forEach((tag, isUp) ->
        out.append("hc_tag_up{tag=\"%s\"} %d\n".formatted(escape(tag), isUp ? 1 : 0)));
    out.append('\n');
  }

  private static void total(StringBuilder out, String name, String help, long value) {
    head(out, name, help);
    out.append("hc_%s %d\n".formatted(name, value));
  }

  private static void head(StringBuilder out, String name, String help) {
    out.append("# HELP hc_%1$s %2$s\n# TYPE hc_%1$s gauge\n".formatted(name, help));
  }

  private static String escape(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
