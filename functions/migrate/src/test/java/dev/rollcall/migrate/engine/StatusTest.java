package dev.rollcall.migrate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rollcall.store.Reading;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/// What whoever looks sees.
class StatusTest extends OnData {

  @Test
  void sees_how_far_the_work_is() {
    var migrator = world.release(2);
    migrator.expand(2, "request", world.soon());
    world.clock.advance(Duration.ofSeconds(15));
    migrator.pause(true);

    assertThat(migrator.expand(2, "request", world.soon()))
        .isInstanceOfSatisfying(
            Progress.Going.class, going -> assertThat(going.doing()).isEqualTo("paused"));
    assertThat(migrator.status().paused()).isTrue();
    assertThat(channels()).noneMatch(has("secret"));

    migrator.pause(false);
    world.finish(until -> migrator.expand(2, "request", until));
    migrator.settle(2, "request", world.soon());

    var past = migrator.status().history().getFirst();
    assertThat(past.state()).isEqualTo("settling");
    assertThat(past.counts()).isEqualTo(new Counts(5, 5, 5, 0));
    assertThat(past.progress().orElseThrow().total()).hasValue(5L);
  }

  @Test
  void sees_which_releases_were_there_and_what_happened() {
    world.deploy(2);
    world.release(3).tick(world.soon());

    var report = world.release(3).status();

    assertThat(report.releases())
        .extracting(Seen::name, Seen::level)
        .containsExactly(tuple("0.2.0", 2), tuple("0.3.0", 3));
    assertThat(report.events())
        .extracting(Event::to)
        .containsExactly("steady", "settling", "expanded", "expanding");
    assertThat(report.events()).allMatch(event -> event.by().equals("test"));
  }

  @Test
  void sees_what_would_be_done_and_nothing_is_done() {
    world.deploy(2);
    var before = world.items();

    var up = world.release(4).plan(4);
    assertThat(up.refusal()).isEmpty();
    assertThat(up.steps())
        .extracting(Plan.Step::id, Plan.Step::up, Plan.Step::items, Plan.Step::changes)
        .containsExactly(tuple("0002", true, 4L, 4L), tuple("0003", true, 5L, 5L));
    assertThat(up.steps().getFirst().samples()).hasSize(3);
    assertThat(up.steps().getFirst().samples().getFirst().differences())
        .contains(new Plan.Difference("grace", "3599", "59"));

    var down = world.release(1).plan(1);
    assertThat(down.steps())
        .extracting(Plan.Step::id, Plan.Step::up, Plan.Step::changes)
        .containsExactly(tuple("0001", false, 5L));
    assertThat(world.items()).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void finds_a_long_text_whole() {
    var text = "x".repeat(200_000);
    assertThat(Texts.write(text).b()).isNotNull();
    var item = new Reading("MIG#0001", Map.of("text", Texts.write(text)), Assertions::fail);
    assertThat(Texts.read(item, "text")).hasValue(text);
    assertThat(Texts.write("short").s()).isEqualTo("short");
  }
}
