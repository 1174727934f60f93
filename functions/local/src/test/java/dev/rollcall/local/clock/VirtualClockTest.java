package dev.rollcall.local.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class VirtualClockTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final AtomicReference<Instant> real = new AtomicReference<>(NOON);
  private final VirtualClock clock = new VirtualClock(real::get, Duration.ZERO);

  @Test
  void goes_with_real_time() {
    real.set(NOON.plusSeconds(5));

    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(5));
  }

  @Test
  void jumps_ahead_of_real_time_and_stays_ahead() {
    assertThat(clock.advance(DAY)).isEqualTo(NOON.plus(DAY));
    clock.advance(DAY);
    real.set(NOON.plusSeconds(5));

    assertThat(clock.instant()).isEqualTo(NOON.plus(DAY).plus(DAY).plusSeconds(5));
    assertThat(clock.offset()).isEqualTo(Duration.ofDays(2));
  }

  @Test
  void starts_at_the_offset_it_is_given() {
    var restored = new VirtualClock(InstantSource.fixed(NOON), DAY);

    assertThat(restored.instant()).isEqualTo(NOON.plus(DAY));
    assertThat(restored.offset()).isEqualTo(DAY);
  }

  @Test
  void follows_the_system_when_it_is_given_no_other() {
    assertThat(new VirtualClock(DAY).instant())
        .isAfter(Instant.now().plus(DAY).minus(Duration.ofHours(1)));
  }

  @Test
  void tells_its_listeners_after_each_jump() {
    var heard = new ArrayList<Instant>();
    clock.onAdvance(() -> heard.add(clock.instant()));
    clock.advance(DAY);
    clock.advance(DAY);

    assertThat(heard).containsExactly(NOON.plus(DAY), NOON.plus(DAY).plus(DAY));
  }

  @Test
  void never_goes_back() {
    assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(DAY.negated()));
    assertThatIllegalArgumentException().isThrownBy(() -> new VirtualClock(DAY.negated()));
    assertThat(clock.offset()).isZero();
  }

  @Test
  void stays_when_where_it_goes_cannot_be_kept() {
    var kept = new ArrayList<Duration>();
    var heard = new ArrayList<Duration>();
    var careful =
        new VirtualClock(
            Duration.ZERO,
            offset -> {
              if (offset.compareTo(DAY) > 0) {
                throw new IllegalStateException("the disk is full");
              }
              kept.add(offset);
            });
    careful.onAdvance(() -> heard.add(careful.offset()));
    careful.advance(DAY);

    assertThatIllegalStateException().isThrownBy(() -> careful.advance(DAY));
    assertThat(careful.offset()).isEqualTo(DAY);
    assertThat(kept).containsExactly(DAY);
    assertThat(heard).containsExactly(DAY);
  }
}
