package dev.rollcall.core.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Replays what was observed of cronsim 2.7 and oncalendar 1.1, one test per observation.
///
/// They were observed by the time zone data of early 2026. Where that of 2026f says otherwise, the
/// same libraries were observed again by it: in Morocco, which has given up changing its clock.
class ReferenceScheduleTest {

  private static final int OBSERVATIONS = 1235;
  private static final String RECORDED = "/schedules.jsonl";
  private static final String OBSERVED_AGAIN = "/schedules-2026f.jsonl";

  /// On the day when Lord Howe's clock moves by half an hour, cronsim counts hours from 00:30 and
  /// so misses the first half of the first matching hour; asked an hour later, it finds it.
  /// Rollcall does not miss it.
  private static final Observation MISSED_BY_THE_REFERENCE =
      new Observation(
          "cron",
          "*/27 14,13,16 16 * 0",
          Instant.parse("2026-10-03T15:00:00Z"),
          ZoneId.of("Australia/Lord_Howe"));

  record Observation(String kind, String expression, Instant after, ZoneId zone) {
    Parsed parsed() {
      return kind.equals("cron")
          ? Cron.parse(expression, zone)
          : OnCalendar.parse(expression, zone);
    }

    List<Instant> next(int count) {
      return Reading.next(count, Reading.valid(parsed()), after.toString()).stream()
          .map(Instant::parse)
          .toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("accepted")
  void comes_when_it_comes_in_the_reference(Observation observation, List<Instant> expected) {
    assertThat(observation.next(6)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void is_refused_as_the_reference_refuses_it(Observation observation) {
    assertThat(observation.parsed()).isInstanceOf(Parsed.Invalid.class);
  }

  @Test
  void no_run_is_missed_after_a_change_by_half_an_hour() {
    assertThat(MISSED_BY_THE_REFERENCE.next(3))
        .containsExactly(
            Instant.parse("2026-10-04T02:00:00Z"),
            Instant.parse("2026-10-04T02:27:00Z"),
            Instant.parse("2026-10-04T02:54:00Z"));
  }

  @Test
  void every_observation_is_replayed() throws IOException {
    assertThat(accepted().count() + refused().count() + 1).isEqualTo(OBSERVATIONS);
  }

  @Test
  void what_was_observed_again_was_in_morocco() throws IOException {
    assertThat(lines(OBSERVED_AGAIN).map(ReferenceScheduleTest::observation))
        .hasSize(54)
        .allMatch(observation -> observation.zone().getId().equals("Africa/Casablanca"));
  }

  static Stream<Arguments> accepted() throws IOException {
    var expected = new HashMap<Observation, List<Instant>>();
    Stream.concat(lines(RECORDED), lines(OBSERVED_AGAIN))
        .filter(line -> line.get("valid").asBoolean())
        .forEach(line -> expected.put(observation(line), instants(line.get("next"))));
    return lines(RECORDED)
        .filter(line -> line.get("valid").asBoolean())
        .map(ReferenceScheduleTest::observation)
        .filter(observation -> !observation.equals(MISSED_BY_THE_REFERENCE))
        .map(observation -> arguments(observation, expected.get(observation)));
  }

  static Stream<Observation> refused() throws IOException {
    return lines(RECORDED)
        .filter(line -> !line.get("valid").asBoolean())
        .map(ReferenceScheduleTest::observation);
  }

  private static Observation observation(JsonNode line) {
    return new Observation(
        line.get("kind").asString(),
        line.get("expression").asString(),
        Instant.parse(line.get("after").asString()),
        ZoneId.of(line.get("tz").asString()));
  }

  private static List<Instant> instants(JsonNode texts) {
    return StreamSupport.stream(texts.spliterator(), false)
        .map(text -> Instant.parse(text.asString()))
        .toList();
  }

  private static Stream<JsonNode> lines(String file) throws IOException {
    try (var resource =
        Objects.requireNonNull(ReferenceScheduleTest.class.getResourceAsStream(file))) {
      var mapper = JsonMapper.shared();
      return new String(resource.readAllBytes(), UTF_8).lines().map(mapper::readTree);
    }
  }
}
