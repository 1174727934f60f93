package dev.rollcall.sweep;

import static dev.rollcall.sweep.SweepWorld.HOUR;
import static dev.rollcall.sweep.SweepWorld.TEN_MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.Status;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.testing.BadDay;
import dev.rollcall.testing.HttpEvent;
import dev.rollcall.testing.SampleProject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A process that dies at any of its calls, and what is left of its work.
class CrashTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SweepWorld world = new SweepWorld();
  private final Set<Message.Told> told = new HashSet<>();
  private int slugs;

  @AfterEach
  void close() {
    world.close();
  }

  /// What a check may be pinged with, and how it fares then.
  enum Situation {
    FIRST_SUCCESS("", Status.UP),
    SUCCESS_ON_UP("", Status.UP),
    SUCCESS_BY_SLUG("", Status.UP),
    SUCCESS_THAT_MAKES_A_CHECK("", Status.UP),
    SUCCESS_AFTER_A_FAILURE("", Status.UP),
    SUCCESS_AFTER_THE_DEADLINE("", Status.UP),
    SUCCESS_AT_THE_END_OF_A_RUN("", Status.UP),
    FAILURE_ON_UP("/fail", Status.DOWN),
    EXIT_STATUS_ON_NEW("/9", Status.DOWN),
    START_ON_UP("/start", Status.UP),
    LOG_ON_UP("/log", Status.UP);

    private final String rest;
    private final Status after;

    Situation(String rest, Status after) {
      this.rest = rest;
      this.after = after;
    }
  }

  @ParameterizedTest
  @EnumSource(Situation.class)
  void of_a_ping_loses_neither_an_answered_ping_nor_a_flip(Situation situation) {
    for (var moment : BadDay.Moment.values()) {
      var died = true;
      for (int k = 1; died; k++) {
        var target = prepare(situation);
        died = diesAt(k, moment, target.event());
        if (died) {
          assertThat(world.ping(target.again())).isBetween(200, 201);
        }
        var id = find(target);
        var heardAt = world.clock.instant();
        assertThat(world.check(id).pings()).isGreaterThan(target.pings());
        assertThat(world.log.pings(id, target.pings(), 10))
            .anySatisfy(ping -> assertThat(ping.at()).isEqualTo(heardAt));

        world.run(heardAt.plusSeconds(150), MINUTE);
        assertThat(world.check(id).state().status()).isEqualTo(situation.after);
        assertEveryFlipIsSent(id, target.flips());
        world.tell(id);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void of_a_sweep_leaves_its_work_to_the_next(boolean byMessage) {
    for (var moment : BadDay.Moment.values()) {
      var died = true;
      for (int k = 1; died; k++) {
        var id = world.upCheck(HOUR, TEN_MINUTES);
        var deadline = world.clock.instant().plus(HOUR).plus(TEN_MINUTES);
        world.moveTo(deadline);
        died = sweepDiesAt(k, moment, byMessage ? new Message.Look(id, deadline, deadline) : null);
        world.run(deadline.plusSeconds(150), MINUTE);
        assertThat(world.check(id).state().status()).isEqualTo(Status.DOWN);
        assertThat(world.check(id).flips()).isEqualTo(2);
        assertEveryFlipIsSent(id, 1);
        world.tell(id);
      }
    }
  }

  /// A ping that is about to come.
  ///
  /// @param check whom it is for, or null when it is to make one
  /// @param pings how many it has heard
  /// @param flips how many it has had
  private record Target(
      HttpEvent event, @Nullable CheckId check, String slug, long pings, long flips) {

    /// The same ping as another request.
    HttpEvent again() {
      return HttpEvent.get(event.path()).asking(event.query());
    }
  }

  private Target prepare(Situation situation) {
    var slug = "job-" + ++slugs;
    if (situation == Situation.SUCCESS_THAT_MAKES_A_CHECK) {
      var path = "/ping/" + SampleProject.PING_KEY + "/" + slug;
      return new Target(HttpEvent.get(path).asking("create=1"), null, slug, 0, 0);
    }
    var id =
        switch (situation) {
          case FIRST_SUCCESS, EXIT_STATUS_ON_NEW -> world.project.check(HOUR, TEN_MINUTES);
          case SUCCESS_BY_SLUG ->
              world.project.check(slug, HOUR, TEN_MINUTES, Rules.NONE, Keywords.NONE);
          default -> world.upCheck(HOUR, TEN_MINUTES);
        };
    switch (situation) {
      case SUCCESS_AFTER_A_FAILURE -> world.ping("/ping/" + id + "/fail");
      case SUCCESS_AT_THE_END_OF_A_RUN -> world.ping("/ping/" + id + "/start");
      case SUCCESS_AFTER_THE_DEADLINE ->
          world.moveTo(world.clock.instant().plus(HOUR).plus(TEN_MINUTES));
      default -> {}
    }
    world.clock.advance(Duration.ofSeconds(1));
    world.tell(id);
    world.queues.drain();
    var check = world.check(id);
    var path =
        situation == Situation.SUCCESS_BY_SLUG
            ? "/ping/" + SampleProject.PING_KEY + "/" + slug
            : "/ping/" + id + situation.rest;
    return new Target(HttpEvent.get(path), id, slug, check.pings(), check.flips());
  }

  private CheckId find(Target target) {
    return target.check() != null
        ? target.check()
        : world.catalog.bySlug(SampleProject.ID, target.slug()).getFirst();
  }

  private boolean diesAt(int k, BadDay.Moment moment, HttpEvent event) {
    world.badDay.dies(k, moment);
    try {
      assertThat(world.ping(event)).isBetween(200, 201);
      return false;
    } catch (BadDay.Died died) {
      return true;
    } finally {
      world.badDay.ends();
    }
  }

  /// A sweep's threads die one by one, so the death may not come out of it.
  private boolean sweepDiesAt(int k, BadDay.Moment moment, Message.@Nullable Look look) {
    world.badDay.dies(k, moment);
    try {
      if (look == null) {
        world.tick();
      } else {
        world.look(look);
      }
    } catch (BadDay.Died died) {
      assertThat(world.badDay.calls()).isGreaterThanOrEqualTo(k);
    }
    var died = world.badDay.calls() >= k;
    world.badDay.ends();
    return died;
  }

  private void assertEveryFlipIsSent(CheckId id, long after) {
    told.addAll(world.told());
    assertThat(LongStream.rangeClosed(after + 1, world.check(id).flips()).boxed())
        .allSatisfy(flip -> assertThat(told).contains(new Message.Told(id, flip)));
  }
}
