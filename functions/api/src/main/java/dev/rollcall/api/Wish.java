package dev.rollcall.api;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.Details;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.schedule.Cron;
import dev.rollcall.core.schedule.Every;
import dev.rollcall.core.schedule.OnCalendar;
import dev.rollcall.core.schedule.Parsed;
import dev.rollcall.core.schedule.Schedule;
import dev.rollcall.core.schedule.Schedules;
import dev.rollcall.core.zone.Zones;
import dev.rollcall.store.CheckRecord;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// How somebody wants a check to be. What a request does not mention stays as it is.
///
/// @param said by [CheckFields]
/// @param version of the API; up to 2 a new name means a new slug
record Wish(BodyFields.Said said, int version) {

  /// The channels that it names, as they were written.
  Optional<String> channels() {
    return said.text("channels");
  }

  /// The fields by which an existing check is to be found; empty when a new one is wanted.
  Set<String> unique() {
    return said.value("unique").stream()
        .flatMap(JsonNode::valueStream)
        .map(JsonNode::stringValue)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Whether it may mean a check that exists already: it says of which, and all about it.
  boolean mayMeanAnother() {
    return !unique().isEmpty()
        && unique().stream().allMatch(field -> said.value(field).isPresent());
  }

  /// Whether a check is the one that is meant: it agrees in every [unique][#unique] field. A field
  /// that the wish does not mention agrees with nothing.
  boolean means(CheckRecord record) {
    var check = record.item().check();
    var details = record.details();
    return unique().stream()
        .allMatch(field ->
            switch (field) {
              case "name" -> said.text(field).filter(details.name()::equals).isPresent();
              case "slug" -> said.text(field).filter(details.slug()::equals).isPresent();
              case "tags" -> said.text(field).filter(details.tags()::equals).isPresent();
              case "grace" -> seconds(field).filter(check.grace()::equals).isPresent();
              default -> seconds(field).filter(period(check)::equals).isPresent();
            });
  }

  /// The description that follows.
  ///
  /// @param channels those that it names, found
  Details describe(Details before, Optional<SortedSet<ChannelId>> channels) {
    return new Details(
        before.id(),
        said.text("name").orElse(before.name()),
        slug().orElse(before.slug()),
        said.text("tags").orElse(before.tags()),
        said.text("desc").orElse(before.description()),
        zone().orElse(before.zone()),
        new Keywords(
            said.text("start_kw").orElse(before.keywords().start()),
            said.text("success_kw")
                .or(() -> said.text("subject"))
                .orElse(before.keywords().success()),
            said.text("failure_kw")
                .or(() -> said.text("subject_fail"))
                .orElse(before.keywords().failure())),
        filterSubject(before),
        said.flag("filter_body").orElse(before.filterMailBody()),
        channels.orElseGet(() -> new TreeSet<>(before.channels())),
        before.badgeKey(),
        before.createdAt());
  }

  /// When the check is expected from then on.
  ///
  /// @param zone of the check's description as it is then
  Schedule schedule(Schedule before, ZoneId zone) {
    return said.text("schedule")
        .map(expression -> valid(Schedules.parseOwn(expression, Schedules.Kind.BY_ITS_LOOKS, zone)))
        .or(() -> seconds("timeout").map(Every::new))
        .orElseGet(() -> moved(before, zone));
  }

  Duration grace(Duration before) {
    return seconds("grace").orElse(before);
  }

  Rules rules(Rules before) {
    return new Rules(
        said.text("methods").map("POST"::equals).orElse(before.postOnly()),
        said.flag("filter_http_body").orElse(before.filterBody()),
        said.flag("filter_default_fail").orElse(before.failByDefault()),
        said.flag("manual_resume").orElse(before.manualResume()));
  }

  /// The two older names of keywords also switch the search of subjects on and off.
  private boolean filterSubject(Details before) {
    var subjects = said.text("subject").or(() -> said.text("subject_fail"));
    var implied =
        subjects.map(_ ->
            !said.text("subject").orElse(before.keywords().success()).isEmpty()
                || !said.text("subject_fail").orElse(before.keywords().failure()).isEmpty());
    return said.flag("filter_subject").or(() -> implied).orElse(before.filterSubject());
  }

  private Optional<String> slug() {
    return said.text("slug")
        .or(() -> version < 3 ? said.text("name").map(Slugs::of) : Optional.empty());
  }

  private Optional<ZoneId> zone() {
    return said.text("tz").flatMap(Zones::parse);
  }

  private static Schedule moved(Schedule schedule, ZoneId zone) {
    return switch (schedule) {
      case Every every -> every;
      case Cron cron -> valid(Schedules.parseStored(cron.expression(), zone));
      case OnCalendar calendar -> valid(Schedules.parseStored(calendar.expression(), zone));
    };
  }

  private static Schedule valid(Parsed parsed) {
    return switch (parsed) {
      case Parsed.Valid(var schedule) -> schedule;
      case Parsed.Invalid(var reason, _) ->
          throw new IllegalStateException("valid in UTC and not in its zone: " + reason);
    };
  }

  /// The period by which a check is found. A check with a calendar has the usual one beneath it.
  private static Duration period(Check check) {
    return check.schedule() instanceof Every(var period) ? period : Checks.PERIOD.period();
  }

  private Optional<Duration> seconds(String field) {
    return said.value(field).map(JsonNode::longValue).map(Duration::ofSeconds);
  }
}
