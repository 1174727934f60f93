package dev.rollcall.core.check;

import static dev.rollcall.core.check.CheckBuilder.ID;
import static dev.rollcall.core.check.CheckBuilder.NOON;
import static dev.rollcall.core.check.CheckBuilder.OTHER_RUN;
import static dev.rollcall.core.check.CheckBuilder.PROJECT;
import static dev.rollcall.core.check.CheckBuilder.THIS_RUN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.schedule.Every;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What holds whatever happens to a check: sentences over random lives, the same ones every time.
class LawsTest {

  private static final int LIVES = 300;
  private static final int EVENTS = 40;
  private static final @Nullable RunId[] NAMES = {null, THIS_RUN, OTHER_RUN};

  /// One thing that happened: the check before it, when, and what came of it.
  record Event(Check before, Instant at, Step step) {}

  static List<List<Event>> lives() {
    var lives = new ArrayList<List<Event>>();
    for (int seed = 0; seed < LIVES; seed++) {
      lives.add(live(new Random(seed)));
    }
    return lives;
  }

  @Nested
  class Whatever_happens {

    @Test
    void flips_are_numbered_without_gaps_each_from_where_the_last_led() {
      for (var life : lives()) {
        long number = 0;
        var status = Status.NEW;
        for (var flip : flips(life)) {
          assertThat(flip.number()).isEqualTo(++number);
          assertThat(flip.from()).isEqualTo(status).isNotEqualTo(flip.to());
          status = flip.to();
        }
        assertThat(last(life).flips()).isEqualTo(number);
        assertThat(last(life).state().status()).isEqualTo(status);
      }
    }

    @Test
    void flips_never_go_back_in_time() {
      for (var life : lives()) {
        assertThat(flips(life)).extracting(Flip::at).isSorted();
      }
    }

    @Test
    void the_status_shown_is_the_one_that_a_sweep_would_find() {
      for (var life : lives()) {
        for (var event : life) {
          var shown = event.before().status(event.at());
          var swept = event.before().sweep(event.at()).check();

          assertThat(swept.status(event.at())).isEqualTo(shown);
          assertThat(shown == Status.DOWN).isEqualTo(swept.state() instanceof State.Down);
        }
      }
    }

    @Test
    void nobody_is_told_of_a_recovery_while_the_check_shows_down() {
      for (var life : lives()) {
        for (var event : life) {
          var recovered = event.step().flips().stream().anyMatch(flip -> flip.to() == Status.UP);

          assertThat(recovered && event.step().check().status(event.at()) == Status.DOWN).isFalse();
        }
      }
    }

    @Test
    void a_second_sweep_finds_nothing() {
      for (var life : lives()) {
        for (var event : life) {
          var swept = event.before().sweep(event.at()).check();

          assertThat(swept.sweep(event.at())).isEqualTo(Step.quiet(swept));
        }
      }
    }
  }

  private static List<Event> live(Random random) {
    var life = new ArrayList<Event>();
    var check =
        Check.create(
            ID, PROJECT, new Every(Duration.ofMinutes(9)), Duration.ofMinutes(4), Rules.NONE);
    var now = NOON;
    for (int i = 0; i < EVENTS; i++) {
      now = now.plus(Duration.ofMinutes(random.nextInt(6)));
      var step = something(random, check, now);
      life.add(new Event(check, now, step));
      check = step.check();
    }
    return life;
  }

  private static Step something(Random random, Check check, Instant now) {
    var name = NAMES[random.nextInt(NAMES.length)];
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> check.hear(new Signal.Start(name), now);
      case 3, 4, 5, 6 -> check.hear(new Signal.Success(name), now);
      case 7 -> check.hear(new Signal.Failure(name), now);
      case 8 -> check.hear(new Signal.Log(name), now);
      case 9 -> check.pause(now);
      case 10 -> check.resume(now).orElseGet(() -> Step.quiet(check));
      default -> check.sweep(now);
    };
  }

  private static List<Flip> flips(List<Event> life) {
    return life.stream().flatMap(event -> event.step().flips().stream()).toList();
  }

  private static Check last(List<Event> life) {
    return life.getLast().step().check();
  }
}
