package dev.rollcall.migrate.engine;

import static dev.rollcall.testing.Moments.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.migrate.engine.Pass.Tally;
import dev.rollcall.store.RawItems;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How far a look at every item is, and what is known of the next.
class PassTest extends OnData {
  private Head head;
  private Entry entry;
  private Pass half;

  @BeforeEach
  void halfway() {
    world.release(2).expand(2, "request", world.soon());
    head = world.head();
    entry = entry("0001");
    half =
        Pass.fresh(entry, head, NOON)
            .after(
                head.gen(),
                RawItems.key("CHANNEL#1", "ITEM"),
                false,
                new Tally(4, 3, 1, 0),
                NOON.plusSeconds(2));
  }

  private Pass stored(Pass pass) {
    assertThat(world.meta().save(pass)).isTrue();
    return world.meta().pass(entry, head, NOON);
  }

  @Test
  void is_found_again_as_it_was() {
    assertThat(stored(half)).isEqualTo(half);
  }

  @Test
  void that_is_the_first_does_not_know_how_many_items_there_are() {
    assertThat(Estimate.of(half).total()).isEmpty();
    assertThat(Estimate.of(half).done()).isEqualTo(4);
    assertThat(Estimate.of(half).perSecond()).isEqualTo(2);
  }

  @Test
  void that_follows_on_a_whole_one_knows_how_many_items_there_are() {
    var whole = stored(half.after(head.gen(), half.cursor(), true, new Tally(4, 2, 0, 0), NOON));
    head = head.with(new Head.Sweep(head.sweep().run(), 2, false), null);

    var next = whole.towards(entry, head, NOON);
    assertThat(next.cursor()).isEmpty();
    assertThat(next.tally()).isEqualTo(Tally.NONE);
    assertThat(next.counts()).isEqualTo(new Counts(0, 5, 0, 0));

    var begun =
        next.after(head.gen(), half.cursor(), false, new Tally(2, 0, 0, 0), NOON.plusSeconds(1));
    assertThat(Estimate.of(begun).percent()).isEqualTo(25);
    assertThat(Estimate.of(begun).left()).contains(Duration.ofSeconds(3));
  }

  @Test
  void of_another_run_says_nothing() {
    stored(half);
    head = head.with(new Head.Sweep(head.sweep().run() + 1, 1, false), null);

    assertThat(world.meta().pass(entry, head, NOON)).isEqualTo(Pass.fresh(entry, head, NOON));
  }

  @Test
  void is_not_written_over_one_of_a_later_generation() {
    stored(half.after(head.gen() + 1, half.cursor(), false, Tally.NONE, NOON));

    assertThat(world.meta().save(half)).isFalse();
  }
}
