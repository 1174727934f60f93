package dev.rollcall.api;

import static dev.rollcall.api.BodyFields.optional;

import dev.rollcall.core.schedule.Parsed;
import dev.rollcall.core.schedule.Schedules;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What a request may say about a check, in the order in which the reference looks at it.
final class CheckFields {
  private static final int DAY = 86_400;
  private static final int LONGEST = 365 * DAY;

  /// Two limits that the reference leaves to its database: a check's description must fit into one
  /// item of ours.
  private static final int DESCRIPTION = 100_000;

  private static final int TAGS = 500;

  private static final List<String> UNIQUE = List.of("name", "slug", "tags", "timeout", "grace");
  private static final Pattern SLUG = Pattern.compile("[a-z0-9_-]*");

  /// As the reference: periods from a minute up.
  static final BodyFields COMPATIBLE = from(60);

  /// Rollcall's own calls: periods from ten seconds up.
  static final BodyFields OWN = from(10);

  private CheckFields() {}

  /// @param shortestPeriod in seconds
  private static BodyFields from(int shortestPeriod) {
    return BodyFields.of(
        optional("channels", FieldRule.string(10_000)),
        optional("desc", FieldRule.string(DESCRIPTION)),
        optional("failure_kw", FieldRule.string(200)),
        optional("filter_subject", FieldRule.bool()),
        optional("filter_body", FieldRule.bool()),
        optional("filter_http_body", FieldRule.bool()),
        optional("filter_default_fail", FieldRule.bool()),
        optional("grace", FieldRule.number(shortestPeriod, LONGEST)),
        optional("manual_resume", FieldRule.bool()),
        optional("methods", FieldRule.oneOf(List.of("", "POST"))),
        optional("name", FieldRule.string(100)),
        optional("schedule", FieldRule.string(100).and(schedule())),
        optional("slug", FieldRule.string(100).and(slug())),
        optional("start_kw", FieldRule.string(200)),
        optional("subject", FieldRule.string(200)),
        optional("subject_fail", FieldRule.string(200)),
        optional("success_kw", FieldRule.string(200)),
        optional("tags", FieldRule.string(TAGS)),
        optional("timeout", FieldRule.number(shortestPeriod, LONGEST)),
        optional("tz", FieldRule.zone()),
        optional("unique", FieldRule.listOf(UNIQUE)));
  }

  private static FieldRule schedule() {
    return FieldRule.of(CheckFields::isSchedule, "%s is not a valid cron or OnCalendar expression");
  }

  private static FieldRule slug() {
    return FieldRule.of(
        value -> SLUG.matcher(value.stringValue()).matches(), "%s does not match pattern");
  }

  private static boolean isSchedule(JsonNode value) {
    return Schedules.parse(value.stringValue(), ZoneOffset.UTC) instanceof Parsed.Valid;
  }
}
