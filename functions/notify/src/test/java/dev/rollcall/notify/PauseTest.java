package dev.rollcall.notify;

import static dev.rollcall.notify.Stage.NOON;
import static dev.rollcall.notify.Stage.back;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.edge.queue.Message.Deliver;
import dev.rollcall.edge.queue.Message.Told;
import dev.rollcall.edge.queue.Messages;
import dev.rollcall.store.Notification.Outcome;
import dev.rollcall.store.SchemaView;
import dev.rollcall.testing.SchemaItems;
import dev.rollcall.testing.TablesInMemory;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

/// What becomes of alerts by what this release may do with the data.
class PauseTest {
  private final TablesInMemory memory = new TablesInMemory();
  private final SchemaItems data = new SchemaItems(memory);
  private final Stage stage = new Stage(memory);
  private final Receiver receiver = new Receiver();
  private final ChannelId hook = stage.webhook(receiver.at("/$STATUS").toString());
  private final CheckId check = stage.check(hook);

  PauseTest() {
    stage.fails(check, NOON, 1, "");
  }

  @AfterEach
  void close() {
    receiver.close();
    memory.close();
  }

  @Nested
  class Newer_data_that_this_release_can_read {
    @Test
    void is_told_of_when_it_may_be_changed() {
      data.aheadAndTolerant();
      assertIsTold();
    }

    @Test
    void is_told_of_when_people_may_not_change_it() {
      data.readOnly();
      assertIsTold();
    }

    private void assertIsTold() {
      assertThat(stage.give("flips", 1, new Told(check, 1))).isEqualTo(back());
      assertThat(stage.untold(check)).isEmpty();
      var deliveries = stage.queue.drain();
      assertThat(deliveries).containsExactly(new Deliver(check, 1, hook, 0));
      assertThat(stage.give("deliveries", 1, deliveries.getFirst())).isEqualTo(back());
      assertThat(receiver.targets()).containsExactly("/down");
    }
  }

  @Nested
  class Data_that_says_of_itself_what_this_release_does_not_understand {
    @Test
    void has_its_alerts_come_again_later() {
      data.own();
      data.strange("minReader");
      var late = new Deliver(check, 1, hook, 0);
      assertThat(stage.give("flips", 1, new Told(check, 1))).isEqualTo(back());
      assertThat(stage.give("deliveries", Backoff.TRIES, late)).isEqualTo(back());
      assertThat(stage.untold(check)).containsExactly(1L);
      assertThat(stage.queue.drain()).containsExactly(late);
      assertThat(receiver.targets()).isEmpty();
    }
  }

  @Nested
  class Data_that_this_release_cannot_read {
    {
      data.unreadable();
    }

    @Test
    void keeps_its_flips_untold_and_their_messages_are_done_with() {
      for (int time = 1; time < 10; time++) {
        assertThat(stage.give("flips", time, new Told(check, 1))).isEqualTo(back());
      }
      assertThat(stage.untold(check)).containsExactly(1L);
      assertThat(stage.queue.deliveries()).isEmpty();
      assertThat(stage.log.flips(check, 10)).isEmpty();
    }

    @Test
    void has_its_deliveries_come_again_a_minute_later_with_all_tries_before_them() {
      var late = new Deliver(check, 1, hook, 0);
      assertThat(stage.give("deliveries", Backoff.TRIES, late, Deliver.test(hook)))
          .isEqualTo(back());
      assertThat(stage.queue.drain()).containsExactly(late, Deliver.test(hook));
      assertThat(stage.queue.delays()).containsOnly(Pause.LATER);
      assertThat(stage.queue.hidden()).isEmpty();
      assertThat(receiver.targets()).isEmpty();
    }

    @Test
    void gives_a_delivery_back_that_cannot_be_sent_again() {
      var fuse = new Fuse(1, false);
      var body = Messages.write(new Deliver(check, 1, hook, 0));
      var broken = fuse.guard(SqsClient.class, stage.queue);
      assertThat(stage.give(stage.dynamo(), broken, "deliveries", 1, List.of(body)))
          .isEqualTo(back(0));
    }

    @Test
    void gives_back_what_is_no_message() {
      assertThat(stage.give(stage.dynamo(), stage.queue, "flips", 1, List.of("no message")))
          .isEqualTo(back(0));
    }

    @Test
    void has_everything_told_when_it_can_be_read_again() {
      stage.give("flips", 1, new Told(check, 1));
      data.own();
      stage.clock.advance(SchemaView.TTL);
      stage.give("flips", 1, new Told(check, 1));
      data.unreadable();
      stage.clock.advance(SchemaView.TTL);
      stage.give("deliveries", 1, stage.queue.drain().getFirst());
      data.own();
      stage.clock.advance(SchemaView.TTL);
      stage.give("deliveries", 1, stage.queue.drain().getFirst());
      assertThat(receiver.targets()).containsExactly("/down");
      assertThat(stage.outcomes(check)).containsExactly(Outcome.SENT);
    }
  }
}
