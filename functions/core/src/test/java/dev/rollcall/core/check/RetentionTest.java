package dev.rollcall.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.schedule.Every;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetentionTest {

  @Test
  void keeps_the_hundred_pings_that_the_dashboard_shows() {
    assertThat(Retention.of(new Every(Duration.ofDays(1)))).isEqualTo(Duration.ofDays(100));
  }

  @Test
  void keeps_pings_for_thirty_days_however_often_they_come() {
    assertThat(Retention.of(new Every(Duration.ofMinutes(1)))).isEqualTo(Duration.ofDays(30));
  }

  @Test
  void keeps_no_ping_longer_than_ten_years() {
    assertThat(Retention.of(new Every(Duration.ofDays(365)))).isEqualTo(Duration.ofDays(3650));
  }

  @Test
  void goes_by_the_time_between_two_runs_of_a_calendar() {
    var mondays = CheckBuilder.calendar("0 3 * * 1", "UTC");

    assertThat(Retention.of(mondays)).isEqualTo(Duration.ofDays(700));
  }

  @Test
  void keeps_the_pings_of_a_calendar_with_a_single_run_for_thirty_days() {
    var once = CheckBuilder.calendar("2030-01-01 03:00", "UTC");

    assertThat(Retention.of(once)).isEqualTo(Duration.ofDays(30));
  }
}
