package dev.rollcall.api;

import dev.rollcall.core.check.CheckDocument;
import dev.rollcall.core.schedule.Cron;
import dev.rollcall.core.schedule.OnCalendar;
import dev.rollcall.core.schedule.Parsed;
import dev.rollcall.core.schedule.Schedule;
import dev.rollcall.core.schedule.Schedules;
import dev.rollcall.core.schedule.Zones;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a schedule comes to, for whoever is writing one.
final class SchedulePreview {
  private static final int LONGEST = 100;
  private static final int MOST = 20;
  private static final int USUAL = 5;

  private SchedulePreview() {}

  /// Reads the `schedule`, in the zone `tz`, as `kind` (`cron` or `oncalendar`; by its looks when
  /// that is left out), and says when it comes due after `after`, `count` times: 1 to 20, and what
  /// lies outside is brought inside.
  static Answer show(Call call) {
    var json = call.json();
    var expression = text(json.get("schedule"));
    var zone = Zones.parse(text(json.get("tz")).orElse("UTC"));
    var after = after(text(json.get("after")), call.now());
    if (expression.isEmpty()) {
      return new Problem.Invalid("schedule is not a string");
    }
    if (zone.isEmpty()) {
      return new Problem.Invalid("tz is not a valid timezone");
    }
    if (after.isEmpty()) {
      return new Problem.Invalid("after is not a timestamp");
    }
    return switch (parse(expression.get(), text(json.get("kind")).orElse(""), zone.get())) {
      case Parsed.Valid(var schedule) ->
          Answer.ok(
              new Document()
                  .with("valid", true)
                  .with("kind", schedule instanceof Cron ? "cron" : "oncalendar")
                  .with("next", next(schedule, after.get(), count(json.get("count"))))
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
    return switch (kind) {
      case "cron" -> Cron.parse(expression, zone);
      case "oncalendar" -> OnCalendar.parse(expression, zone);
      default -> Schedules.parse(expression, zone);
    };
  }

  private static List<String> next(Schedule schedule, Instant after, int count) {
    return Stream.iterate(
            schedule.next(after), Optional::isPresent, found -> found.flatMap(schedule::next))
        .limit(count)
        .flatMap(Optional::stream)
        .map(CheckDocument::timestamp)
        .toList();
  }

  private static int count(@Nullable JsonNode count) {
    return count != null && count.canConvertToInt() ? Math.clamp(count.intValue(), 1, MOST) : USUAL;
  }

  private static Optional<Instant> after(Optional<String> after, Instant now) {
    try {
      return Optional.of(after.map(Instant::parse).orElse(now));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(@Nullable JsonNode value) {
    return Optional.ofNullable(value).filter(JsonNode::isString).map(JsonNode::stringValue);
  }
}
