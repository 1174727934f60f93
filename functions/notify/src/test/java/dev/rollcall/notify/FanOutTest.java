package dev.rollcall.notify;

import static dev.rollcall.notify.Stage.NOON;
import static dev.rollcall.notify.Stage.back;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.edge.queue.Message.Deliver;
import dev.rollcall.edge.queue.Message.Told;
import dev.rollcall.edge.queue.Messages;
import dev.rollcall.store.CheckStore;
import dev.rollcall.store.Route;
import dev.rollcall.testing.TablesInMemory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FanOutTest {
  private final TablesInMemory memory = new TablesInMemory();

  @AfterAll
  void close() {
    memory.close();
  }

  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_METHOD)
  class A_check_that_went_down {
    private final Stage stage = new Stage(memory);
    private final ChannelId one = stage.webhook("http://x.example/1");
    private final ChannelId two = stage.webhook("http://x.example/2");
    private final ChannelId off =
        stage.channel("webhook", Map.of("url_down", "http://x.example/"), true);
    private final CheckId check = stage.check(one, two, off, new ChannelId(new UUID(0, 1)));

    A_check_that_went_down() {
      stage.succeeds(check, NOON);
      stage.fails(check, NOON.plusSeconds(600), 1, "");
    }

    @Test
    void is_told_to_each_enabled_channel_and_logged_and_no_longer_untold() {
      assertThat(stage.untold(check)).containsExactly(1L, 2L);
      assertThat(stage.give("flips", 1, new Told(check, 1), new Told(check, 2))).isEqualTo(back());
      assertThat(stage.queue.deliveries())
          .containsExactlyInAnyOrder(new Deliver(check, 2, one, 0), new Deliver(check, 2, two, 0));
      assertThat(stage.log.flips(check, 10)).extracting(Flip::number).containsExactly(2L, 1L);
      assertThat(stage.untold(check)).isEmpty();
    }

    @Test
    void is_told_once_however_often_the_message_comes() {
      assertThat(stage.give("flips", 1, new Told(check, 2), new Told(check, 2))).isEqualTo(back());
      assertThat(stage.give("flips", 2, new Told(check, 2))).isEqualTo(back());
      assertThat(stage.queue.deliveries()).hasSize(2);
    }

    @Test
    void is_told_by_a_message_about_any_of_its_flips() {
      assertThat(stage.give("flips", 1, new Told(check, 1))).isEqualTo(back());
      assertThat(stage.queue.deliveries()).hasSize(2);
      assertThat(stage.untold(check)).isEmpty();
    }

    @Test
    void and_came_up_is_told_of_in_that_order_though_only_the_recovery_has_a_message() {
      stage.succeeds(check, NOON.plus(Duration.ofDays(1)));
      assertThat(stage.give("flips", 1, new Told(check, 4))).isEqualTo(back());
      assertThat(stage.queue.deliveries())
          .filteredOn(deliver -> deliver.channel().equals(one))
          .containsExactly(new Deliver(check, 2, one, 0), new Deliver(check, 3, one, 2));
      assertThat(stage.untold(check)).isEmpty();
    }

    @Test
    void is_entered_for_the_channels_that_listen_and_for_no_other() {
      stage.give("flips", 1, new Told(check, 2));
      assertThat(stage.agenda(check, one).orElseThrow().waiting()).containsExactly(2L);
      assertThat(stage.agenda(check, two).orElseThrow().waiting()).containsExactly(2L);
      assertThat(stage.agenda(check, off)).isEmpty();
    }

    @Test
    void is_not_entered_again_once_it_is_settled() {
      var route = new Route(check, one);
      stage.agendas.enter(route, List.of(2L), NOON);
      stage.agendas.claim(route, 2, "m", true, NOON, NOON.plusSeconds(45));
      stage.agendas.settle(route, "m", List.of(2L), 1, null);
      stage.give("flips", 1, new Told(check, 2));
      assertThat(stage.queue.deliveries()).containsExactly(new Deliver(check, 2, two, 0));
      assertThat(stage.agenda(check, one).orElseThrow().waiting()).isEmpty();
    }
  }

  @Nested
  class More_flips_than_one_turn_takes {
    private final Stage stage = new Stage(memory);

    @Test
    void are_taken_over_oldest_first_the_rest_the_next_time() {
      var hook = stage.webhook("http://x.example/");
      var check = stage.check(hook);
      var flips = 2 * CheckStore.MOST_TOLD + 2;
      for (int n = 0; n < flips / 2; n++) {
        stage.fails(check, NOON.plusSeconds(2L * n), 1, "");
        stage.succeeds(check, NOON.plusSeconds(2L * n + 1));
      }
      for (int turn = 1; turn <= 3; turn++) {
        assertThat(stage.give("flips", 1, new Told(check, flips))).isEqualTo(back());
        assertThat(stage.untold(check)).hasSize(Math.max(0, flips - turn * CheckStore.MOST_TOLD));
      }
      assertThat(stage.queue.deliveries())
          .extracting(Deliver::flip)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, flips).boxed().toList());
      assertThat(stage.agenda(check, hook).orElseThrow().waiting()).hasSize(flips);
    }
  }

  @Nested
  class What_is_no_news {
    private final Stage stage = new Stage(memory);

    @Test
    void is_logged_and_told_to_nobody() {
      var check = stage.check(stage.webhook("http://x.example/"));
      stage.succeeds(check, NOON);
      stage.happens(check, NOON, found -> found.pause(NOON.plusSeconds(5)));
      assertThat(stage.give("flips", 1, new Told(check, 1), new Told(check, 2))).isEqualTo(back());
      assertThat(stage.queue.deliveries()).isEmpty();
      assertThat(stage.log.flips(check, 10)).hasSize(2);
      assertThat(stage.untold(check)).isEmpty();
    }

    @Test
    void does_not_come_between_two_that_are() {
      var channel = stage.webhook("http://x.example/");
      var check = stage.check(channel);
      stage.fails(check, NOON, 1, "");
      stage.happens(check, NOON, found -> found.pause(NOON.plusSeconds(5)));
      stage.succeeds(check, NOON.plusSeconds(10));
      stage.fails(check, NOON.plusSeconds(20), 1, "");
      assertThat(stage.give("flips", 1, new Told(check, 1), new Told(check, 4))).isEqualTo(back());
      assertThat(stage.queue.deliveries())
          .containsExactly(new Deliver(check, 1, channel, 0), new Deliver(check, 4, channel, 1));
    }
  }

  @Nested
  class A_message_that_nobody_here_wrote {
    private final Stage stage = new Stage(memory);

    @Test
    void goes_back_and_the_others_are_handled() {
      var check = stage.check(stage.webhook("http://x.example/"));
      stage.fails(check, NOON, 1, "");
      var bodies = List.of("not one of ours", Messages.write(new Told(check, 1)));
      assertThat(stage.give(memory.client(), stage.queue, "flips", 1, bodies)).isEqualTo(back(0));
      assertThat(stage.queue.deliveries()).hasSize(1);
      assertThat(stage.untold(check)).isEmpty();
    }
  }

  @Nested
  class A_check_that_is_gone {
    private final Stage stage = new Stage(memory);

    @Test
    void has_nothing_to_tell() {
      var check = stage.check(stage.webhook("http://x.example/"));
      stage.fails(check, NOON, 1, "");
      stage.catalog.delete(check);
      assertThat(stage.give("flips", 1, new Told(check, 1))).isEqualTo(back());
      assertThat(stage.queue.deliveries()).isEmpty();
      assertThat(stage.log.flips(check, 10)).isEmpty();
    }
  }

  @Nested
  class A_batch {
    private final Stage stage = new Stage(memory);

    @Test
    void is_not_stopped_by_what_is_broken_in_it() {
      var channel = stage.webhook("http://x.example/");
      var check = stage.check(channel);
      stage.fails(check, NOON, 1, "");
      var bodies = List.of("no JSON", "{}", "{\"check\":\"" + check + "\",\"flip\":\"1\"}");
      assertThat(stage.give(stage.dynamo(), stage.queue, "flips", 1, bodies)).isEqualTo(back(0, 1));
      assertThat(stage.queue.deliveries()).containsExactly(new Deliver(check, 1, channel, 0));
    }

    @Test
    void of_another_queue_goes_back() {
      assertThat(stage.give("inbox", 1, new Told(new CheckId(new UUID(1, 1)), 1)))
          .isEqualTo(back(0));
    }
  }

  @Nested
  class A_ping_that_found_the_outage {
    private final Stage stage = new Stage(memory);

    @Test
    void has_it_told_before_its_end_however_long_ago_the_deadline_was() {
      var channel = stage.webhook("http://x.example/");
      var check = stage.check(channel);
      stage.succeeds(check, NOON);
      stage.succeeds(check, NOON.plus(Duration.ofHours(2)));
      assertThat(stage.give("flips", 1, new Told(check, 3), new Told(check, 2))).isEqualTo(back());
      assertThat(stage.queue.deliveries())
          .containsExactlyInAnyOrder(
              new Deliver(check, 2, channel, 0), new Deliver(check, 3, channel, 2));
    }
  }

  @Nested
  class A_sweep_that_found_the_outage {
    private final Stage stage = new Stage(memory);

    @Test
    void dates_it_at_the_deadline() {
      var check = stage.check(stage.webhook("http://x.example/"));
      stage.succeeds(check, NOON);
      var late = NOON.plus(Duration.ofHours(2));
      stage.happens(check, late, found -> found.sweep(late));
      assertThat(stage.give("flips", 1, new Told(check, 2))).isEqualTo(back());
      assertThat(stage.log.flip(check, 2))
          .hasValueSatisfying(
              flip -> assertThat(flip.at()).isEqualTo(NOON.plus(Duration.ofMinutes(65))));
    }
  }
}
