package dev.rollcall.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Pings by mail, from the bucket on.
abstract class MailScenarios extends Scenarios {

  MailScenarios(Endpoints endpoints, Recording recording) {
    super(endpoints, recording);
  }

  @Nested
  class A_mail {

    @Test
    void is_a_ping_of_each_check_that_it_is_sent_to() {
      var one = check(Map.of("name", "One"));
      var two = check(Map.of("name", "Two", "slug", "two"));

      rollcall.receive(letter(List.of(one, tenant.pingKey() + "+two", "root")));

      assertThat(status(one)).isEqualTo("up");
      assertThat(pings(one)).containsExactly("success");
      assertThat(status(two)).isEqualTo("up");
      assertThat(pings(two)).containsExactly("success");
      assertThat(get("/api/v3/checks/%s/pings/1/body".formatted(one)).body())
          .startsWith("From: " + Letter.FROM);
    }

    @Test
    void tells_of_a_failure_by_a_word_in_its_subject_or_text() {
      webhook();
      var wish = Map.<String, Object>of("filter_subject", true, "filter_body", true);
      var words = Map.<String, Object>of("failure_kw", "ERROR");
      var bySubject = check(with("Subject", wish, words));
      var byText = check(with("Text", wish, words));

      rollcall.receive(rollcall.letter(List.of(bySubject), "an ERROR", "done"));
      rollcall.receive(rollcall.letter(List.of(byText), "Backup", "an ERROR"));
      rollcall.tell();

      assertThat(listener.targets())
          .containsExactlyInAnyOrder("/down?check=Subject", "/down?check=Text");
    }

    @Test
    void counts_once_however_often_it_comes() {
      var check = check(Map.of("name", "Backup"));
      var letter = letter(List.of(check));

      rollcall.receive(letter);
      rollcall.pass(Duration.ofSeconds(10));
      rollcall.ping(check + "/log", "");
      rollcall.receive(letter);

      assertThat(pings(check)).containsExactly("log", "success");
    }

    @Test
    void is_left_to_lambda_until_its_message_can_be_read() {
      var check = check(Map.of("name", "Backup"));
      var letter = letter(List.of(check));

      assertThatThrownBy(() -> rollcall.announce(letter)).isInstanceOf(S3Exception.class);
      assertThat(pings(check)).isEmpty();
      rollcall.receive(letter);

      assertThat(pings(check)).containsExactly("success");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void waits_as_any_ping_does_and_counts_once(Outage outage) {
      var check = check(Map.of("name", "B", "filter_subject", true, "failure_kw", "ERROR"));
      var letter = rollcall.letter(List.of(check), "an ERROR", "");
      receiveDuring(outage, letter);
      assertThat(pings(check)).isEmpty();

      rollcall.pass(Duration.ofMinutes(1));
      rollcall.tick();
      assertThat(rollcall.takeInbox()).isOne();

      assertThat(rollcall.kept()).isZero();
      assertThat(status(check)).isEqualTo("down");
      rollcall.ping(check + "/log", "");
      rollcall.receive(letter);
      assertThat(pings(check)).containsExactly("log", "fail");
    }
  }

  @Nested
  class A_mail_that_is_too_large_to_wait {

    @Test
    void is_judged_later_by_all_of_it() {
      var check = check(Map.of("name", "B", "filter_body", true, "failure_kw", "ERROR"));
      var text = "copied\n".repeat(200_000) + "an ERROR";
      receiveDuring(Outage.STATE_TABLE, rollcall.letter(List.of(check), "Backup", text));
      assertThat(pings(check)).isEmpty();

      rollcall.pass(Duration.ofMinutes(1));
      rollcall.tick();
      rollcall.takeInbox();

      assertThat(pings(check)).containsExactly("fail");
      assertThat(get("/api/rollcall/v1/checks/%s/pings/1/text".formatted(check)).body())
          .endsWith("copied\nan ERROR");
    }
  }

  @Nested
  class A_mail_after_the_deadline {

    @Test
    void tells_the_outage_and_its_end() {
      webhook();
      var check = check(Map.of("name", "Backup"));
      rollcall.receive(letter(List.of(check)));
      rollcall.tell();

      rollcall.pass(Duration.ofSeconds(121));
      rollcall.receive(letter(List.of(check)));
      rollcall.tell();

      assertThat(listener.targets()).containsExactly("/down?check=Backup", "/up?check=Backup");
    }

    @Test
    void waits_behind_one_that_came_in_time() {
      webhook();
      var check = check(Map.of("name", "Backup"));
      rollcall.receive(letter(List.of(check)));
      rollcall.pass(Duration.ofSeconds(100));
      receiveDuring(Outage.STATE_TABLE, letter(List.of(check)));
      rollcall.pass(Duration.ofSeconds(30));

      rollcall.receive(letter(List.of(check)));

      assertThat(rollcall.kept()).isEqualTo(2);
      rollcall.tick();
      rollcall.takeInbox();
      rollcall.tell();
      assertThat(pings(check)).containsExactly("success", "success", "success");
      assertThat(listener.targets()).isEmpty();
    }
  }

  private Letter letter(List<String> to) {
    return rollcall.letter(to, "Backup", "complete");
  }

  private void receiveDuring(Outage outage, Letter letter) {
    rollcall.during(
        outage,
        () -> {
          rollcall.receive(letter);
          return letter;
        });
  }

  private static Map<String, Object> with(
      String name, Map<String, Object> some, Map<String, Object> more) {
    var all = new HashMap<>(some);
    all.putAll(more);
    all.put("name", name);
    return all;
  }
}
