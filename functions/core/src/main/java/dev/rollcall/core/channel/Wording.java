package dev.rollcall.core.channel;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckDocument;
import dev.rollcall.core.check.Details;
import dev.rollcall.core.check.Ending;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.check.Reason;
import dev.rollcall.core.check.Status;
import dev.rollcall.core.schedule.Cron;
import dev.rollcall.core.schedule.Every;
import dev.rollcall.core.schedule.OnCalendar;
import dev.rollcall.core.zone.Zones;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An alert in words, for messages that people read. Nothing in it lets a reader ping the check.
///
/// @param status `DOWN` or `UP`, or `WAS DOWN` of an outage that is over when it is told
/// @param name of the check
/// @param sentence what happened
/// @param facts what else is known of the check, in the order of interest
/// @param body the end of what the last ping carried: up to [#BODY_LIMIT] bytes, with a mark where
///   it was cut; empty when there is nothing
/// @param link to the check in the dashboard, or to the dashboard for a check that does not exist
record Wording(
    String status, String name, String sentence, List<Fact> facts, String body, String link) {

  /// How many bytes of a body a message shows, as in the reference.
  static final int BODY_LIMIT = 10_000;

  /// How terminals are told of colours, and what else is no text.
  private static final Pattern NO_TEXT =
      Pattern.compile("\u001b\\[[0-?]*[ -/]*[@-~]|\u001b[(][A-Z0-9]|[\\p{Cc}&&[^\n\t]]");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEEE d MMMM uuuu, HH:mm:ss", Locale.ENGLISH);

  /// One thing known of a check.
  record Fact(String label, String value) {}

  Wording {
    facts = List.copyOf(facts);
  }

  static Wording of(Alert alert) {
    var subject = alert.subject();
    var details = subject.details();
    var name = details.name().isBlank() ? "A check without a name" : oneLine(details.name());
    // By its unique key: whoever sees a forwarded mail must not be able to ping.
    var link = subject.site().root() + "/#/checks/" + CheckDocument.uniqueKey(subject.check().id());
    return switch (alert) {
      case Alert.WentDown(_, var flip, var until) ->
          new Wording(
              until == null ? "DOWN" : "WAS DOWN",
              name,
              until == null
                  ? name + " is down: " + reason(flip, exitStatus(subject)) + "."
                  : late(name, flip, until, subject),
              facts(until == null ? "Down since" : "Went down", alert),
              body(subject),
              link);
      case Alert.CameUp(_, var flip, var since) ->
          new Wording(
              "UP",
              name,
              name + " is up again" + downtime(since, flip) + ".",
              facts("Up since", alert),
              body(subject),
              link);
      case Alert.Several several ->
          new Wording(
              several.flip().to() == Status.DOWN ? "DOWN" : "UP",
              name,
              counted(name, several),
              facts(several.flip().to() == Status.DOWN ? "Down since" : "Up since", alert),
              body(subject),
              link);
      case Alert.Test _ ->
          new Wording(
              "DOWN",
              name,
              "This is a test. When a check goes down, you will be told like this.",
              facts("Down since", alert),
              body(subject),
              subject.site().root() + "/");
    };
  }

  /// A duration by its two largest units, such as `1 day, 2 hours`.
  static String words(Duration duration) {
    var parts =
        Stream.of(
                part(duration.toDays(), "day"),
                part(duration.toHoursPart(), "hour"),
                part(duration.toMinutesPart(), "minute"),
                part(duration.toSecondsPart(), "second"))
            .dropWhile(String::isEmpty)
            .limit(2)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", "));
    return parts.isEmpty() ? "less than a second" : parts;
  }

  /// A text on one line, so that it can stand in a subject or a heading.
  static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }

  private static String reason(Flip flip, @Nullable Integer exitStatus) {
    if (flip.reason() == Reason.FAILURE) {
      return exitStatus == null || exitStatus == 0
          ? "its job reported a failure"
          : "its job reported a failure with exit status " + exitStatus;
    }
    return flip.reason() == Reason.UNKNOWN
        ? "for a reason that only a newer release of Rollcall knows"
        : "no success was reported in time";
  }

  private static String late(String name, Flip flip, Instant until, Alert.Subject subject) {
    var zone = subject.details().zone();
    return "This alert is late. %s went down at %s, came up at %s: %s."
        .formatted(
            name, time(flip.at(), zone), time(until, zone), reason(flip, exitStatus(subject)));
  }

  private static String counted(String name, Alert.Several several) {
    var zone = several.subject().details().zone();
    return "%s is %s. This channel could not be told in time: since %s it went down %s and came up %s."
        .formatted(
            name,
            several.flip().to() == Status.DOWN ? "down" : "up again",
            time(several.since(), zone),
            times(several.falls()),
            times(several.recoveries()));
  }

  private static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }

  private static @Nullable Integer exitStatus(Alert.Subject subject) {
    return subject.ping() == null ? null : subject.ping().exitStatus();
  }

  private static String downtime(@Nullable Instant since, Flip flip) {
    return since == null ? "" : " after " + words(Duration.between(since, flip.at()));
  }

  private static List<Fact> facts(String since, Alert alert) {
    var subject = alert.subject();
    var check = subject.check();
    var details = subject.details();
    var zone = details.zone();
    var facts = new ArrayList<Fact>();
    facts.add(new Fact(since, time(alert.flip().at(), zone)));
    if (!subject.project().isBlank()) {
      facts.add(new Fact("Project", oneLine(subject.project())));
    }
    if (!details.description().isBlank()) {
      facts.add(new Fact("Description", oneLine(details.description())));
    }
    if (!details.tags().isBlank()) {
      facts.add(new Fact("Tags", oneLine(details.tags())));
    }
    facts.addAll(schedule(check, details));
    facts.add(new Fact("Grace time", words(check.grace())));
    facts.add(new Fact("Pings", Long.toString(check.pings())));
    var lastPing = check.state().lastPing();
    facts.add(new Fact("Last ping", lastPing == null ? "never" : time(lastPing, zone)));
    return facts;
  }

  private static List<Fact> schedule(Check check, Details details) {
    var zone = new Fact("Time zone", details.zone().getId());
    return switch (check.schedule()) {
      case Every(var period) -> List.of(new Fact("Period", words(period)));
      case Cron cron -> List.of(new Fact("Schedule", oneLine(cron.expression())), zone);
      case OnCalendar calendar ->
          List.of(new Fact("Schedule", oneLine(calendar.expression())), zone);
    };
  }

  private static String body(Alert.Subject subject) {
    var output = subject.ping() == null ? "" : subject.ping().output();
    var lines = output.replace("\r\n", "\n").replace('\r', '\n');
    var end = Ending.of(NO_TEXT.matcher(lines).replaceAll("").strip(), BODY_LIMIT);
    return end.isWhole()
        ? end.text()
        : "[… " + end.cut() + " bytes before this are left out]\n" + end.text();
  }

  private static String time(Instant instant, ZoneId zone) {
    return TIME.format(Zones.local(instant, zone)) + " " + zone.getId();
  }

  private static String part(long amount, String unit) {
    if (amount == 0) {
      return "";
    }
    return amount + " " + unit + (amount == 1 ? "" : "s");
  }
}
