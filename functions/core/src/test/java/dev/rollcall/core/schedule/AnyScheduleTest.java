package dev.rollcall.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every schedule, the hostile ones included.
class AnyScheduleTest {

  private static final List<String> ZONES =
      List.of(
          "UTC",
          "America/New_York",
          "Europe/Dublin",
          "Australia/Lord_Howe",
          "America/Santiago",
          "Africa/Casablanca");

  private static final List<String> EXPRESSIONS =
      List.of(
          "*/7 * * * *",
          "30 * * * *",
          "*/20 1-3 * * *",
          "0,30 0-3 * * *",
          "15 2 * * 0",
          "0 0 L * *",
          "*:0/11",
          "0..3:15,45",
          "Sun 2:30",
          "*-*~1 0:00",
          "1:30 Europe/Riga\n*:50 America/New_York");

  /// Times at which clocks change in one of the zones.
  private static final List<Instant> CHANGES =
      Stream.of(
              "2026-02-15T02:00:00Z",
              "2026-03-08T07:00:00Z",
              "2026-03-29T01:00:00Z",
              "2026-04-04T15:00:00Z",
              "2026-09-06T04:00:00Z",
              "2026-10-03T15:30:00Z",
              "2026-10-25T01:00:00Z",
              "2026-11-01T06:00:00Z")
          .map(Instant::parse)
          .toList();

  @ParameterizedTest
  @MethodSource("schedules")
  void comes_later_and_never_earlier_than_it_did_from_an_earlier_instant(Schedule schedule) {
    var random = new Random(1);
    for (var change : CHANGES) {
      var afters =
          random
              .longs(100, -Duration.ofHours(26).toMillis(), Duration.ofHours(26).toMillis())
              .sorted()
              .mapToObj(change::plusMillis)
              .toList();
      var nexts = afters.stream().map(after -> schedule.next(after).orElseThrow()).toList();
      assertThat(nexts).isSorted();
      assertThat(IntStream.range(0, afters.size()))
          .allMatch(i -> nexts.get(i).isAfter(afters.get(i)));
    }
  }

  static Stream<Schedule> schedules() {
    return EXPRESSIONS.stream()
        .flatMap(expression ->
            ZONES.stream()
                .map(zone -> Reading.valid(Schedules.parse(expression, ZoneId.of(zone)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void is_read_and_asked_within_10_ms_of_cpu(String expression) {
    var zone = ZoneId.of("America/New_York");
    var limit = Duration.ofMillis(10);
    assertThat(bestCpuTime(() -> Cron.parse(expression, zone))).isLessThan(limit);
    assertThat(bestCpuTime(() -> OnCalendar.parse(expression, zone))).isLessThan(limit);
    assertThat(bestCpuTime(() -> Schedules.parse(expression, zone))).isLessThan(limit);
  }

  static Stream<Named<String>> hostile() {
    return Stream.of(
        Named.of(
            "numbers beyond any size", "*/" + "9".repeat(400) + " " + "9".repeat(80) + " * * *"),
        Named.of("hundreds of items", "0,".repeat(240) + "0 0 * * *"),
        Named.of("hundreds of occurrences", "* * */2 * " + "1#5,".repeat(115) + "2L"),
        Named.of("a million characters", "* ".repeat(500_000)),
        Named.of("a million characters in one field", "1".repeat(1_000_000) + " * * * *"),
        Named.of("a million lines", "\n".repeat(1_000_000)),
        Named.of("days that exclude each other", "* * */20 * 1L"),
        Named.of("days that exclude each other, by the clock on the wall", "*/5 0 */20 * 0L"),
        Named.of("a month without its days", "0 0 30 2 *"),
        Named.of("times always skipped, in cron", "*/30 2 * 3 0#2"),
        Named.of("an event that never comes", "*-2-30"),
        Named.of("100 lines that never come", lines(100, i -> "2-30")),
        Named.of("35 lines of months without their days", lines(35, i -> "2,4,6,9,11-31")),
        Named.of("29 lines of times always skipped", lines(29, i -> "Sun 3-8..14 2:" + (10 + i))),
        Named.of("one day in 170 years", "Mon 2196-2-29"));
  }

  private static String lines(int count, IntFunction<String> line) {
    return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n"));
  }

  /// The best of many tries, so that neither warm-up nor a busy machine counts.
  private static Duration bestCpuTime(Supplier<Parsed> reading) {
    var threads = ManagementFactory.getThreadMXBean();
    var after = Instant.parse("2026-01-01T00:00:00Z");
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long start = threads.getCurrentThreadCpuTime();
      if (reading.get() instanceof Parsed.Valid(var schedule)) {
        schedule.next(after);
      }
      best = Math.min(best, threads.getCurrentThreadCpuTime() - start);
    }
    return Duration.ofNanos(best);
  }
}
