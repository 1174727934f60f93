package dev.rollcall.notify;

import static dev.rollcall.notify.Stage.NOON;
import static dev.rollcall.notify.Stage.back;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.edge.queue.Message.Deliver;
import dev.rollcall.edge.queue.Message.Told;
import dev.rollcall.edge.queue.Messages;
import dev.rollcall.store.Claim;
import dev.rollcall.store.Notification;
import dev.rollcall.store.Notification.Outcome;
import dev.rollcall.store.Route;
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

  /// A check that was up and went down, with one webhook. That it went down is entered.
  @TestInstance(TestInstance.Lifecycle.PER_METHOD)
  abstract class Situation {
    final Stage stage = new Stage(memory);
    final Receiver receiver = new Receiver();
    final ChannelId hook = stage.webhook(receiver.at("/$STATUS/$EXITSTATUS").toString());
    final CheckId check = stage.check(hook);

    Situation() {
      stage.succeeds(check, NOON);
      stage.fails(check, NOON.plusSeconds(600), 3, "boom");
      taken();
    }

    /// It comes up again, as flip 3, which is entered too.
    void recovers() {
      stage.succeeds(check, NOON.plusSeconds(1200));
      taken();
    }

    void taken() {
      stage.give("flips", 1, new Told(check, 1));
      stage.queue.drain();
    }

    @AfterEach
    void stop() {
      receiver.close();
    }

    void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
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
      recovers();
      stage.logs(check, NOON.plusSeconds(2000), 7);
      stage.logs(check, NOON.plusSeconds(5200), 8);
      stage.logs(check, NOON.plusSeconds(5201), 9);
      stage.happens(check, NOON.plusSeconds(5210), late -> late.sweep(NOON.plusSeconds(5210)));
      taken();
      assertThat(give(1, flip(4))).isEqualTo(back());
      assertThat(receiver.targets()).containsExactly("/down/3", "/up/-1", "/down/7");
    }

    @Test
    void is_told_once_however_often_the_message_comes() {
      assertThat(give(1, flip(2), flip(2))).isEqualTo(back());
      assertThat(give(2, flip(2))).isEqualTo(back());
      assertThat(receiver.targets()).hasSize(1);
    }

    @Test
    void is_told_of_an_outage_before_its_end_whichever_message_comes_first() {
      recovers();
      assertThat(give(1, flip(3))).isEqualTo(back());
      assertThat(receiver.targets()).containsExactly("/down/3", "/up/-1");
      assertThat(give(1, flip(2))).isEqualTo(back());
      assertThat(receiver.targets()).hasSize(2);
      assertThat(stage.outcomes(check)).containsExactly(Outcome.SENT, Outcome.SENT);
    }

    @Test
    void is_told_in_order_of_what_a_batch_brings_in_disorder() {
      recovers();
      assertThat(give(1, flip(3), flip(2))).isEqualTo(back());
      assertThat(receiver.targets()).containsExactly("/down/3", "/up/-1");
    }

    @Test
    void is_told_that_an_outage_is_over_which_it_is_told_of_late() {
      var ann = stage.channel("email", Map.of("value", "ann@example.org"), false);
      var late = stage.check(ann);
      stage.succeeds(late, NOON);
      stage.fails(late, NOON.plusSeconds(600), 3, "");
      stage.succeeds(late, NOON.plusSeconds(1200));
      stage.give("flips", 1, new Told(late, 3));
      assertThat(give(1, new Deliver(late, 3, ann, 0))).isEqualTo(back());
      assertThat(stage.post.sent())
          .extracting(mail -> new String(mail.rawMessage().data().asByteArray(), UTF_8))
          .satisfiesExactly(
              down ->
                  assertThat(down)
                      .contains("Subject: WAS DOWN | Backup")
                      .contains("This alert is late. Backup went down at ")
                      .contains("12:10:00 Z, came up at ")
                      .contains("12:20:00 Z: its"),
              up -> assertThat(up).contains("Subject: UP | Backup"));
    }

    @Test
    void no_longer_has_a_last_error() {
      stage.integrations.report(hook, "answered 500", false);
      assertThat(give(1, flip(2))).isEqualTo(back());
      assertThat(stage.integration(hook).lastError()).isNull();
    }
  }

  @Nested
  class A_flip_behind_one_that_was_refused extends Situation {
    private void refused() {
      receiver.answer(503, 503);
      assertThat(give(1, flip(2))).isEqualTo(back(0));
    }

    @Test
    void is_a_reason_to_try_that_one_at_once_and_follows_it() {
      refused();
      recovers();
      receiver.answer(200);
      assertThat(give(1, flip(3))).isEqualTo(back(0));
      assertThat(receiver.targets()).containsExactly("/down/3", "/down/3");
      stage.clock.advance(Duration.ofSeconds(2));
      assertThat(give(2, flip(3))).isEqualTo(back());
      assertThat(receiver.targets()).containsExactly("/down/3", "/down/3", "/down/3", "/up/-1");
      assertThat(give(2, flip(2))).isEqualTo(back());
      assertThat(receiver.targets()).hasSize(4);
    }

    @Test
    void waits_for_the_next_try_when_it_comes_again_before() {
      refused();
      recovers();
      assertThat(give(2, flip(3))).isEqualTo(back(0));
      assertThat(receiver.targets()).hasSize(1);
      assertThat(stage.queue.hidden().getLast().duration()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void does_not_use_up_its_tries_by_coming_before_its_time() {
      refused();
      recovers();
      give(1, flip(3));
      var agenda = stage.agenda(check, hook).orElseThrow();
      assertThat(agenda.failures()).isEqualTo(1);
      assertThat(agenda.sat(2)).isEqualTo(1);
      assertThat(agenda.sat(3)).isZero();
    }

    @Test
    void is_told_after_it_was_given_up() {
      receiver.always(500);
      for (int tries = 1; tries < Backoff.TRIES; tries++) {
        assertThat(give(tries, flip(2))).isEqualTo(back(0));
      }
      recovers();
      assertThat(give(Backoff.TRIES, flip(2), flip(3))).isEqualTo(back(1));
      assertThat(stage.log.notifications(check))
          .containsExactly(new Notification(check, 2, hook, NOON, Outcome.GAVE_UP, "answered 500"));
      receiver.always(200);
      stage.clock.advance(Duration.ofHours(3));
      assertThat(give(2, flip(3))).isEqualTo(back());
      assertThat(receiver.targets().getLast()).isEqualTo("/up/-1");
    }
  }

  @Nested
  class Hundreds_of_flips_behind_one_that_was_refused extends Situation {
    private static final int OUTAGES = 150;

    private final ChannelId ann = stage.channel("email", Map.of("value", "ann@example.org"), false);
    private final CheckId flapping = stage.check(hook, ann);

    Hundreds_of_flips_behind_one_that_was_refused() {
      for (int n = 0; n < OUTAGES; n++) {
        stage.fails(flapping, NOON.plusSeconds(20L * n), 3, "");
        stage.succeeds(flapping, NOON.plusSeconds(20L * n + 10));
        stage.give("flips", 1, new Told(flapping, 1));
        stage.queue.drain();
      }
    }

    @Test
    void are_ten_messages_and_one_that_stands_for_the_rest() {
      assertThat(give(1, new Deliver(flapping, 1, hook, 0))).isEqualTo(back());
      assertThat(receiver.targets())
          .containsExactly(
              "/down/3", "/up/-1", "/down/3", "/up/-1", "/down/3", "/up/-1", "/down/3", "/up/-1",
              "/down/3", "/up/-1", "/up/-1");
      assertThat(stage.agenda(flapping, hook).orElseThrow().waiting()).isEmpty();
      assertThat(stage.outcomes(flapping)).hasSize(2 * OUTAGES).containsOnly(Outcome.SENT);
    }

    @Test
    void are_counted_in_the_last_text() {
      assertThat(give(1, new Deliver(flapping, 1, ann, 0))).isEqualTo(back());
      assertThat(stage.post.sent()).hasSize(11);
      var last = stage.post.sent().getLast().rawMessage().data().asUtf8String();
      assertThat(last).contains("Subject: UP | Backup");
      assertThat(last.replace("=\r\n", "").replaceAll("\\s+", " "))
          .contains("This channel could not be told in time")
          .contains("12:01:40 Z it went down 145 times and came up 145 times");
    }
  }

  @Nested
  class A_message_that_another_holds_up extends Situation {
    @Test
    void steps_back_while_the_route_is_claimed_and_has_it_when_the_claim_has_ended() {
      var claim = stage.agendas.claim(route(), 2, "another", true, NOON, NOON.plusSeconds(45));
      assertThat(claim).isInstanceOf(Claim.Granted.class);
      assertThat(give(1, flip(2))).isEqualTo(back(0));
      assertThat(stage.queue.hidden())
          .containsExactly(new RecordingQueue.Hidden("r0", Duration.ofSeconds(5)));
      assertThat(receiver.targets()).isEmpty();
      stage.clock.advance(Duration.ofSeconds(45));
      assertThat(give(2, flip(2))).isEqualTo(back());
      assertThat(receiver.targets()).containsExactly("/down/3");
    }

    @Test
    void has_its_own_claim_at_once_when_it_comes_again() {
      stage.agendas.claim(route(), 2, "m0", true, NOON, NOON.plusSeconds(45));
      assertThat(give(2, flip(2))).isEqualTo(back());
      assertThat(receiver.targets()).containsExactly("/down/3");
    }

    private Route route() {
      return new Route(check, hook);
    }
  }

  @Nested
  class A_delivery_of_a_release_that_keeps_no_agenda extends Situation {
    private final CheckId old = stage.check(hook);

    A_delivery_of_a_release_that_keeps_no_agenda() {
      stage.fails(old, NOON, 1, "");
      stage.log.append(stage.checks.find(old).orElseThrow().untold().getFirst());
      stage.checks.told(old, 1);
    }

    @Test
    void is_told() {
      assertThat(give(3, new Deliver(old, 1, hook, 0))).isEqualTo(back());
      assertThat(receiver.targets()).containsExactly("/down/1");
      assertThat(stage.outcomes(old)).containsExactly(Outcome.SENT);
    }

    @Test
    void is_not_told_again_when_that_release_told_it() {
      stage.log.append(new Notification(old, 1, hook, NOON, Outcome.SENT, null));
      assertThat(give(1, new Deliver(old, 1, hook, 0))).isEqualTo(back());
      assertThat(receiver.targets()).isEmpty();
    }

    @Test
    void is_not_told_again_when_that_release_told_what_this_one_had_entered() {
      receiver.answer(500);
      assertThat(give(1, flip(2))).isEqualTo(back(0));
      stage.log.append(new Notification(check, 2, hook, NOON, Outcome.SENT, null));
      recovers();
      assertThat(give(1, flip(3))).isEqualTo(back());
      assertThat(receiver.targets()).containsExactly("/down/3", "/up/-1");
    }
  }

  @Nested
  class Others_that_wait extends Situation {
    @Test
    void go_before_a_channel_in_trouble_which_is_tried_when_it_comes_again() {
      stage.integrations.report(hook, "answered 500", false);
      stage.queue.has(1);
      assertThat(give(1, flip(2))).isEqualTo(back(0));
      assertThat(receiver.targets()).isEmpty();
      assertThat(stage.queue.hidden().getFirst().duration())
          .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(25));
      assertThat(give(2, flip(2))).isEqualTo(back());
      assertThat(receiver.targets()).containsExactly("/down/3");
    }

    @Test
    void do_not_keep_a_channel_waiting_that_is_well() {
      stage.queue.has(1);
      assertThat(give(1, flip(2))).isEqualTo(back());
      assertThat(receiver.targets()).containsExactly("/down/3");
    }

    @Test
    void do_not_interrupt_a_mail_which_may_have_been_taken() {
      var ann = stage.channel("email", Map.of("value", "ann@example.org"), false);
      stage.queue.has(1);
      stage.post.holdUntil(() -> false);
      assertThat(give(1, new Deliver(check, 2, ann, 0))).isEqualTo(back());
      assertThat(stage.post.sent()).hasSize(1);
    }

    @Test
    void end_a_try_that_takes_long_which_makes_the_channel_slow() {
      stage.queue.has(1);
      var over = new CountDownLatch(1);
      receiver.answer(_ -> await(over));
      assertThat(give(1, flip(2))).isEqualTo(back(0));
      over.countDown();
      assertThat(stage.integration(hook).lastError())
          .isEqualTo("no answer soon enough, while others waited");
      assertThat(stage.integration(hook).slow()).isTrue();
      assertThat(stage.integration(hook).isInTrouble()).isTrue();
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
    void is_given_up_after_the_last_try_and_the_log_says_why() {
      receiver.always(500);
      for (int tries = 1; tries < Backoff.TRIES; tries++) {
        assertThat(give(tries, flip(2))).isEqualTo(back(0));
      }
      assertThat(give(Backoff.TRIES, flip(2))).isEqualTo(back());
      assertThat(receiver.targets()).hasSize(Backoff.TRIES);
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
    void is_not_told_and_the_log_says_why() {
      stage.catalog.delete(check);
      assertThat(give(1, flip(2))).isEqualTo(back());
      assertThat(receiver.targets()).isEmpty();
      assertThat(stage.log.notifications(check))
          .containsExactly(
              new Notification(check, 2, hook, NOON, Outcome.SKIPPED, "the check was deleted"));
    }

    @Test
    void is_done_with_though_nobody_has_ever_heard_of_it() {
      var stranger = new Deliver(new CheckId(UUID.randomUUID()), 1, hook, 0);
      assertThat(give(1, flip(99), stranger)).isEqualTo(back());
      assertThat(receiver.targets()).containsExactly("/down/3");
    }

    @Test
    void a_flip_that_is_no_news_is_not_told_either() {
      assertThat(give(1, flip(1))).isEqualTo(back());
      assertThat(receiver.targets()).containsExactly("/down/3");
      assertThat(stage.log.notifications(check))
          .contains(
              new Notification(
                  check, 1, hook, NOON, Outcome.SKIPPED, "nobody is told of such a change"));
    }
  }

  @Nested
  class A_message_that_cannot_be_handled extends Situation {
    @Test
    void goes_back_and_the_others_are_delivered() {
      var bodies = List.of("no JSON", "{\"check\":\"x\"}", Messages.write(flip(2)));
      assertThat(stage.give(stage.dynamo(), stage.queue, "deliveries", 1, bodies))
          .isEqualTo(back(0, 1));
      assertThat(receiver.targets()).containsExactly("/down/3");
    }
  }

  @Nested
  class A_channel_of_a_kind_that_this_release_does_not_know extends Situation {
    @Test
    void is_tried_again_later_and_says_why() {
      var pigeon = stage.channel("pigeon", Map.of(), false);
      assertThat(give(1, new Deliver(check, 2, pigeon, 0))).isEqualTo(back(0));
      assertThat(stage.integration(pigeon).lastError())
          .isEqualTo("this release does not know channels of the kind pigeon");
      assertThat(stage.integration(pigeon).disabled()).isFalse();
    }
  }

  @Nested
  class A_mail extends Situation {
    private final ChannelId ann = stage.channel("email", Map.of("value", "ann@example.org"), false);

    @Test
    void tells_how_long_the_check_was_down() throws MessagingException {
      recovers();
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
