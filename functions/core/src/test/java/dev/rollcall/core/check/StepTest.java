package dev.rollcall.core.check;

import static dev.rollcall.core.check.CheckBuilder.ID;
import static dev.rollcall.core.check.CheckBuilder.NOON;
import static dev.rollcall.core.check.CheckBuilder.ONE;
import static dev.rollcall.core.check.CheckBuilder.aCheck;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepTest {

  private static final Flip PAUSED = new Flip(ID, 1, NOON, Status.UP, Status.PAUSED, null, 0);
  private static final Flip RESUMED = new Flip(ID, 2, ONE, Status.PAUSED, Status.NEW, null, 0);

  @Test
  void keeps_its_own_copy_of_its_flips() {
    var flips = new ArrayList<>(List.of(PAUSED));
    var step = new Step(aCheck().fresh(), flips);

    flips.clear();

    assertThat(step.flips()).containsExactly(PAUSED);
  }

  @Test
  void followed_by_another_has_the_flips_of_both_and_the_check_of_the_last() {
    var first = new Step(aCheck().paused(NOON), List.of(PAUSED));

    var both = first.then(_ -> new Step(aCheck().fresh(), List.of(RESUMED)));

    assertThat(both).isEqualTo(new Step(aCheck().fresh(), List.of(PAUSED, RESUMED)));
  }

  @Test
  void hands_its_check_to_the_next() {
    var first = Step.quiet(aCheck().up(NOON));

    assertThat(first.then(Step::quiet)).isEqualTo(first);
  }
}
