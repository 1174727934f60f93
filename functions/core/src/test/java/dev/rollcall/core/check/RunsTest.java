package dev.rollcall.core.check;

import static dev.rollcall.core.check.CheckBuilder.HALF_PAST_NOON;
import static dev.rollcall.core.check.CheckBuilder.NOON;
import static dev.rollcall.core.check.CheckBuilder.OTHER_RUN;
import static dev.rollcall.core.check.CheckBuilder.TEN_PAST_NOON;
import static dev.rollcall.core.check.CheckBuilder.TEN_TO_NOON;
import static dev.rollcall.core.check.CheckBuilder.THIS_RUN;
import static dev.rollcall.core.check.CheckBuilder.aCheck;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What pings do to a check that has a run under way, by the runs they name.
class RunsTest {

  private static final Instant FIVE_PAST_NOON = NOON.plus(Duration.ofMinutes(5));

  @Nested
  class A_run_with_a_name {
    private final Check check = aCheck().started(THIS_RUN, NOON).up(TEN_TO_NOON);

    @Test
    void ends_by_a_success_of_that_name_and_its_time_is_known() {
      var after = succeed(check, THIS_RUN);

      assertThat(after.run()).isNull();
      assertThat(after.lastDuration()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void ends_by_a_success_without_a_name_and_its_time_is_not_known() {
      var after = succeed(check, null);

      assertThat(after.run()).isNull();
      assertThat(after.lastDuration()).isNull();
    }

    @Test
    void goes_on_through_the_success_of_another() {
      var after = succeed(check, OTHER_RUN);

      assertThat(after.run()).isEqualTo(check.run());
      assertThat(after.lastDuration()).isNull();
      assertThat(after.state()).isEqualTo(new State.Up(FIVE_PAST_NOON));
    }

    @Test
    void ends_by_a_failure_of_that_name_and_its_time_is_known() {
      var after = fail(check, THIS_RUN);

      assertThat(after.run()).isNull();
      assertThat(after.lastDuration()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void ends_by_any_other_failure_and_its_time_is_not_known() {
      for (var name : new @Nullable RunId[] {OTHER_RUN, null}) {
        assertThat(fail(check, name).run()).isNull();
        assertThat(fail(check, name).lastDuration()).isNull();
      }
    }

    @Test
    void makes_way_for_the_next_start_from_which_time_counts_anew() {
      var after = check.hear(new Signal.Start(OTHER_RUN), FIVE_PAST_NOON).check();

      assertThat(after.run()).isEqualTo(new Run(OTHER_RUN, FIVE_PAST_NOON));
      assertThat(after.deadline()).contains(FIVE_PAST_NOON.plus(check.grace()));
    }

    @Test
    void is_not_touched_by_what_says_nothing_of_the_job() {
      assertThat(check.hear(new Signal.Log(THIS_RUN), FIVE_PAST_NOON).check().run())
          .isEqualTo(check.run());
      assertThat(check.hear(new Signal.Ignored(THIS_RUN), FIVE_PAST_NOON).check().run())
          .isEqualTo(check.run());
    }
  }

  @Nested
  class A_run_without_a_name {
    private final Check check = aCheck().started(null, NOON).up(TEN_TO_NOON);

    @Test
    void ends_by_a_success_without_a_name_and_its_time_is_known() {
      var after = succeed(check, null);

      assertThat(after.run()).isNull();
      assertThat(after.lastDuration()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void goes_on_through_a_success_that_names_a_run() {
      assertThat(succeed(check, THIS_RUN).run()).isEqualTo(check.run());
    }
  }

  @Nested
  class No_run_at_all {
    private final Check check = aCheck().lastTook(Duration.ofMinutes(3)).up(TEN_TO_NOON);

    @Test
    void is_ended_by_a_success_that_names_one() {
      var after = succeed(check, THIS_RUN);

      assertThat(after.run()).isNull();
      assertThat(after.lastDuration()).isNull();
      assertThat(after.state()).isEqualTo(new State.Up(FIVE_PAST_NOON));
    }
  }

  @Nested
  class A_run_of_three_days {
    @Test
    void has_its_whole_time_known() {
      var later = NOON.plus(Duration.ofHours(73));

      var after =
          aCheck()
              .started(THIS_RUN, NOON)
              .up(TEN_TO_NOON)
              .hear(new Signal.Success(THIS_RUN), later)
              .check();

      assertThat(after.lastDuration()).isEqualTo(Duration.ofHours(73));
    }
  }

  @Nested
  class A_run_that_took_too_long {
    private final Check check = aCheck().started(THIS_RUN, NOON).fresh();

    @Test
    void was_an_outage_until_the_success_that_ends_it() {
      var step = check.hear(new Signal.Success(THIS_RUN), HALF_PAST_NOON);

      assertThat(step.flips()).extracting(Flip::at).containsExactly(TEN_PAST_NOON, HALF_PAST_NOON);
      assertThat(step.flips()).allMatch(Flip::isNews);
      assertThat(step.check().state()).isEqualTo(new State.Up(HALF_PAST_NOON));
      assertThat(step.check().lastDuration()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void is_forgotten_by_another_start_before_any_sweep() {
      var step = check.hear(new Signal.Start(OTHER_RUN), HALF_PAST_NOON);

      assertThat(step.flips()).isEmpty();
      assertThat(step.check().status(HALF_PAST_NOON)).isEqualTo(Status.NEW);
    }

    @Test
    void keeps_the_check_down_when_another_run_succeeds() {
      var step = check.hear(new Signal.Success(OTHER_RUN), HALF_PAST_NOON);

      assertThat(step.flips()).extracting(Flip::to).containsExactly(Status.DOWN);
      assertThat(step.check().run()).isEqualTo(check.run());
      assertThat(step.check().state())
          .isEqualTo(new State.Down(TEN_PAST_NOON, Reason.TIMEOUT, HALF_PAST_NOON));
    }
  }

  private static Check succeed(Check check, @Nullable RunId name) {
    return check.hear(new Signal.Success(name), FIVE_PAST_NOON).check();
  }

  private static Check fail(Check check, @Nullable RunId name) {
    return check.hear(new Signal.Failure(name), FIVE_PAST_NOON).check();
  }
}
