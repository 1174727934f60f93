package dev.rollcall.core.check;

import static dev.rollcall.core.check.CheckBuilder.FIVE_PAST_ONE;
import static dev.rollcall.core.check.CheckBuilder.FLIPS;
import static dev.rollcall.core.check.CheckBuilder.HALF_PAST_NOON;
import static dev.rollcall.core.check.CheckBuilder.ID;
import static dev.rollcall.core.check.CheckBuilder.INSTANT;
import static dev.rollcall.core.check.CheckBuilder.NOON;
import static dev.rollcall.core.check.CheckBuilder.ONE;
import static dev.rollcall.core.check.CheckBuilder.PINGS;
import static dev.rollcall.core.check.CheckBuilder.PROJECT;
import static dev.rollcall.core.check.CheckBuilder.TEN_PAST_NOON;
import static dev.rollcall.core.check.CheckBuilder.TEN_PAST_ONE;
import static dev.rollcall.core.check.CheckBuilder.TEN_TO_NOON;
import static dev.rollcall.core.check.CheckBuilder.THIS_RUN;
import static dev.rollcall.core.check.CheckBuilder.TWO;
import static dev.rollcall.core.check.CheckBuilder.aCheck;
import static dev.rollcall.core.check.CheckBuilder.calendar;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.schedule.Every;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What time alone does to a check.
class SilenceTest {

  @Nested
  class A_check_just_made {
    private final Every hourly = new Every(Duration.ofHours(1));
    private final Rules postOnly = new Rules(true, false, false, false);
    private final Check check = Check.create(ID, PROJECT, hourly, Duration.ofMinutes(10), postOnly);

    @Test
    void is_new_and_has_no_past() {
      assertThat(check)
          .isEqualTo(
              new Check(
                  ID,
                  PROJECT,
                  hourly,
                  Duration.ofMinutes(10),
                  postOnly,
                  new State.New(),
                  null,
                  null,
                  0,
                  0,
                  Tally.NONE));
      assertThat(check.state().lastPing()).isNull();
    }

    @Test
    void is_not_expected_before_its_first_ping() {
      assertThat(check.expected()).isEmpty();
      assertThat(check.deadline()).isEmpty();
    }

    @Test
    void stays_new_however_long_it_is_silent() {
      assertThat(check.status(Instant.MAX)).isEqualTo(Status.NEW);
      assertThat(check.sweep(Instant.MAX)).isEqualTo(Step.quiet(check));
    }
  }

  @Nested
  class An_up_check {
    private final Check check = aCheck().up(NOON);

    @Test
    void is_expected_a_period_after_its_last_ping() {
      assertThat(check.expected()).contains(ONE);
    }

    @Test
    void has_its_deadline_a_grace_time_after_that() {
      assertThat(check.deadline()).contains(TEN_PAST_ONE);
    }

    @Test
    void is_up_until_it_is_expected() {
      assertThat(check.status(NOON)).isEqualTo(Status.UP);
      assertThat(check.status(ONE.minus(INSTANT))).isEqualTo(Status.UP);
    }

    @Test
    void is_late_from_then_until_its_deadline() {
      assertThat(check.status(ONE)).isEqualTo(Status.LATE);
      assertThat(check.status(TEN_PAST_ONE.minus(INSTANT))).isEqualTo(Status.LATE);
    }

    @Test
    void is_down_from_its_deadline_on_before_any_sweep() {
      assertThat(check.status(TEN_PAST_ONE)).isEqualTo(Status.DOWN);
    }

    @Test
    void is_left_alone_by_a_sweep_before_its_deadline() {
      var tooSoon = TEN_PAST_ONE.minus(INSTANT);

      assertThat(check.sweep(tooSoon)).isEqualTo(Step.quiet(check));
    }

    @Test
    void goes_down_at_its_deadline_however_late_the_sweep() {
      var step = check.sweep(TWO);

      assertThat(step.flips())
          .containsExactly(
              new Flip(ID, FLIPS + 1, TEN_PAST_ONE, Status.UP, Status.DOWN, Reason.TIMEOUT, PINGS));
      assertThat(step.check().state())
          .isEqualTo(new State.Down(TEN_PAST_ONE, Reason.TIMEOUT, NOON));
      assertThat(step.check().flips()).isEqualTo(FLIPS + 1);
      assertThat(step.check().pings()).isEqualTo(PINGS);
    }

    @Test
    void goes_down_in_a_sweep_at_the_very_deadline() {
      assertThat(check.sweep(TEN_PAST_ONE)).isEqualTo(check.sweep(TWO));
    }
  }

  @Nested
  class A_down_check {
    private final Check check = aCheck().down(TEN_PAST_ONE, Reason.TIMEOUT);

    @Test
    void is_not_expected_at_any_time() {
      assertThat(check.expected()).isEmpty();
    }

    @Test
    void is_left_alone_by_sweeps() {
      assertThat(check.sweep(Instant.MAX)).isEqualTo(Step.quiet(check));
    }

    @Test
    void is_down_at_any_time() {
      assertThat(check.status(NOON)).isEqualTo(Status.DOWN);
      assertThat(check.status(TWO)).isEqualTo(Status.DOWN);
    }
  }

  @Nested
  class A_paused_check {
    private final Check check = aCheck().paused(NOON);

    @Test
    void stays_paused_however_long_it_is_silent() {
      assertThat(check.status(TWO)).isEqualTo(Status.PAUSED);
      assertThat(check.deadline()).isEmpty();
      assertThat(check.sweep(TWO)).isEqualTo(Step.quiet(check));
    }
  }

  @Nested
  class A_check_whose_run_takes_too_long {

    @Test
    void is_down_a_grace_time_after_the_start() {
      var check = aCheck().started(THIS_RUN, NOON).up(TEN_TO_NOON);

      assertThat(check.status(TEN_PAST_NOON.minus(INSTANT))).isEqualTo(Status.UP);
      assertThat(check.isRunning(TEN_PAST_NOON.minus(INSTANT))).isTrue();
      assertThat(check.status(TEN_PAST_NOON)).isEqualTo(Status.DOWN);
      assertThat(check.isRunning(TEN_PAST_NOON)).isFalse();
    }

    @Test
    void is_expected_at_the_time_of_the_start() {
      var check = aCheck().started(THIS_RUN, NOON).up(TEN_TO_NOON);

      assertThat(check.expected()).contains(NOON);
      assertThat(check.deadline()).contains(TEN_PAST_NOON);
    }

    @Test
    void goes_down_a_grace_time_after_the_start_and_keeps_its_run() {
      var step = aCheck().started(THIS_RUN, NOON).up(TEN_TO_NOON).sweep(ONE);

      assertThat(step.check().state())
          .isEqualTo(new State.Down(TEN_PAST_NOON, Reason.TIMEOUT, TEN_TO_NOON));
      assertThat(step.check().run()).isEqualTo(new Run(THIS_RUN, NOON));
    }

    @Test
    void goes_down_although_it_was_new() {
      var step = aCheck().started(null, NOON).fresh().sweep(ONE);

      assertThat(step.flips())
          .containsExactly(
              new Flip(
                  ID, FLIPS + 1, TEN_PAST_NOON, Status.NEW, Status.DOWN, Reason.TIMEOUT, PINGS));
      assertThat(step.check().state())
          .isEqualTo(new State.Down(TEN_PAST_NOON, Reason.TIMEOUT, null));
    }

    @Test
    void goes_down_although_it_was_paused() {
      var check = aCheck().started(null, NOON).paused(TEN_TO_NOON);

      assertThat(check.status(TEN_PAST_NOON)).isEqualTo(Status.DOWN);
      assertThat(check.sweep(ONE).check().state())
          .isEqualTo(new State.Down(TEN_PAST_NOON, Reason.TIMEOUT, TEN_TO_NOON));
    }

    @Test
    void is_not_taken_down_twice() {
      var down = aCheck().started(THIS_RUN, NOON).down(TEN_PAST_NOON, Reason.TIMEOUT);

      assertThat(down.expected()).isEmpty();
      assertThat(down.sweep(TWO)).isEqualTo(Step.quiet(down));
    }
  }

  @Nested
  class A_late_check_that_has_started {
    private final Check check = aCheck().started(THIS_RUN, FIVE_PAST_ONE).up(NOON);

    @Test
    void keeps_the_earlier_deadline() {
      assertThat(check.expected()).contains(ONE);
      assertThat(check.deadline()).contains(TEN_PAST_ONE);
    }

    @Test
    void stays_late() {
      assertThat(check.status(FIVE_PAST_ONE)).isEqualTo(Status.LATE);
    }
  }

  @Nested
  class A_check_without_a_run {
    @Test
    void is_not_running() {
      assertThat(aCheck().up(NOON).isRunning(NOON)).isFalse();
    }
  }

  @Nested
  class A_check_on_a_calendar {
    @Test
    void is_expected_at_the_first_time_strictly_after_its_last_ping() {
      var atOne = calendar("0 13 * * *", "UTC");

      assertThat(aCheck().on(atOne).up(ONE.minus(INSTANT)).expected()).contains(ONE);
      assertThat(aCheck().on(atOne).up(ONE).expected()).contains(ONE.plus(Duration.ofDays(1)));
    }

    @Test
    void stays_up_for_ever_when_the_calendar_has_ended() {
      var check = aCheck().on(calendar("2026-03-01 10:00", "UTC")).up(NOON);

      assertThat(check.expected()).isEmpty();
      assertThat(check.status(TWO)).isEqualTo(Status.UP);
      assertThat(check.sweep(TWO)).isEqualTo(Step.quiet(check));
    }

    @Test
    void goes_down_by_a_run_that_takes_too_long_although_the_calendar_has_ended() {
      var check =
          aCheck().on(calendar("2026-03-01 10:00", "UTC")).started(null, NOON).up(TEN_TO_NOON);

      assertThat(check.deadline()).contains(TEN_PAST_NOON);
    }
  }

  @Nested
  class A_check_of_which_something_else_is_expected {
    private final Rules manualResume = new Rules(false, false, false, true);

    @Test
    void takes_over_schedule_grace_and_rules_and_keeps_all_else() {
      var before =
          aCheck().started(THIS_RUN, HALF_PAST_NOON).lastTook(Duration.ofSeconds(9)).up(NOON);
      var twoHours = new Every(Duration.ofHours(2));

      assertThat(before.expect(twoHours, Duration.ofMinutes(30), manualResume))
          .isEqualTo(
              Step.quiet(
                  aCheck()
                      .on(twoHours)
                      .within(Duration.ofMinutes(30))
                      .by(manualResume)
                      .started(THIS_RUN, HALF_PAST_NOON)
                      .lastTook(Duration.ofSeconds(9))
                      .up(NOON)));
    }

    @Test
    void is_saved_by_a_longer_period_as_long_as_no_sweep_has_noticed() {
      var overdue = aCheck().up(NOON);

      assertThat(withPeriodOf(Duration.ofHours(3), overdue).status(TWO)).isEqualTo(Status.UP);
    }

    @Test
    void is_not_revived_by_a_longer_period_once_it_is_down() {
      var down = aCheck().up(NOON).sweep(TWO).check();

      assertThat(withPeriodOf(Duration.ofHours(3), down).status(TWO)).isEqualTo(Status.DOWN);
    }

    @Test
    void is_overdue_at_once_by_a_shorter_period() {
      var check = aCheck().up(NOON);

      assertThat(withPeriodOf(Duration.ofMinutes(1), check).status(HALF_PAST_NOON))
          .isEqualTo(Status.DOWN);
    }

    private static Check withPeriodOf(Duration period, Check check) {
      return check.expect(new Every(period), Duration.ofMinutes(10), Rules.NONE).check();
    }
  }
}
