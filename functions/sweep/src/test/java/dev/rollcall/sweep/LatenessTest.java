package dev.rollcall.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Reason;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.edge.queue.Messages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How late an outage is told, with many checks, pings at random, and ticks as far apart as they
/// can be.
class LatenessTest {
  private static final Duration BETWEEN_TICKS = Duration.ofSeconds(119);

  /// What a message's delay adds at most: it is in whole seconds.
  private static final Duration MOST = Duration.ofSeconds(1);

  private static final int CHECKS = 40;
  private static final int PINGS = 300;

  private final SweepWorld world = new SweepWorld();
  private final List<CheckId> ids = new ArrayList<>();
  private int timeouts;

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void is_a_second_at_most(long seed) {
    var random = new Random(seed);
    for (int check = 0; check < CHECKS; check++) {
      ids.add(world.project.check(seconds(random, 60, 900), seconds(random, 60, 300)));
    }
    world.afterwards(this::notifyOfFlips);
    for (int ping = 0; ping < PINGS; ping++) {
      var pause = Duration.ofNanos(1_000L * random.nextInt(16_000_000));
      world.run(world.clock.instant().plus(pause), BETWEEN_TICKS);
      world.ping("/ping/" + ids.get(random.nextInt(CHECKS)) + word(random));
      notifyOfFlips();
      assertNobodyIsOverdue();
    }
    assertThat(timeouts).isGreaterThan(20);
  }

  /// Plays `notify`, and looks at how old each flip is that it hears of.
  private void notifyOfFlips() {
    for (var sent : world.queues.take("flips")) {
      var told = Messages.told(sent.body());
      world.item(told.check()).untold().stream()
          .filter(flip -> flip.number() == told.flip())
          .forEach(flip -> {
            assertThat(Duration.between(flip.at(), world.clock.instant()))
                .isBetween(Duration.ZERO, MOST);
            timeouts += flip.reason() == Reason.TIMEOUT ? 1 : 0;
          });
      takeOver(told);
    }
  }

  private void takeOver(Message.Told told) {
    world.checks.told(told.check(), told.flip());
  }

  private void assertNobodyIsOverdue() {
    var limit = world.clock.instant().minus(MOST);
    for (var id : ids) {
      world
          .check(id)
          .deadline()
          .ifPresent(deadline -> assertThat(deadline).isAfterOrEqualTo(limit));
    }
  }

  private static String word(Random random) {
    return List.of("", "", "", "/start", "/start", "/fail", "/log").get(random.nextInt(7));
  }

  private static Duration seconds(Random random, int least, int most) {
    return Duration.ofSeconds(random.nextInt(least, most + 1));
  }
}
