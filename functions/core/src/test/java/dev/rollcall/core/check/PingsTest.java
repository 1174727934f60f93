package dev.rollcall.core.check;

import static dev.rollcall.core.check.CheckBuilder.FLIPS;
import static dev.rollcall.core.check.CheckBuilder.HALF_PAST_NOON;
import static dev.rollcall.core.check.CheckBuilder.ID;
import static dev.rollcall.core.check.CheckBuilder.INSTANT;
import static dev.rollcall.core.check.CheckBuilder.NOON;
import static dev.rollcall.core.check.CheckBuilder.ONE;
import static dev.rollcall.core.check.CheckBuilder.PINGS;
import static dev.rollcall.core.check.CheckBuilder.TEN_PAST_NOON;
import static dev.rollcall.core.check.CheckBuilder.TEN_PAST_ONE;
import static dev.rollcall.core.check.CheckBuilder.TEN_TO_NOON;
import static dev.rollcall.core.check.CheckBuilder.THIS_RUN;
import static dev.rollcall.core.check.CheckBuilder.TWO;
import static dev.rollcall.core.check.CheckBuilder.aCheck;
import static dev.rollcall.core.check.CheckBuilder.calendar;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What pings do to a check that has no run under way.
class PingsTest {

  private static final Signal START = new Signal.Start(null);
  private static final Signal SUCCESS = new Signal.Success(null);
  private static final Signal FAILURE = new Signal.Failure(null);
  private static final Signal LOG = new Signal.Log(null);
  private static final Signal IGNORED = new Signal.Ignored(null);

  static List<Signal> everySignal() {
    return List.of(START, SUCCESS, FAILURE, LOG, IGNORED);
  }

  static List<Signal> signalsThatSayNothing() {
    return List.of(LOG, IGNORED, new Signal.Unknown(null));
  }

  @Nested
  class A_new_check {
    private final Check check = aCheck().fresh();

    @Test
    void comes_up_by_a_success_which_is_no_news() {
      var step = check.hear(SUCCESS, NOON);

      assertThat(step.check().state()).isEqualTo(new State.Up(NOON));
      assertThat(step.flips()).containsExactly(flip(1, NOON, Status.NEW, Status.UP, null, 1));
      assertThat(step.flips()).noneMatch(Flip::isNews);
    }

    @Test
    void goes_down_by_a_failure_which_is_news() {
      var step = check.hear(FAILURE, NOON);

      assertThat(step.check().state()).isEqualTo(new State.Down(NOON, Reason.FAILURE, NOON));
      assertThat(step.flips())
          .containsExactly(flip(1, NOON, Status.NEW, Status.DOWN, Reason.FAILURE, 1));
      assertThat(step.flips()).allMatch(Flip::isNews);
    }

    @Test
    void stays_new_when_it_starts() {
      var step = check.hear(START, NOON);

      assertThat(step.check().state()).isEqualTo(new State.New());
      assertThat(step.check().run()).isEqualTo(new Run(null, NOON));
      assertThat(step.flips()).isEmpty();
    }
  }

  @Nested
  class An_up_check {
    private final Check check = aCheck().up(NOON);

    @Test
    void stays_up_by_a_success_and_counts_its_time_from_it() {
      var step = check.hear(SUCCESS, HALF_PAST_NOON);

      assertThat(step.check().state()).isEqualTo(new State.Up(HALF_PAST_NOON));
      assertThat(step.flips()).isEmpty();
      assertThat(step.check().flips()).isEqualTo(FLIPS);
    }

    @Test
    void goes_down_by_a_failure_at_once() {
      var step = check.hear(FAILURE, HALF_PAST_NOON);

      assertThat(step.check().state())
          .isEqualTo(new State.Down(HALF_PAST_NOON, Reason.FAILURE, HALF_PAST_NOON));
      assertThat(step.flips())
          .containsExactly(flip(1, HALF_PAST_NOON, Status.UP, Status.DOWN, Reason.FAILURE, 1));
    }

    @Test
    void begins_a_run_by_a_start_and_stays_up() {
      var step = check.hear(new Signal.Start(THIS_RUN), HALF_PAST_NOON);

      assertThat(step.check().run()).isEqualTo(new Run(THIS_RUN, HALF_PAST_NOON));
      assertThat(step.check().state()).isEqualTo(new State.Up(NOON));
      assertThat(step.flips()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.rollcall.core.check.PingsTest#everySignal")
    void counts_every_ping(Signal signal) {
      assertThat(check.hear(signal, HALF_PAST_NOON).check().pings()).isEqualTo(PINGS + 1);
    }

    @ParameterizedTest
    @MethodSource("dev.rollcall.core.check.PingsTest#signalsThatSayNothing")
    void only_counts_what_says_nothing_of_the_job(Signal signal) {
      assertThat(check.hear(signal, HALF_PAST_NOON)).isEqualTo(onlyCounted(check, signal));
    }

    @Test
    void forgets_how_long_an_earlier_run_took() {
      var ran = aCheck().lastTook(Duration.ofSeconds(9)).up(NOON);

      assertThat(ran.hear(SUCCESS, ONE).check().lastDuration()).isNull();
      assertThat(ran.hear(LOG, ONE).check().lastDuration()).isNotNull();
      assertThat(ran.hear(START, ONE).check().lastDuration()).isNotNull();
    }
  }

  /// The reference lets such a ping erase the outage; Rollcall records and tells it.
  @Nested
  class An_overdue_check_that_no_sweep_has_noticed {
    private final Check check = aCheck().up(NOON);

    @Test
    void went_down_at_its_deadline_and_came_back_by_the_success() {
      var step = check.hear(SUCCESS, TWO);

      assertThat(step.flips())
          .containsExactly(
              flip(1, TEN_PAST_ONE, Status.UP, Status.DOWN, Reason.TIMEOUT, 0),
              flip(2, TWO, Status.DOWN, Status.UP, null, 1));
      assertThat(step.flips()).allMatch(Flip::isNews);
      assertThat(step.check().state()).isEqualTo(new State.Up(TWO));
      assertThat(step.check().flips()).isEqualTo(FLIPS + 2);
      assertThat(step.check().pings()).isEqualTo(PINGS + 1);
    }

    @Test
    void is_overdue_for_a_success_at_the_very_deadline() {
      assertThat(check.hear(SUCCESS, TEN_PAST_ONE.minus(INSTANT)).flips()).isEmpty();
      assertThat(check.hear(SUCCESS, TEN_PAST_ONE).flips()).hasSize(2);
    }

    @Test
    void went_down_at_its_deadline_and_stays_down_by_a_failure() {
      var step = check.hear(FAILURE, TWO);

      assertThat(step.flips())
          .containsExactly(flip(1, TEN_PAST_ONE, Status.UP, Status.DOWN, Reason.TIMEOUT, 0));
      assertThat(step.check().state()).isEqualTo(new State.Down(TEN_PAST_ONE, Reason.TIMEOUT, TWO));
      assertThat(step.check().pings()).isEqualTo(PINGS + 1);
    }

    @ParameterizedTest
    @MethodSource("dev.rollcall.core.check.PingsTest#signalsThatSayNothing")
    void waits_for_its_sweep_when_a_ping_says_nothing_of_the_job(Signal signal) {
      var step = check.hear(signal, TWO);

      assertThat(step).isEqualTo(onlyCounted(check, signal));
      assertThat(step.check().deadline()).contains(TEN_PAST_ONE);
    }

    @Test
    void is_not_rescued_by_a_start() {
      var step = check.hear(START, TWO);

      assertThat(step.flips()).isEmpty();
      assertThat(step.check().deadline()).contains(TEN_PAST_ONE);
      assertThat(step.check().status(TWO)).isEqualTo(Status.DOWN);
    }
  }

  @Nested
  class A_down_check {
    private final Check check = aCheck().down(TEN_PAST_ONE, Reason.TIMEOUT);

    @Test
    void comes_up_by_a_success_which_is_news() {
      var step = check.hear(SUCCESS, TWO);

      assertThat(step.check().state()).isEqualTo(new State.Up(TWO));
      assertThat(step.flips()).containsExactly(flip(1, TWO, Status.DOWN, Status.UP, null, 1));
      assertThat(step.flips()).allMatch(Flip::isNews);
    }

    @Test
    void keeps_the_beginning_of_its_outage_and_its_reason_through_failures() {
      var step = check.hear(FAILURE, TWO);

      assertThat(step.flips()).isEmpty();
      assertThat(step.check().state()).isEqualTo(new State.Down(TEN_PAST_ONE, Reason.TIMEOUT, TWO));
      assertThat(step.check().flips()).isEqualTo(FLIPS);
    }

    @Test
    void stays_down_when_it_starts() {
      var step = check.hear(START, TWO);

      assertThat(step.flips()).isEmpty();
      assertThat(step.check().status(TWO)).isEqualTo(Status.DOWN);
      assertThat(step.check().isRunning(TWO)).isTrue();
      assertThat(step.check().deadline()).isEmpty();
    }
  }

  @Nested
  class A_check_that_failed_twice {
    @Test
    void has_flipped_once() {
      var step = aCheck().up(NOON).hear(FAILURE, TEN_PAST_NOON);
      var second = step.then(check -> check.hear(FAILURE, HALF_PAST_NOON));

      assertThat(second.flips()).isEqualTo(step.flips()).hasSize(1);
      assertThat(second.check().state())
          .isEqualTo(new State.Down(TEN_PAST_NOON, Reason.FAILURE, HALF_PAST_NOON));
      assertThat(second.check().pings()).isEqualTo(PINGS + 2);
    }
  }

  @Nested
  class A_paused_check {
    private final Check check = aCheck().paused(NOON);

    @Test
    void comes_up_by_a_success_which_is_no_news() {
      var step = check.hear(SUCCESS, HALF_PAST_NOON);

      assertThat(step.check().state()).isEqualTo(new State.Up(HALF_PAST_NOON));
      assertThat(step.flips())
          .containsExactly(flip(1, HALF_PAST_NOON, Status.PAUSED, Status.UP, null, 1));
      assertThat(step.flips()).noneMatch(Flip::isNews);
    }

    @Test
    void goes_down_by_a_failure_which_is_news() {
      var step = check.hear(FAILURE, HALF_PAST_NOON);

      assertThat(step.flips())
          .containsExactly(flip(1, HALF_PAST_NOON, Status.PAUSED, Status.DOWN, Reason.FAILURE, 1));
      assertThat(step.flips()).allMatch(Flip::isNews);
    }

    @Test
    void stays_paused_when_it_starts() {
      var step = check.hear(START, HALF_PAST_NOON);

      assertThat(step.check().state()).isEqualTo(new State.Paused(NOON));
      assertThat(step.check().run()).isEqualTo(new Run(null, HALF_PAST_NOON));
      assertThat(step.check().deadline()).contains(HALF_PAST_NOON.plus(check.grace()));
    }
  }

  @Nested
  class A_ping_that_had_to_wait {

    @ParameterizedTest
    @MethodSource("dev.rollcall.core.check.PingsTest#everySignal")
    void is_only_counted_when_a_later_one_was_heard(Signal signal) {
      for (var check :
          List.of(aCheck().up(NOON), aCheck().paused(NOON), aCheck().down(NOON, Reason.FAILURE))) {
        assertThat(check.hear(signal, NOON.minus(INSTANT))).isEqualTo(onlyCounted(check, signal));
      }
    }

    @ParameterizedTest
    @MethodSource("dev.rollcall.core.check.PingsTest#everySignal")
    void is_only_counted_when_a_later_run_was_started(Signal signal) {
      var check = aCheck().started(THIS_RUN, NOON).up(TEN_TO_NOON);

      assertThat(check.hear(signal, NOON.minus(INSTANT))).isEqualTo(onlyCounted(check, signal));
    }

    @Test
    void counts_in_full_when_it_is_as_old_as_the_last() {
      assertThat(aCheck().up(NOON).hear(FAILURE, NOON).flips()).hasSize(1);
      assertThat(aCheck().started(null, NOON).up(TEN_TO_NOON).hear(FAILURE, NOON).flips())
          .hasSize(1);
    }

    @Test
    void ends_an_outage_at_its_beginning_and_not_before_it() {
      var down = aCheck().down(TEN_PAST_ONE, Reason.TIMEOUT);

      var step = down.hear(SUCCESS, ONE);

      assertThat(step.flips())
          .containsExactly(flip(1, TEN_PAST_ONE, Status.DOWN, Status.UP, null, 1));
      assertThat(step.check().state()).isEqualTo(new State.Up(ONE));
    }

    @Test
    void ends_no_outage_that_it_would_not_have_prevented() {
      var atOne = calendar("0 13 * * *", "UTC");
      var down = aCheck().on(atOne).down(TEN_PAST_ONE, Reason.TIMEOUT);

      var step = down.hear(SUCCESS, HALF_PAST_NOON);

      assertThat(step.flips()).isEmpty();
      assertThat(step.check().state())
          .isEqualTo(new State.Down(TEN_PAST_ONE, Reason.TIMEOUT, HALF_PAST_NOON));
    }
  }

  private static Step onlyCounted(Check check, Signal signal) {
    return Step.quiet(
        new Check(
            check.id(),
            check.project(),
            check.schedule(),
            check.grace(),
            check.rules(),
            check.state(),
            check.run(),
            check.lastDuration(),
            check.pings() + 1,
            check.flips(),
            check.tally().with(signal)));
  }

  /// The `nth` flip that the check of the builder makes, with `heard` more pings than it had.
  private static Flip flip(
      int nth, Instant at, Status from, Status to, @Nullable Reason reason, int heard) {
    return new Flip(ID, FLIPS + nth, at, from, to, reason, PINGS + heard);
  }
}
