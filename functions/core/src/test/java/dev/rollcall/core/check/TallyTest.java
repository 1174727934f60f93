package dev.rollcall.core.check;

import static dev.rollcall.core.check.CheckBuilder.aCheck;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TallyTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  static List<Arguments> kinds() {
    return List.of(
        Arguments.of(new Signal.Start(null), new Tally(1, 0, 0, 0)),
        Arguments.of(new Signal.Success(null), Tally.NONE),
        Arguments.of(new Signal.Unknown(null), Tally.NONE),
        Arguments.of(new Signal.Failure(null), new Tally(0, 1, 0, 0)),
        Arguments.of(new Signal.Log(null), new Tally(0, 0, 1, 0)),
        Arguments.of(new Signal.Ignored(null), new Tally(0, 0, 0, 1)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void counts_a_ping_by_its_kind(Signal signal, Tally expected) {
    assertThat(aCheck().up(NOON).hear(signal, NOON).check().tally()).isEqualTo(expected);
    assertThat(aCheck().up(NOON).hear(signal, NOON.minusSeconds(1)).check().tally())
        .isEqualTo(expected);
  }

  @Test
  void keeps_what_it_has_counted() {
    var tally = new Tally(1, 2, 3, 4);

    assertThat(tally.with(new Signal.Start(null))).isEqualTo(new Tally(2, 2, 3, 4));
    assertThat(tally.with(new Signal.Failure(null))).isEqualTo(new Tally(1, 3, 3, 4));
    assertThat(tally.with(new Signal.Log(null))).isEqualTo(new Tally(1, 2, 4, 4));
    assertThat(tally.with(new Signal.Ignored(null))).isEqualTo(new Tally(1, 2, 3, 5));
    assertThat(tally.with(new Signal.Success(null))).isSameAs(tally);
  }

  @Test
  void leaves_the_rest_to_successes() {
    assertThat(new Tally(1, 2, 3, 4).successes(15)).isEqualTo(5);
  }
}
