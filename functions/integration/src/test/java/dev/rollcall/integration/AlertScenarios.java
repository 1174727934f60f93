package dev.rollcall.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// From a job's silence, or its failure, to those who are told.
abstract class AlertScenarios extends Scenarios {

  AlertScenarios(Endpoints endpoints, Recording recording) {
    super(endpoints, recording);
  }

  @Nested
  class A_job_that_falls_silent {

    @Test
    void is_told_by_mail_and_by_webhook_and_so_is_its_return() {
      webhook();
      mail("ops@example.org");
      var check = check(Map.of("name", "Backup"));
      rollcall.ping(check, "");
      rollcall.tell();

      rollcall.pass(Duration.ofSeconds(121));
      rollcall.tick();
      rollcall.tell();

      assertThat(status(check)).isEqualTo("down");
      assertThat(listener.targets()).containsExactly("/down?check=Backup");
      assertThat(rollcall.mails())
          .singleElement()
          .satisfies(mail -> {
            assertThat(mail.to()).containsExactly("ops@example.org");
            assertThat(mail.raw()).contains("From: " + Resources.SENDER).contains("Backup");
          });

      rollcall.ping(check, "");
      rollcall.tell();

      assertThat(status(check)).isEqualTo("up");
      assertThat(listener.targets()).containsExactly("/down?check=Backup", "/up?check=Backup");
      assertThat(rollcall.mails()).hasSize(2);
      assertThat(outcomes(check)).containsOnly("sent").hasSize(4);
    }

    @Test
    void is_found_between_two_ticks_by_a_message_that_waits_for_the_deadline() {
      webhook();
      var check = check(Map.of("name", "Backup"));
      rollcall.ping(check, "");
      rollcall.tell();
      rollcall.pass(Duration.ofMillis(119_500));
      rollcall.tick();
      assertThat(status(check)).isEqualTo("grace");

      rollcall.pass(Duration.ofSeconds(1));
      assertThat(rollcall.await(Queue.DUE)).isPositive();
      rollcall.tell();

      assertThat(listener.targets()).containsExactly("/down?check=Backup");
    }

    @Test
    void is_nobodys_concern_once_its_check_is_deleted() {
      webhook();
      var check = check(Map.of("name", "Backup"));
      rollcall.ping(check, "");
      rollcall.tell();
      rollcall.pass(Duration.ofMillis(119_500));
      rollcall.tick();
      call("DELETE", "/api/v3/checks/" + check, "");

      rollcall.pass(Duration.ofSeconds(1));
      assertThat(rollcall.await(Queue.DUE)).isPositive();
      rollcall.tell();

      assertThat(listener.targets()).isEmpty();
      assertThat(rollcall.waiting(Queue.DUE)).isZero();
    }
  }

  @Nested
  class A_job_whose_pings_wait {

    @Test
    void is_not_told_to_be_silent_before_they_are_taken() {
      var check = heardOnceAndThenKept();
      rollcall.pass(Duration.ofSeconds(30));

      rollcall.tick();
      rollcall.tell();
      assertThat(listener.targets()).isEmpty();
      assertThat(rollcall.takeInbox()).isOne();
      rollcall.tell();

      assertThat(listener.targets()).isEmpty();
      assertThat(status(check)).isEqualTo("up");
    }

    @Test
    void is_told_once_they_are_taken_and_nothing_followed() {
      var check = heardOnceAndThenKept();
      rollcall.tick();
      rollcall.takeInbox();

      rollcall.pass(Duration.ofSeconds(121));
      rollcall.tick();
      rollcall.tell();

      assertThat(status(check)).isEqualTo("down");
      assertThat(listener.targets()).containsExactly("/down?check=Backup");
    }

    @Test
    void has_the_ping_that_finds_a_deadline_missed_wait_behind_them() {
      var check = heardOnceAndThenKept();
      rollcall.pass(Duration.ofSeconds(30));

      assertThat(rollcall.ping(check, "").status()).isEqualTo(200);

      assertThat(rollcall.kept()).isEqualTo(2);
      assertThat(pings(check)).containsExactly("success");
      rollcall.tick();
      rollcall.takeInbox();
      rollcall.tell();
      assertThat(pings(check)).containsExactly("success", "success", "success");
      assertThat(listener.targets()).isEmpty();
    }

    @Test
    void is_told_of_the_deadline_that_was_missed_between_them() {
      var check = heardOnceAndThenKept();
      rollcall.pass(Duration.ofSeconds(150));
      rollcall.ping(check, "");
      assertThat(rollcall.kept()).isEqualTo(2);

      rollcall.tick();
      rollcall.takeInbox();
      rollcall.tell();

      assertThat(status(check)).isEqualTo("up");
      assertThat(listener.targets()).containsExactly("/down?check=Backup", "/up?check=Backup");
    }

    /// A check that was heard, and has a ping waiting that came 20 s before its deadline.
    private String heardOnceAndThenKept() {
      webhook();
      var check = check(Map.of("name", "Backup"));
      rollcall.ping(check, "");
      rollcall.tell();
      rollcall.pass(Duration.ofSeconds(100));
      var answer = rollcall.during(Outage.STATE_TABLE, () -> rollcall.ping(check, ""));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(rollcall.kept()).isOne();
      return check;
    }
  }

  @Nested
  class A_job_that_fails {

    @Test
    void is_told_again_after_a_receiver_was_in_trouble() {
      var channel = webhook();
      var check = check(Map.of("name", "Backup"));
      listener.answer(500);
      rollcall.ping(check + "/fail", "no space left");
      rollcall.tell();

      assertThat(rollcall.waiting(Queue.DELIVERIES)).isOne();
      assertThat(channelNow(channel).path("last_error").asString("")).isNotEmpty();
      assertThat(outcomes(check)).isEmpty();

      rollcall.passRetryDelay(Queue.DELIVERIES);
      rollcall.tell();

      assertThat(listener.targets()).containsExactly("/down?check=Backup", "/down?check=Backup");
      assertThat(channelNow(channel).path("last_error").asString("")).isEmpty();
      assertThat(outcomes(check)).containsExactly("sent");
    }

    @Test
    void tells_nobody_once_its_check_is_deleted() {
      webhook();
      var check = check(Map.of("name", "Backup"));
      rollcall.ping(check + "/fail", "");
      call("DELETE", "/api/v3/checks/" + check, "");

      rollcall.tell();

      assertThat(listener.targets()).isEmpty();
      assertThat(rollcall.waiting(Queue.FLIPS)).isZero();
    }

    @Test
    void tells_no_channel_that_was_deleted_meanwhile() {
      var channel = webhook();
      var check = check(Map.of("name", "Backup"));
      rollcall.ping(check + "/fail", "");
      rollcall.fanOut();
      call("DELETE", "/api/rollcall/v1/channels/" + channel, "");

      rollcall.tell();

      assertThat(listener.targets()).isEmpty();
      assertThat(outcomes(check)).isEqualTo(List.of("skipped"));
    }
  }

  @Nested
  class A_channel {

    @Test
    void can_be_tried_out() {
      var channel = webhook();

      assertThat(post("/api/rollcall/v1/channels/%s/test".formatted(channel), "").status())
          .isEqualTo(202);
      rollcall.tell();

      assertThat(listener.targets()).singleElement().asString().startsWith("/down");
    }
  }
}
