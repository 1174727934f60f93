package dev.rollcall.api;

import static dev.rollcall.api.BodyFields.optional;

import dev.rollcall.core.schedule.Parsed;
import dev.rollcall.core.schedule.Schedules;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

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
  static final BodyFields COMPATIBLE =
      from(60, schedule -> Schedules.parse(schedule, ZoneOffset.UTC));

  /// Rollcall's own calls: periods from ten seconds up, and cron's names for common times.
  static final BodyFields OWN =
      from(
          10,
          schedule -> Schedules.parseOwn(schedule, Schedules.Kind.BY_ITS_LOOKS, ZoneOffset.UTC));

  private CheckFields() {}

  /// @param shortestPeriod in seconds
  /// @param reading what a schedule may be
  private static BodyFields from(int shortestPeriod, Function<String, Parsed> reading) {
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
        optional("schedule", FieldRule.string(100).and(schedule(reading))),
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

  private static FieldRule schedule(Function<String, Parsed> reading) {
    return FieldRule.of(
        value -> reading.apply(value.stringValue()) instanceof Parsed.Valid,
        "%s is not a valid cron or OnCalendar expression");
  }

  private static FieldRule slug() {
    return FieldRule.of(
        value -> SLUG.matcher(value.stringValue()).matches(), "%s does not match pattern");
  }
}
