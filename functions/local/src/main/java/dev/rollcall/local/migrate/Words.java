package dev.rollcall.local.migrate;

import dev.rollcall.core.schema.Fit;
import dev.rollcall.core.schema.Release;
import dev.rollcall.core.schema.Schema;
import dev.rollcall.local.command.Columns;
import dev.rollcall.migrate.engine.Estimate;
import dev.rollcall.migrate.engine.Plan;
import dev.rollcall.migrate.engine.Progress;
import dev.rollcall.migrate.engine.Report;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is printed for people. Times are UTC.
final class Words {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int EVENTS = 10;

  private Words() {}

  static String status(Report report, Release release) {
    var text = new StringBuilder(head(report, release));
    if (!report.releases().isEmpty()) {
      text.append("\nReleases seen\n").append(releases(report));
    }
    if (!report.history().isEmpty()) {
      text.append("\nHistory\n").append(history(report));
    }
    if (!report.events().isEmpty()) {
      text.append("\nNewest events\n").append(events(report));
    }
    return text.toString();
  }

  private static String head(Report report, Release release) {
    var schema = report.schema();
    var head =
        new Columns("")
            .row(
                "Level",
                "%s, written as %s".formatted(level(schema.level()), level(schema.writeLevel())))
            .row("Phase", phase(schema.phase()) + (report.paused() ? ", paused" : ""))
            .row(
                "Bounds",
                "releases from level %s on may read, from level %s on may write"
                    .formatted(level(schema.minReader()), level(schema.minWriter())))
            .row(
                "Release",
                "%s of level %d %s"
                    .formatted(release.name(), release.level(), may(fit(report, release))));
    for (var unclear : report.unclear()) {
      head.row("Unclear", unclear);
    }
    if (!report.unclear().isEmpty()) {
      head.row("", "A newer release wrote it: deploy that one. This one touches nothing");
    }
    report
        .blocked()
        .ifPresent(blocked -> {
          head.row("Blocked", blocked.reason());
          blocked.items().forEach(item -> head.row("", item));
        });
    return head.text();
  }

  /// What a release may do with the data: nothing while it does not understand what that says.
  static Fit fit(Report report, Release release) {
    return report.schema().schema().map(release::on).orElse(Fit.UNREADABLE);
  }

  private static String level(Optional<Integer> level) {
    return level.map(String::valueOf).orElse("?");
  }

  private static String may(Fit fit) {
    return switch (fit) {
      case NORMAL -> "may do everything";
      case READ_ONLY -> "may read, and change nothing";
      case UNREADABLE -> "may not read it: it keeps pings for later";
    };
  }

  private static String releases(Report report) {
    var table = new Columns("  ");
    for (var seen : report.releases()) {
      table.row(
          seen.name(),
          "level " + seen.level(),
          "reads from " + seen.readsFrom(),
          "first " + time(seen.first()),
          "last " + time(seen.last()));
    }
    return table.text();
  }

  private static String history(Report report) {
    var table = new Columns("  ");
    for (var past : report.history()) {
      table.row(
          past.id(),
          "%d to %d".formatted(past.from(), past.to()),
          past.state().replace('_', ' '),
          time(latest(past)),
          "%s, by %s".formatted(past.release(), past.by()),
          counts(past),
          past.title());
      past.progress().ifPresent(progress -> table.row("", "", estimate(progress)));
    }
    return table.text();
  }

  private static String counts(Report.Past past) {
    var counts = past.counts();
    return items(counts.scanned())
        + ", "
        + counts.changed()
        + " written"
        + (counts.failed() > 0 ? ", " + counts.failed() + " failed" : "");
  }

  private static @Nullable Instant latest(Report.Past past) {
    return switch (past.state()) {
      case "applied" -> past.appliedAt();
      case "rolled_back" -> past.rolledBackAt();
      case "finalised" -> past.finalisedAt();
      default -> past.startedAt();
    };
  }

  private static String events(Report report) {
    var table = new Columns("  ");
    report.events().stream()
        .limit(EVENTS)
        .forEach(event ->
            table.row(
                time(event.at()),
                event.migration(),
                "%s to %s".formatted(event.from(), event.to()).replace('_', ' '),
                "%s, by %s".formatted(event.release(), event.by()),
                event.reason()));
    return table.text();
  }

  static String plan(Plan plan) {
    var text = new StringBuilder();
    plan.refusal().ifPresent(reason -> text.append("Refused: ").append(reason).append('\n'));
    if (plan.refusal().isEmpty() && plan.steps().isEmpty()) {
      text.append("Nothing to do: the data is at level %s.\n".formatted(level(plan.level())));
    }
    for (var step : plan.steps()) {
      text.append(step(step));
    }
    if (!plan.steps().isEmpty()) {
      text.append(
          "\nFrom level %s to level %d. Nothing was changed.\n"
              .formatted(level(plan.level()), plan.target()));
    }
    return text.toString();
  }

  private static String step(Plan.Step step) {
    var text = new StringBuilder();
    text.append(
        "%s %s: %s\n".formatted(step.up() ? "Apply" : "Take back", step.id(), step.title()));
    text.append("  %s, %d to be written\n".formatted(items(step.items()), step.changes()));
    if (!step.loss().isEmpty()) {
      text.append("  Lost: ").append(step.loss()).append('\n');
    }
    for (var failing : step.failing()) {
      text.append("  Cannot be changed: ").append(failing).append('\n');
    }
    for (var sample : step.samples()) {
      text.append("  For example ").append(sample.item()).append('\n');
      var differences = new Columns("    ");
      for (var difference : sample.differences()) {
        differences.row(
            difference.attribute(),
            Shown.value(difference.attribute(), difference.before())
                + " → "
                + Shown.value(difference.attribute(), difference.after()));
      }
      text.append(differences.text());
    }
    return text.toString();
  }

  /// What came of a command.
  ///
  /// @param isChanged whether something was done
  static String end(Progress progress, boolean isChanged) {
    return switch (progress) {
      case Progress.Done(var schema) ->
          (isChanged
                  ? "Done: the data is at level %d, %s."
                  : "Nothing to do: the data is at level %d, %s.")
              .formatted(schema.level(), phase(schema.phase()));
      case Progress.Going(var percent, _, var doing) ->
          "Not through yet, %d %%: %s.".formatted(percent, doing);
      case Progress.Refused(var reason) ->
          (isChanged ? "Refused, after a part was done: " : "Refused, and nothing was touched: ")
              + reason;
      case Progress.Blocked(var reason, var items) ->
          "Blocked: %s%s"
              .formatted(
                  reason, items.stream().map(item -> "\n  " + item).collect(Collectors.joining()));
    };
  }

  /// One line of how far the work is, or of what it waits for.
  static String progress(Report report, Progress.Going going, boolean isWaiting) {
    return isWaiting ? going.doing() : progress(report, going);
  }

  private static String progress(Report report, Progress.Going going) {
    return report.history().stream()
        .flatMap(past ->
            past.progress().stream()
                .map(progress ->
                    "%s %s: %s"
                        .formatted(past.id(), past.state().replace('_', ' '), estimate(progress))))
        .findFirst()
        .orElse(going.doing());
  }

  private static String estimate(Estimate estimate) {
    return "%s%s%s"
        .formatted(
            estimate
                .total()
                .map(total ->
                    "%d of %s, %d %%".formatted(estimate.done(), items(total), estimate.percent()))
                .orElseGet(() -> items(estimate.done())),
            estimate.perSecond() > 0
                ? String.format(Locale.ROOT, ", %.0f a second", estimate.perSecond())
                : "",
            left(estimate.left()));
  }

  private static String left(Optional<Duration> left) {
    return left.map(time ->
            time.toSeconds() < 60
                ? ", %d s left".formatted(time.toSeconds())
                : ", %d min left".formatted(time.toMinutes() + 1))
        .orElse("");
  }

  private static String items(long number) {
    return number + (number == 1 ? " item" : " items");
  }

  private static String phase(Schema.Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String time(@Nullable Instant at) {
    return at == null ? "-" : TIME.format(at);
  }
}
