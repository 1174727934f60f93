package dev.rollcall.notify;

import static dev.rollcall.notify.Stage.NOON;
import static dev.rollcall.notify.Stage.back;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.edge.queue.Message.Deliver;
import dev.rollcall.edge.queue.Message.Told;
import dev.rollcall.store.Notification;
import dev.rollcall.store.Notification.Outcome;
import dev.rollcall.testing.TablesInMemory;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliveriesTest {
  private final TablesInMemory memory = new TablesInMemory();

  @AfterAll
  void close() {
    memory.close();
  }

  /// A check that was up, then down, then up again ten minutes later, with one webhook.
  @TestInstance(TestInstance.Lifecycle.PER_METHOD)
  abstract class Situation {
    final Stage stage = new Stage(memory);
    final Receiver receiver = new Receiver();
    final ChannelId hook = stage.webhook(receiver.at("/$STATUS/$EXITSTATUS").toString());
    final CheckId check = stage.check(hook);

    Situation() {
      stage.succeeds(check, NOON);
      stage.fails(check, NOON.plusSeconds(600), 3, "boom");
      stage.succeeds(check, NOON.plusSeconds(1200));
      stage.give("flips", 1, new Told(check, 1), new Told(check, 2), new Told(check, 3));
      stage.queue.drain();
    }

    @AfterEach
    void stop() {
      receiver.close();
    }

    Deliver flip(long number) {
      return new Deliver(check, number, hook, 0);
    }

    String give(int receiveCount, Deliver... messages) {
      return stage.give("deliveries", receiveCount, messages);
    }
  }

  @Nested
  class A_channel_that_takes_it extends Situation {
    @Test
    void is_told_with_what_the_ping_behind_the_flip_said() {
      assertThat(give(1, flip(2))).isEqualTo(back());
      assertThat(receiver.targets()).containsExactly("/down/3");
      assertThat(stage.log.notifications(check))
          .containsExactly(new Notification(check, 2, hook, NOON, Outcome.SENT, null));
    }

    @Test
    void is_not_told_what_a_ping_said_that_came_after_the_deadline() {
      stage.logs(check, NOON.plusSeconds(2000), 7);
      stage.logs(check, NOON.plusSeconds(5200), 8);
      stage.logs(check, NOON.plusSeconds(5201), 9);
      stage.happens(check, NOON.plusSeconds(5210), late -> late.sweep(NOON.plusSeconds(5210)));
      stage.give("flips", 1, new Told(check, 4));
      assertThat(give(1, flip(4))).isEqualTo(back());
      assertThat(receiver.targets()).containsExactly("/down/7");
    }

    @Test
    void is_told_once_however_often_the_message_comes() {
      assertThat(give(1, flip(2), flip(2))).isEqualTo(back());
      assertThat(give(2, flip(2))).isEqualTo(back());
      assertThat(receiver.targets()).hasSize(1);
    }

    @Test
    void is_not_told_of_a_flip_that_a_younger_one_overtook() {
      assertThat(give(1, flip(3))).isEqualTo(back());
      assertThat(give(1, flip(2))).isEqualTo(back());
      assertThat(receiver.targets()).containsExactly("/up/-1");
    }

    @Test
    void is_told_in_order_of_what_a_batch_brings_in_disorder() {
      assertThat(give(1, flip(3), flip(2))).isEqualTo(back());
      assertThat(receiver.targets()).containsExactly("/down/3", "/up/-1");
    }

    @Test
    void no_longer_has_a_last_error() {
      stage.integrations.report(hook, "answered 500", false);
      assertThat(give(1, flip(2))).isEqualTo(back());
      assertThat(stage.integration(hook).lastError()).isNull();
    }
  }

  @Nested
  class A_flip_close_to_the_one_before extends Situation {
    private final Deliver up = new Deliver(check, 3, hook, 2);

    @Test
    void waits_its_turn_twice_and_then_goes() {
      assertThat(give(1, up)).isEqualTo(back(0));
      assertThat(give(2, up)).isEqualTo(back(0));
      assertThat(stage.queue.hidden())
          .containsOnly(new RecordingQueue.Hidden("r0", Duration.ofSeconds(1)))
          .hasSize(2);
      assertThat(receiver.targets()).isEmpty();
      assertThat(give(3, up)).isEqualTo(back());
      assertThat(receiver.targets()).containsExactly("/up/-1");
    }

    @Test
    void goes_at_once_when_that_was_told() {
      assertThat(give(1, up, flip(2))).isEqualTo(back());
      assertThat(receiver.targets()).containsExactly("/down/3", "/up/-1");
    }
  }

  @Nested
  class A_channel_in_trouble extends Situation {
    @Test
    void is_tried_again_later_and_later() {
      receiver.answer(500, 500, 200);
      assertThat(give(1, flip(2))).isEqualTo(back(0));
      assertThat(stage.integration(hook).lastError()).isEqualTo("answered 500");
      assertThat(give(2, flip(2))).isEqualTo(back(0));
      assertThat(stage.queue.hidden())
          .extracting(RecordingQueue.Hidden::duration)
          .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(10));
      assertThat(stage.outcomes(check)).isEmpty();
      assertThat(give(3, flip(2))).isEqualTo(back());
      assertThat(stage.outcomes(check)).containsExactly(Outcome.SENT);
      assertThat(stage.integration(hook).lastError()).isNull();
    }

    @Test
    void is_left_alone_for_as_long_as_it_asks() {
      receiver.answer(503, "Retry-After", "45");
      assertThat(give(1, flip(2))).isEqualTo(back(0));
      assertThat(stage.queue.hidden())
          .containsExactly(new RecordingQueue.Hidden("r0", Duration.ofSeconds(45)));
    }

    @Test
    void is_given_up_after_the_last_try_which_leaves_the_message_to_the_dead_letter_queue() {
      receiver.answer(500);
      assertThat(give(Backoff.TRIES, flip(2))).isEqualTo(back(0));
      assertThat(stage.log.notifications(check))
          .containsExactly(new Notification(check, 2, hook, NOON, Outcome.GAVE_UP, "answered 500"));
      assertThat(stage.integration(hook).disabled()).isFalse();
    }

    @Test
    void does_not_hold_up_another() {
      var slow = stage.check(hook);
      stage.fails(slow, NOON, 1, "");
      stage.give("flips", 1, new Told(slow, 1));
      var fastIsDone = new CountDownLatch(1);
      receiver.answer(exchange -> {
        await(fastIsDone);
        exchange.sendResponseHeaders(200, -1);
      });
      receiver.answer(exchange -> {
        exchange.sendResponseHeaders(200, -1);
        fastIsDone.countDown();
      });
      assertThat(give(1, flip(2), new Deliver(slow, 1, hook, 0))).isEqualTo(back());
      assertThat(receiver.targets()).hasSize(2);
      assertThat(fastIsDone.getCount()).isZero();
    }

    private void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Nested
  class A_channel_that_wants_nothing extends Situation {
    @Test
    void because_it_is_disabled_is_skipped() {
      stage.integrations.report(hook, "answered 410", true);
      assertThat(give(1, flip(2))).isEqualTo(back());
      assertThat(stage.outcomes(check)).containsExactly(Outcome.SKIPPED);
      assertThat(receiver.targets()).isEmpty();
    }

    @Test
    void because_it_was_deleted_is_skipped() {
      stage.integrations.delete(hook);
      assertThat(give(1, flip(2))).isEqualTo(back());
      assertThat(stage.outcomes(check)).containsExactly(Outcome.SKIPPED);
    }

    @Test
    void of_this_kind_is_skipped() {
      var onlyUp = stage.channel("webhook", Map.of("url_up", receiver.at("/").toString()), false);
      assertThat(give(1, new Deliver(check, 2, onlyUp, 0))).isEqualTo(back());
      assertThat(stage.outcomes(check)).containsExactly(Outcome.SKIPPED);
    }
  }

  @Nested
  class A_channel_that_refuses extends Situation {
    @Test
    void is_disabled_and_says_why() {
      var broken = stage.channel("webhook", Map.of("url_down", "gopher://x"), false);
      assertThat(give(1, new Deliver(check, 2, broken, 0))).isEqualTo(back());
      assertThat(stage.outcomes(check)).containsExactly(Outcome.REFUSED);
      assertThat(stage.integration(broken).disabled()).isTrue();
      assertThat(stage.integration(broken).lastError()).startsWith("setting url_down is not");
    }
  }

  @Nested
  class What_is_gone extends Situation {
    @Test
    void is_not_told() {
      stage.catalog.delete(check);
      var stranger = new Deliver(new CheckId(UUID.randomUUID()), 1, hook, 0);
      assertThat(give(1, flip(2), flip(99), stranger)).isEqualTo(back());
      assertThat(receiver.targets()).isEmpty();
      assertThat(stage.outcomes(check)).isEmpty();
    }

    @Test
    void a_flip_that_is_no_news_is_not_told_either() {
      assertThat(give(1, flip(1))).isEqualTo(back());
      assertThat(receiver.targets()).isEmpty();
    }
  }

  @Nested
  class A_message_that_cannot_be_handled extends Situation {
    @Test
    void goes_back_and_the_others_are_delivered() {
      var pigeon = stage.channel("pigeon", Map.of(), false);
      assertThat(give(1, new Deliver(check, 2, pigeon, 0), flip(2))).isEqualTo(back(0));
      assertThat(receiver.targets()).containsExactly("/down/3");
      var bodies = List.of("no JSON", "{\"check\":\"x\"}");
      assertThat(stage.give(stage.dynamo(), stage.queue, "deliveries", 1, bodies))
          .isEqualTo(back(0, 1));
    }
  }

  @Nested
  class A_mail extends Situation {
    private final ChannelId ann = stage.channel("email", Map.of("value", "ann@example.org"), false);

    @Test
    void tells_how_long_the_check_was_down() throws MessagingException {
      assertThat(give(1, new Deliver(check, 3, ann, 0))).isEqualTo(back());
      var mail = stage.post.only();
      assertThat(mail.getSubject()).isEqualTo("UP | Backup");
      assertThat(new String(stage.post.sent().getFirst().rawMessage().data().asByteArray(), UTF_8))
          .contains("Backup is up again after 10 minutes.")
          .contains("Servers");
    }
  }

  @Nested
  class A_test extends Situation {
    @Test
    void sends_an_example_and_logs_nothing() {
      assertThat(give(1, Deliver.test(hook))).isEqualTo(back());
      assertThat(receiver.targets()).containsExactly("/down/-1");
      assertThat(stage.outcomes(check)).isEmpty();
      assertThat(stage.outcomes(Deliver.test(hook).check())).isEmpty();
    }

    @Test
    void is_tried_once_and_says_how_it_went() {
      receiver.answer(500);
      assertThat(give(1, Deliver.test(hook))).isEqualTo(back());
      assertThat(receiver.targets()).hasSize(1);
      assertThat(stage.integration(hook).lastError()).isEqualTo("answered 500");
      assertThat(give(1, Deliver.test(hook))).isEqualTo(back());
      assertThat(stage.integration(hook).lastError()).isNull();
    }

    @Test
    void of_a_channel_that_is_gone_is_nothing() {
      stage.integrations.delete(hook);
      assertThat(give(1, Deliver.test(hook))).isEqualTo(back());
      assertThat(receiver.targets()).isEmpty();
    }
  }
}
