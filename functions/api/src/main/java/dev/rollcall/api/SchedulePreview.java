package dev.rollcall.api;

import dev.rollcall.core.check.CheckDocument;
import dev.rollcall.core.schedule.Cron;
import dev.rollcall.core.schedule.Parsed;
import dev.rollcall.core.schedule.Schedule;
import dev.rollcall.core.schedule.Schedules;
import dev.rollcall.core.zone.Zones;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What a schedule comes to, for whoever is writing one.
final class SchedulePreview {
  private static final int LONGEST = 100;
  private static final int MOST = 20;
  private static final int USUAL = 5;

  /// What a request may ask for. An expression that is too long for a check is answered as one that
  /// is wrong.
  static final BodyFields FIELDS =
      BodyFields.of(
          BodyFields.required("schedule", FieldRule.string()),
          BodyFields.optional("kind", FieldRule.string()),
          BodyFields.optional("tz", FieldRule.zone()),
          BodyFields.optional(
              "after",
              FieldRule.string()
                  .and(FieldRule.of(SchedulePreview::isInstant, "%s is not a timestamp"))),
          BodyFields.optional("count", FieldRule.integer()));

  private SchedulePreview() {}

  /// Reads the `schedule`, in the zone `tz`, as `kind` (`cron` or `oncalendar`; by its looks when
  /// that is left out), and says when it comes due after `after`, `count` times: 1 to 20, and what
  /// lies outside is brought inside.
  static Answer show(Call call) {
    return call.body().answer(FIELDS, said -> show(said, call.now()));
  }

  private static Answer show(BodyFields.Said said, Instant now) {
    var expression = said.text("schedule").orElseThrow();
    var zone = said.text("tz").flatMap(Zones::parse).orElse(ZoneOffset.UTC);
    var after = said.text("after").map(Instant::parse).orElse(now);
    return switch (parse(expression, said.text("kind").orElse(""), zone)) {
      case Parsed.Valid(var schedule) ->
          Answer.ok(
              new Document()
                  .with("valid", true)
                  .with("kind", schedule instanceof Cron ? "cron" : "oncalendar")
                  .with("next", next(schedule, after, count(said)))
                  .fields());
      case Parsed.Invalid(var reason, var position) ->
          Answer.ok(
              new Document()
                  .with("valid", false)
                  .with("error", reason)
                  .with("position", position)
                  .fields());
    };
  }

  private static Parsed parse(String expression, String kind, ZoneId zone) {
    if (expression.codePointCount(0, expression.length()) > LONGEST) {
      return new Parsed.Invalid("longer than " + LONGEST + " characters", LONGEST);
    }
    var as =
        switch (kind) {
          case "cron" -> Schedules.Kind.CRON;
          case "oncalendar" -> Schedules.Kind.ON_CALENDAR;
          default -> Schedules.Kind.BY_ITS_LOOKS;
        };
    return Schedules.parseOwn(expression, as, zone);
  }

  private static List<String> next(Schedule schedule, Instant after, int count) {
    return Stream.iterate(
            schedule.next(after), Optional::isPresent, found -> found.flatMap(schedule::next))
        .limit(count)
        .flatMap(Optional::stream)
        .map(CheckDocument::timestamp)
        .toList();
  }

  private static int count(BodyFields.Said said) {
    return said.value("count")
        .map(JsonNode::bigIntegerValue)
        .map(count -> count.min(BigInteger.valueOf(MOST)).max(BigInteger.ONE).intValue())
        .orElse(USUAL);
  }

  private static boolean isInstant(JsonNode value) {
    try {
      var _ = Instant.parse(value.stringValue());
      return true;
    } catch (DateTimeException malformed) {
      return false;
    }
  }
}
