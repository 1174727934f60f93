package dev.rollcall.testing.contract;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.RunId;
import dev.rollcall.core.check.Signal;
import dev.rollcall.core.check.Step;
import dev.rollcall.core.schedule.Every;
import dev.rollcall.core.schedule.Parsed;
import dev.rollcall.core.schedule.Schedule;
import dev.rollcall.core.schedule.Schedules;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What may happen to a check, at random but the same for the same seed.
final class Life {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final List<RunId> RUNS =
      List.of(new RunId(new UUID(1, 1)), new RunId(new UUID(1, 2)));

  /// Mostly none, so that the fast path has its chances.
  private static final List<Rules> RULES =
      List.of(Rules.NONE, Rules.NONE, Rules.NONE, new Rules(true, false, false, true));

  private final RandomGenerator random;
  private Instant now;

  Life(long seed, Instant start) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    now = start;
  }

  /// Something that happens.
  sealed interface Event {
    Instant at();

    /// A ping.
    record Heard(Signal signal, Instant at) implements Event {}

    /// Anything else that leads to a step.
    record Stepped(String name, Function<Check, Step> step, Instant at) implements Event {}

    /// Somebody takes over the flip in this place among the untold, if there is one.
    record Told(int place, Instant at) implements Event {}
  }

  /// How late it is. Pings may be older than this, as if they had had to wait.
  Instant now() {
    return now;
  }

  Event next() {
    now = now.plus(random.nextLong(1, pause().toNanos() / 1000) * 1000, ChronoUnit.NANOS);
    var at = now;
    return switch (random.nextInt(28)) {
      case 0, 1 -> new Event.Heard(new Signal.Start(run()), at);
      case 2, 3 -> new Event.Heard(new Signal.Failure(run()), at);
      case 4 -> new Event.Heard(new Signal.Log(run()), at);
      case 5 -> new Event.Heard(new Signal.Success(run()), at.minusSeconds(random.nextInt(600)));
      case 6, 7, 8 -> new Event.Stepped("sweep", check -> check.sweep(at), at);
      case 9 -> new Event.Stepped("pause", check -> check.pause(at), at);
      case 10 -> new Event.Stepped("resume", resume(at), at);
      case 11 -> new Event.Stepped("expect", expect(), at);
      case 12, 13, 14 -> new Event.Told(random.nextInt(3), at);
      default -> new Event.Heard(new Signal.Success(run()), at);
    };
  }

  private static Function<Check, Step> resume(Instant at) {
    return check -> check.resume(at).orElseGet(() -> new Step(check, List.of()));
  }

  private Function<Check, Step> expect() {
    var schedule = schedule();
    var grace = Duration.ofSeconds(random.nextInt(60, 1200));
    var rules = RULES.get(random.nextInt(RULES.size()));
    return check -> check.expect(schedule, grace, rules);
  }

  private Schedule schedule() {
    return switch (random.nextInt(4)) {
      case 0 -> parsed("*/20 * * * *");
      case 1 -> parsed("2026-06-01 13:00:00");
      default -> new Every(Duration.ofSeconds(random.nextInt(60, 3600)));
    };
  }

  private static Schedule parsed(String expression) {
    return Stream.of(Schedules.parse(expression, ZONE))
        .map(Parsed.Valid.class::cast)
        .map(Parsed.Valid::schedule)
        .findFirst()
        .orElseThrow();
  }

  private @Nullable RunId run() {
    return random.nextBoolean() ? null : RUNS.get(random.nextInt(RUNS.size()));
  }

  private Duration pause() {
    return random.nextInt(6) == 0 ? Duration.ofMinutes(40) : Duration.ofSeconds(20);
  }
}
