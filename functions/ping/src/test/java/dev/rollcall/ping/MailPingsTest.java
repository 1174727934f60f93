package dev.rollcall.ping;

import static dev.rollcall.ping.PingWorld.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Filters;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.Reason;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.Signal;
import dev.rollcall.core.check.State;
import dev.rollcall.testing.HttpEvent;
import dev.rollcall.testing.LoggedText;
import dev.rollcall.testing.SampleProject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailPingsTest {
  private static final String DOMAIN = "@ping.example.org";
  private static final Signal SUCCESS = new Signal.Success(null);
  private static final Keywords WORDS = new Keywords("begin", "done", "error");

  private final PingWorld world = new PingWorld();
  private final LoggedText logged = new LoggedText("");

  @AfterEach
  void close() {
    logged.close();
    world.close();
  }

  @Nested
  class A_mail_to_a_check {
    private final CheckId id = world.upCheck("my-job");

    @Test
    void is_a_success_and_is_logged_as_it_came() {
      var letter = Letter.to(id + DOMAIN);
      world.receive(letter);

      assertThat(world.check(id).state()).isEqualTo(new State.Up(NOON));
      assertThat(world.lastPing(id))
          .isEqualTo(
              new Ping(
                  id,
                  2,
                  NOON,
                  SUCCESS,
                  null,
                  new Ping.Source("email", null, "", "Email from root@db1.example.org"),
                  Body.of(letter.raw()),
                  new Ping.Mail("Backup", "complete")));
    }

    @Test
    void may_name_it_in_capitals() {
      world.receive(Letter.to(id.toString().toUpperCase(Locale.ROOT) + "@PING.EXAMPLE.ORG"));

      assertThat(world.check(id).pings()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"my-job", "My-Job"})
    void may_name_it_by_ping_key_and_slug(String slug) {
      world.receive(Letter.to(SampleProject.PING_KEY + "+" + slug + DOMAIN));

      assertThat(world.check(id).state()).isEqualTo(new State.Up(NOON));
    }

    @Test
    void may_name_it_by_ping_key_and_slug_in_capitals() {
      var address = SampleProject.PING_KEY + "+my-job" + DOMAIN;
      world.receive(Letter.to(address.toUpperCase(Locale.ROOT)));

      assertThat(world.check(id).state()).isEqualTo(new State.Up(NOON));
    }

    @Test
    void ends_an_outage() {
      world.ping("/ping/" + id + "/fail");
      world.clock.advance(Duration.ofMinutes(1));
      world.receive(Letter.to(id + DOMAIN).receivedAt(world.clock.instant()));

      assertThat(world.check(id).state()).isEqualTo(new State.Up(world.clock.instant()));
      assertThat(world.queues.sentTo("flips")).hasSize(2);
    }

    @Test
    void is_one_ping_for_each_recipient_who_is_a_check() {
      var other = world.upCheck();
      var bySlug = SampleProject.PING_KEY + "+my-job";
      world.receive(
          Letter.to(id + DOMAIN, "root" + DOMAIN, other + DOMAIN, bySlug + DOMAIN, id + DOMAIN));

      assertThat(world.check(id).pings()).isEqualTo(3);
      assertThat(world.check(other).pings()).isEqualTo(2);
    }

    @Test
    void counts_as_of_when_it_was_received() {
      world.clock.advance(Duration.ofMinutes(20));
      world.receive(Letter.to(id + DOMAIN).receivedAt(NOON.plusSeconds(5)));

      assertThat(world.check(id).state()).isEqualTo(new State.Up(NOON.plusSeconds(5)));
      assertThat(world.lastPing(id).at()).isEqualTo(NOON.plusSeconds(5));
    }

    @Test
    void counts_as_of_now_where_its_time_is_unknown_or_still_to_come() {
      world.receive(Letter.to(id + DOMAIN).receivedAt(null));
      world.receive(Letter.to(id + DOMAIN).receivedAt(NOON.plusSeconds(60)));

      assertThat(world.pings(id)).extracting(Ping::at).startsWith(NOON, NOON);
    }

    @Test
    void is_logged_up_to_the_limit_of_bodies() {
      var message = ("Subject: x\n\n" + "y".repeat(20_000)).getBytes(UTF_8);
      world.receive(Letter.to(id + DOMAIN).being(message));

      assertThat(world.lastPing(id).body()).isEqualTo(Body.cut(message, 10_000));
    }

    @Test
    void is_logged_with_its_subject_and_text() {
      var message =
          """
          Received: from db1.example.org
          Subject: =?utf-8?Q?Backup:_non_=C3=A8_riuscito?=
          Content-Type: text/plain; charset=utf-8
          Content-Transfer-Encoding: quoted-printable

          Il backup non =C3=A8 riuscito
          """;
      world.receive(Letter.to(id + DOMAIN).being(message.getBytes(UTF_8)));

      assertThat(world.lastPing(id).mail())
          .isEqualTo(new Ping.Mail("Backup: non è riuscito", "Il backup non è riuscito"));
      assertThat(world.lastPing(id).body().text()).isEqualTo(message);
    }

    @Test
    void is_logged_with_the_end_of_a_long_text() {
      var text = "copied file 12345\n".repeat(100_000) + "ERROR: disk full\n";
      world.receive(Letter.to(id + DOMAIN).saying("x", text));

      assertThat(Objects.requireNonNull(world.lastPing(id).mail()).text())
          .hasSizeBetween(9_900, 10_010)
          .startsWith("[…]\ncopied file 12345\n")
          .endsWith("copied file 12345\nERROR: disk full");
    }

    @Test
    void may_be_as_large_as_SES_takes_it() {
      world.receive(Letter.to(id + DOMAIN).being(new byte[40_000_000]));

      assertThat(world.check(id).pings()).isEqualTo(2);
    }

    @Test
    void may_come_from_nobody() {
      world.receive(Letter.to(id + DOMAIN).from(""));

      assertThat(world.lastPing(id).source().agent()).isEqualTo("Email from ");
    }
  }

  @Nested
  class Any_other_mail {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "root@ping.example.org",
          "root",
          "",
          "@",
          "+@ping.example.org",
          "00000000@ping.example.org",
          "k3yk3yk3yk3yk3yk3yk3y0+@ping.example.org",
          "+my-job@ping.example.org",
          "k3yk3yk3yk3yk3yk3yk3y0+my-job/fail@ping.example.org",
          "k3yk3yk3yk3yk3yk3yk3y0/my-job@ping.example.org",
          "k3yk3yk3yk3yk3yk3yk3y0+my%20job@ping.example.org",
          "6a1d7c40-3c1e-4c55-9d0b-3f5a1c2b4d6e+fail@ping.example.org",
          "6a1d7c40-3c1e-4c55-9d0b-3f5a1c2b4d6e+1@ping.example.org",
          "6a1d7c40-3c1e-4c55-9d0b-3f5a1c2b4d6e/fail@ping.example.org",
        })
    void is_ignored_and_not_even_read(String recipient) {
      world.receive(Letter.to(recipient).event());

      assertThat(logged.text()).contains("mail ignored: no address of a check");
    }

    @Test
    void may_be_for_a_check_that_is_not_there() {
      world.receive(Letter.to(new UUID(7, 7) + DOMAIN));
      world.receive(Letter.to("nobodys-key+my-job" + DOMAIN));
      world.receive(Letter.to(SampleProject.PING_KEY + "+not-there" + DOMAIN));

      assertThat(logged.text().split("mail ignored: unknown check", -1)).hasSize(4);
      assertThat(world.waiting()).isEmpty();
    }

    @Test
    void may_be_for_two_checks_of_one_slug() {
      var one = world.upCheck("twin");
      var two = world.upCheck("twin");
      world.receive(Letter.to(SampleProject.PING_KEY + "+twin" + DOMAIN));

      assertThat(logged.text()).contains("mail ignored: ambiguous slug");
      assertThat(world.check(one).pings() + world.check(two).pings()).isEqualTo(2);
    }

    @Test
    void does_not_keep_the_others_from_being_heard() {
      var id = world.upCheck();
      world.receive(Letter.to("nobody" + DOMAIN, new UUID(7, 7) + DOMAIN, id + DOMAIN));

      assertThat(world.check(id).pings()).isEqualTo(2);
    }

    @Test
    void leaves_no_address_in_the_log() {
      world.receive(Letter.to(new UUID(7, 7) + DOMAIN, "somebody" + DOMAIN).from("secret@x.org"));

      assertThat(logged.text())
          .isNotEmpty()
          .doesNotContain(new UUID(7, 7).toString(), "somebody", "secret", "Backup");
    }
  }

  @Nested
  class A_check_with_rules {
    @ParameterizedTest
    @CsvSource({
      "true, false, an error, done, fail",
      "false, true, an error, done, success",
      "true, true, done, an error, fail",
      "true, true, begin, nothing, start",
      "true, true, nothing, nothing, ign",
    })
    void is_told_by_the_words_of_subject_and_text(
        boolean subject, boolean body, String inSubject, String inBody, String meant) {
      var id = world.upCheck(Rules.NONE, new Filters(WORDS, subject, body));
      world.receive(Letter.to(id + DOMAIN).saying(inSubject, inBody));

      assertThat(world.lastPing(id).signal()).isEqualTo(signal(meant));
      assertThat(world.check(id).pings()).isEqualTo(2);
    }

    @Test
    void is_told_of_a_failure_by_a_page_of_HTML() {
      var id = world.upCheck(Rules.NONE, new Filters(WORDS, false, true));
      var page = "Content-Type: text/html\n\n<script>done</script><p>An er<b>ror</b></p>";
      world.receive(Letter.to(id + DOMAIN).being(page.getBytes(UTF_8)));

      assertThat(world.check(id).state()).isEqualTo(new State.Down(NOON, Reason.FAILURE, NOON));
      assertThat(world.queues.sentTo("flips")).hasSize(1);
    }

    @Test
    void takes_silence_for_a_failure_where_that_is_the_rule() {
      var strict = new Rules(false, false, true, false);
      var id = world.upCheck(strict, new Filters(WORDS, true, false));
      world.receive(Letter.to(id + DOMAIN).saying("Weekly report", "done"));

      assertThat(world.lastPing(id).signal()).isEqualTo(new Signal.Failure(null));
    }

    @Test
    void takes_mail_though_it_takes_only_posts_of_other_pings() {
      var id = world.newCheck(new Rules(true, true, true, false), WORDS);
      world.receive(Letter.to(id + DOMAIN).saying("error", "error"));

      assertThat(world.lastPing(id).signal()).isEqualTo(SUCCESS);
    }

    @Test
    void is_found_a_word_behind_a_large_attachment() {
      var id = world.upCheck(Rules.NONE, new Filters(WORDS, false, true));
      world.receive(Letter.to(id + DOMAIN).withAttachment(3_000_000, "an error"));

      assertThat(world.lastPing(id).signal()).isEqualTo(new Signal.Failure(null));
      assertThat(Objects.requireNonNull(world.lastPing(id).mail()).text()).isEqualTo("an error");
    }

    @Test
    void is_found_a_word_far_into_a_large_mail() {
      var id = world.upCheck(Rules.NONE, new Filters(WORDS, false, true));
      world.receive(Letter.to(id + DOMAIN).saying("log", "x".repeat(2_000_000) + " error"));

      assertThat(world.lastPing(id).signal()).isEqualTo(new Signal.Failure(null));
    }

    private static Signal signal(String word) {
      return switch (word) {
        case "success" -> SUCCESS;
        case "fail" -> new Signal.Failure(null);
        case "start" -> new Signal.Start(null);
        default -> new Signal.Ignored(null);
      };
    }
  }

  @Nested
  class A_mail_that_comes_again {
    private final CheckId id = world.upCheck("my-job");
    private final Letter letter =
        Letter.to(id + DOMAIN, SampleProject.PING_KEY + "+my-job" + DOMAIN);

    @Test
    void counts_once_for_each_recipient() {
      world.receive(letter);
      var once = world.item(id);
      world.receive(letter);

      assertThat(world.item(id)).isEqualTo(once);
      assertThat(world.check(id).pings()).isEqualTo(3);
      assertThat(world.pings(id)).hasSize(3);
    }

    @Test
    void counts_once_though_other_pings_have_come_since() {
      world.receive(letter);
      world.clock.advance(Duration.ofMinutes(1));
      world.ping("/ping/" + id + "/fail");
      var after = world.item(id);
      world.receive(letter);

      assertThat(world.item(id)).isEqualTo(after);
    }

    @Test
    void is_another_if_SES_received_it_anew() {
      world.receive(letter);
      world.receive(Letter.to(id + DOMAIN).being(letter.raw()));

      assertThat(world.check(id).pings()).isEqualTo(4);
    }
  }

  @Nested
  class An_HTTP_client {
    @Test
    void cannot_pass_for_a_mail() throws IOException {
      var id = world.upCheck(new Rules(true, false, false, false), Filters.NONE);
      var event = new String(HttpEvent.get("/ping/" + id).json().readAllBytes(), UTF_8);
      var forged = event.replace("\"https\"", "\"email\"").getBytes(UTF_8);
      world.ping(new ByteArrayInputStream(forged));

      assertThat(world.lastPing(id).source().scheme()).isEqualTo("email");
      assertThat(world.lastPing(id).signal()).isEqualTo(new Signal.Ignored(null));
    }
  }

  @Nested
  class An_event_that_is_none_of_SES {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "{}",
          "[]",
          "{\"Records\": []}",
          "{\"Records\": [{}]}",
          "{\"Records\": [{\"ses\": {\"mail\": {\"messageId\": \"m\"}}}]}",
          "{\"Records\": [{\"ses\": {\"receipt\": {\"recipients\": [\"a@b.org\"]}}}]}",
        })
    void fails_so_that_it_is_kept(String event) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> world.receive(new ByteArrayInputStream(event.getBytes(UTF_8))));
    }

    @Test
    void may_hold_several_mails() {
      var ids = Arrays.asList(world.upCheck(), world.upCheck());
      var records = new StringBuilder();
      for (var id : ids) {
        world.messages.put("m" + id, "x".getBytes(UTF_8));
        records
            .append(records.isEmpty() ? "" : ",")
            .append(
                "{\"ses\":{\"mail\":{\"messageId\":\"m%s\",\"timestamp\":\"soon\"},".formatted(id))
            .append("\"receipt\":{\"recipients\":[\"%s@x\"]}}}".formatted(id));
      }
      world.receive(new ByteArrayInputStream(("{\"Records\":[" + records + "]}").getBytes(UTF_8)));

      assertThat(ids).allSatisfy(id -> assertThat(world.check(id).pings()).isEqualTo(2));
    }
  }
}
