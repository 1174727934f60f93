package dev.rollcall.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class LocalTimesTest {

  private static final LocalDateTime NOON = LocalDateTime.parse("2026-06-15T12:00:00");

  private static final LocalTimes EVERY_NOON =
      new LocalTimes(year -> year == 2026, bits(6), DayRule::all, bits(12), bits(0), bits(0));

  @Test
  void the_first_instant_counts() {
    assertThat(EVERY_NOON.first(NOON, NOON.plusDays(1))).contains(NOON);
  }

  @Test
  void the_last_instant_does_not_count() {
    assertThat(EVERY_NOON.first(NOON.minusHours(1), NOON.plusSeconds(1))).contains(NOON);
    assertThat(EVERY_NOON.first(NOON.minusHours(1), NOON)).isEmpty();
    assertThat(EVERY_NOON.first(NOON, NOON)).isEmpty();
  }

  @Test
  void a_match_may_lie_in_a_later_month_or_year() {
    assertThat(EVERY_NOON.first(LocalDateTime.parse("2025-12-31T23:59:59"), NOON))
        .contains(LocalDateTime.parse("2026-06-01T12:00:00"));
  }

  @Test
  void there_is_none_in_other_months_and_years() {
    assertThat(EVERY_NOON.first(LocalDateTime.parse("2026-07-01T00:00:00"), NOON.plusYears(9)))
        .isEmpty();
  }

  private static BitSet bits(int value) {
    var bits = new BitSet();
    bits.set(value);
    return bits;
  }
}
