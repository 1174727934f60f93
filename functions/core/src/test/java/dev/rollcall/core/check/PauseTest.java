package dev.rollcall.core.check;

import static dev.rollcall.core.check.CheckBuilder.FLIPS;
import static dev.rollcall.core.check.CheckBuilder.HALF_PAST_NOON;
import static dev.rollcall.core.check.CheckBuilder.ID;
import static dev.rollcall.core.check.CheckBuilder.NOON;
import static dev.rollcall.core.check.CheckBuilder.PINGS;
import static dev.rollcall.core.check.CheckBuilder.TEN_PAST_NOON;
import static dev.rollcall.core.check.CheckBuilder.TEN_TO_NOON;
import static dev.rollcall.core.check.CheckBuilder.THIS_RUN;
import static dev.rollcall.core.check.CheckBuilder.TWO;
import static dev.rollcall.core.check.CheckBuilder.aCheck;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PauseTest {

  @Nested
  class A_pause {

    @Test
    void flips_the_check_which_is_no_news() {
      var step = aCheck().up(NOON).pause(HALF_PAST_NOON);

      assertThat(step.check().state()).isEqualTo(new State.Paused(NOON));
      assertThat(step.flips()).containsExactly(flip(HALF_PAST_NOON, Status.UP, Status.PAUSED));
      assertThat(step.flips()).noneMatch(Flip::isNews);
    }

    @Test
    void is_no_news_of_a_check_that_is_down() {
      var step = aCheck().down(NOON, Reason.FAILURE).pause(HALF_PAST_NOON);

      assertThat(step.check().state()).isEqualTo(new State.Paused(NOON));
      assertThat(step.flips()).containsExactly(flip(HALF_PAST_NOON, Status.DOWN, Status.PAUSED));
      assertThat(step.flips()).noneMatch(Flip::isNews);
    }

    @Test
    void keeps_a_new_check_unheard_of() {
      assertThat(aCheck().fresh().pause(NOON).check().state()).isEqualTo(new State.Paused(null));
    }

    @Test
    void erases_an_outage_that_no_sweep_has_noticed() {
      var step = aCheck().up(NOON).pause(TWO);

      assertThat(step.flips()).containsExactly(flip(TWO, Status.UP, Status.PAUSED));
    }

    @Test
    void ends_the_run_under_way_and_keeps_the_time_of_the_last() {
      var after =
          aCheck()
              .started(THIS_RUN, NOON)
              .lastTook(Duration.ofMinutes(3))
              .up(TEN_TO_NOON)
              .pause(TEN_PAST_NOON)
              .check();

      assertThat(after.run()).isNull();
      assertThat(after.lastDuration()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void of_a_paused_check_leaves_it_as_it_is_and_its_run_too() {
      var paused = aCheck().started(THIS_RUN, NOON).paused(TEN_TO_NOON);

      assertThat(paused.pause(HALF_PAST_NOON)).isEqualTo(Step.quiet(paused));
    }
  }

  @Nested
  class A_resume {

    @Test
    void makes_a_paused_check_new_which_is_no_news() {
      var step = aCheck().paused(NOON).resume(HALF_PAST_NOON).orElseThrow();

      assertThat(step.check().state()).isEqualTo(new State.New());
      assertThat(step.check().pings()).isEqualTo(PINGS);
      assertThat(step.flips()).containsExactly(flip(HALF_PAST_NOON, Status.PAUSED, Status.NEW));
      assertThat(step.flips()).noneMatch(Flip::isNews);
    }

    @Test
    void ends_a_run_that_started_during_the_pause() {
      var paused = aCheck().started(THIS_RUN, NOON).paused(TEN_TO_NOON);

      assertThat(paused.resume(HALF_PAST_NOON).orElseThrow().check().run()).isNull();
    }

    @Test
    void is_refused_by_every_check_that_is_not_paused() {
      for (var check :
          List.of(aCheck().fresh(), aCheck().up(NOON), aCheck().down(NOON, Reason.TIMEOUT))) {
        assertThat(check.resume(HALF_PAST_NOON)).isEmpty();
      }
    }
  }

  private static Flip flip(Instant at, Status from, Status to) {
    return new Flip(ID, FLIPS + 1, at, from, to, null, PINGS);
  }
}
