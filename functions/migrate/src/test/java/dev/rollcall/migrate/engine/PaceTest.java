package dev.rollcall.migrate.engine;

import static dev.rollcall.testing.Moments.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testing.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// How fast items are written.
class PaceTest {
  private final SettableClock clock = new SettableClock(NOON);
  private final Pace pace = new Pace(Watch.by(clock, clock::advance), 100);

  private Duration taking(int items) {
    var before = clock.instant();
    for (int item = 0; item < items; item++) {
      pace.take();
    }
    return Duration.between(before, clock.instant());
  }

  @Test
  void keeps_to_its_rate_after_the_first_second() {
    assertThat(taking(100)).isZero();
    assertThat(taking(1000)).isBetween(Duration.ofMillis(9_900), Duration.ofMillis(10_100));
  }

  @Test
  void halves_with_each_refusal_and_stops_at_one_a_second() {
    pace.slower(pace.halvings());
    assertThat(pace.rate()).isEqualTo(50);
    for (int refusal = 0; refusal < 20; refusal++) {
      pace.slower(pace.halvings());
    }
    assertThat(pace.rate()).isEqualTo(1);
    assertThat(taking(1)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void recovers_when_it_is_not_refused_and_never_beyond_its_rate() {
    pace.slower(pace.halvings());
    pace.slower(pace.halvings());
    taking(2000);
    assertThat(pace.rate()).isEqualTo(100);
  }
}
