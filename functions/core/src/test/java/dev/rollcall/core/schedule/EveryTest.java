package dev.rollcall.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EveryTest {

  @Test
  void comes_one_period_later() {
    assertThat(new Every(Duration.ofMinutes(5)).next(Instant.parse("2026-01-01T00:00:30Z")))
        .contains(Instant.parse("2026-01-01T00:05:30Z"));
  }

  @Test
  void a_period_is_longer_than_zero() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Every(Duration.ZERO))
        .withMessage("A period is longer than zero, not PT0S");
    assertThatIllegalArgumentException().isThrownBy(() -> new Every(Duration.ofSeconds(-1)));
    assertThat(new Every(Duration.ofNanos(1)).period()).isEqualTo(Duration.ofNanos(1));
  }
}
