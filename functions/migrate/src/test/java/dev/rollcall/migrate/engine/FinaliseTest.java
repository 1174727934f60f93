package dev.rollcall.migrate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Finalising gives up the way back.
class FinaliseTest extends OnData {

  private Progress finalise(Migrator migrator, String through) {
    var request = world.request();
    return world.finish(until -> migrator.finalise(through, request, until));
  }

  @Test
  void is_refused_within_two_weeks() {
    world.deploy(3);
    world.clock.advance(Duration.ofDays(13));

    assertThat(refusal(finalise(world.release(3), "0001"))).contains("0001", "14 days");
  }

  @Test
  void is_refused_while_an_older_release_may_come_back() {
    world.deploy(3);
    world.clock.advance(Duration.ofDays(13));
    world.release(1).tick(world.soon());
    world.clock.advance(Duration.ofDays(2));

    assertThat(refusal(finalise(world.release(3), "0001"))).contains("0.1.0", "level 1");
  }

  @Test
  void takes_away_what_only_the_way_back_needs_and_the_way_back() {
    world.deploy(3);
    world.clock.advance(Duration.ofDays(15));
    assertThat(of("CHECK#")).anyMatch(item -> World.key(item).contains("ATTIC#"));
    var before = world.seen();

    assertThat(finalise(world.release(3), "0002")).isInstanceOf(Progress.Done.class);

    assertThat(world.seen()).isEqualTo(before);
    assertThat(world.items())
        .noneMatch(item ->
            item.keySet().stream().anyMatch(name -> name.startsWith("~"))
                || World.key(item).contains("ATTIC#"));
    assertThat(entry("0002").state()).isEqualTo(Entry.State.FINALISED);
    assertThat(refusal(world.expand(2))).contains("0002", "final");
  }

  @Test
  void of_what_the_data_does_not_know_is_refused() {
    assertThat(refusal(finalise(world.release(2), "0009"))).contains("0009");
  }
}
