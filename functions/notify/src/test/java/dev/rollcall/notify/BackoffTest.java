package dev.rollcall.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void Twelve_tries_in_about_eleven_hours_each_wait_no_shorter_than_the_one_before() {
    var waits =
        IntStream.range(1, Backoff.TRIES).mapToObj(tries -> Backoff.after(tries, null)).toList();
    assertThat(waits).hasSize(11).isSorted().startsWith(Duration.ofSeconds(2));
    assertThat(waits.stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofHours(10), Duration.ofHours(11));
  }

  @Test
  void Beyond_the_last_the_waits_stay_as_long_as_they_are() {
    assertThat(Backoff.after(Backoff.TRIES + 30, null)).isEqualTo(Duration.ofHours(3));
  }

  @Test
  void A_receiver_can_ask_for_more_time_but_not_for_less_and_not_for_ever() {
    assertThat(Backoff.after(1, Duration.ofSeconds(90))).isEqualTo(Duration.ofSeconds(90));
    assertThat(Backoff.after(5, Duration.ofSeconds(90))).isEqualTo(Duration.ofMinutes(10));
    assertThat(Backoff.after(1, Duration.ofDays(30))).isEqualTo(Duration.ofHours(1));
    assertThat(Backoff.after(9, Duration.ofDays(30))).isEqualTo(Duration.ofHours(2));
  }
}
