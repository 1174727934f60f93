package dev.rollcall.ping;

import static dev.rollcall.ping.PingWorld.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Filters;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.Signal;
import dev.rollcall.core.check.State;
import dev.rollcall.testing.BadDay;
import dev.rollcall.testing.LoggedText;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/// Mail on days on which something fails.
class MailBadDaysTest {
  private static final String DOMAIN = "@ping.example.org";
  private static final String NOTHING_GOES_BACK = "{\"batchItemFailures\":[]}";

  private final PingWorld world = new PingWorld();
  private final LoggedText logged = new LoggedText("");

  @AfterEach
  void close() {
    logged.close();
    world.close();
  }

  @Nested
  class When_the_tables_fail {
    private final Filters filters = new Filters(new Keywords("", "", "error"), true, false);
    private final CheckId id = world.upCheck(Rules.NONE, filters);
    private final Letter letter = Letter.to(id + DOMAIN).saying("an error", "of the disk");

    @Test
    void a_mail_is_taken_and_heard_later_as_of_when_it_came() {
      world.badDay.tablesFail(MailBadDaysTest::timeOut);
      world.receive(letter);
      assertThat(world.waiting()).hasSize(1);

      world.badDay.ends();
      world.clock.advance(Duration.ofMinutes(5));
      assertThat(world.drainInbox()).isEqualTo(NOTHING_GOES_BACK);
      assertHeardOnce();

      assertThat(world.drainInbox()).isEqualTo(NOTHING_GOES_BACK);
      world.receive(letter);
      assertHeardOnce();
    }

    @Test
    void and_the_queues_too_the_call_fails_and_is_repeated() {
      world.badDay.tablesFail(MailBadDaysTest::timeOut);
      world.queues.breakDown();
      assertThatIllegalStateException()
          .isThrownBy(() -> world.receive(letter))
          .withMessage("pings by mail were not taken: 1");

      world.badDay.ends();
      world.queues.repair();
      world.clock.advance(Duration.ofMinutes(2));
      world.receive(letter);
      assertHeardOnce();
    }

    private void assertHeardOnce() {
      assertThat(world.check(id).pings()).isEqualTo(2);
      assertThat(world.lastPing(id).at()).isEqualTo(NOON);
      assertThat(world.lastPing(id).signal()).isEqualTo(new Signal.Failure(null));
      assertThat(world.lastPing(id).source())
          .isEqualTo(new Ping.Source("email", null, "", "Email from root@db1.example.org"));
      assertThat(world.check(id).state()).isInstanceOf(State.Down.class);
    }
  }

  @Nested
  class When_a_large_mail_has_to_wait {
    private final Filters filters = new Filters(new Keywords("", "done", "error"), false, true);
    private final CheckId id = world.upCheck(Rules.NONE, filters);
    private final Letter letter = Letter.to(id + DOMAIN).withAttachment(3_000_000, "an error");

    @Test
    void it_is_judged_later_by_all_of_it() {
      waits();
      assertThat(world.drainInbox()).isEqualTo(NOTHING_GOES_BACK);

      assertThat(world.lastPing(id).signal()).isEqualTo(new Signal.Failure(null));
      assertThat(world.lastPing(id).mail()).isEqualTo(new Ping.Mail("Backup", "an error"));
      assertThat(logged.text()).doesNotContain("judged by its beginning");
    }

    @Test
    void and_its_message_is_gone_it_is_judged_by_what_waited_of_it_and_says_so() {
      waits();
      world.messages.clear();
      assertThat(world.drainInbox()).isEqualTo(NOTHING_GOES_BACK);

      assertThat(world.lastPing(id).signal()).isEqualTo(new Signal.Ignored(null));
      assertThat(logged.text()).contains("mail judged by its beginning");
    }

    private void waits() {
      world.badDay.tablesFail(MailBadDaysTest::timeOut);
      world.receive(letter);
      world.badDay.ends();
      assertThat(world.waiting()).hasSize(1);
      assertThat(world.check(id).pings()).isEqualTo(1);
    }
  }

  @Nested
  class When_the_message_cannot_be_had {
    @Test
    void the_call_fails_and_nothing_is_heard_before_it_is_repeated() {
      var id = world.upCheck();
      var letter = Letter.to(id + DOMAIN);
      assertThatIllegalStateException().isThrownBy(() -> world.receive(letter.event()));
      assertThat(world.check(id).pings()).isEqualTo(1);

      world.receive(letter);
      assertThat(world.check(id).pings()).isEqualTo(2);
    }
  }

  @Nested
  class When_one_call_fails {
    @Test
    void each_recipient_is_heard_once_all_the_same() {
      for (int k = 1; ; k++) {
        var one = world.newCheck();
        var two = world.upCheck();
        world.queues.drain();
        world.badDay.callFails(k, MailBadDaysTest::timeOut);
        world.receive(Letter.to(one + DOMAIN, two + DOMAIN));
        var reached = world.badDay.calls() >= k;
        world.badDay.ends();
        world.drainInbox();

        assertThat(world.pings(one)).hasSize(1);
        assertThat(world.pings(two)).hasSize(2);
        assertThat(world.check(one).pings()).isEqualTo(1);
        assertThat(world.check(two).pings()).isEqualTo(2);
        if (!reached) {
          break;
        }
      }
    }

    @Test
    void or_only_its_answer_is_lost_each_recipient_is_heard_once() {
      for (int k = 1; ; k++) {
        var one = world.newCheck();
        var two = world.upCheck();
        world.queues.drain();
        world.badDay.answerIsLost(k, MailBadDaysTest::timeOut);
        world.receive(Letter.to(one + DOMAIN, two + DOMAIN));
        var reached = world.badDay.calls() >= k;
        world.badDay.ends();
        world.drainInbox();

        assertThat(world.check(one).pings()).isEqualTo(1);
        assertThat(world.check(two).pings()).isEqualTo(2);
        if (!reached) {
          break;
        }
      }
    }
  }

  @Nested
  class When_the_process_dies {
    @ParameterizedTest
    @EnumSource(BadDay.Moment.class)
    void the_repeated_call_has_each_recipient_heard_once(BadDay.Moment moment) {
      for (int k = 1; ; k++) {
        var one = world.newCheck();
        var two = world.upCheck();
        world.queues.drain();
        var letter = Letter.to(one + DOMAIN, two + DOMAIN);
        world.badDay.dies(k, moment);
        var died = true;
        try {
          world.receive(letter);
          died = false;
        } catch (BadDay.Died wanted) {
          assertThat(wanted).isNotNull();
        }
        world.badDay.ends();
        world.clock.advance(Duration.ofMinutes(1));
        world.receive(letter);

        assertThat(world.pings(one)).hasSize(1);
        assertThat(world.pings(two)).hasSize(2);
        assertThat(world.check(one).pings()).isEqualTo(1);
        assertThat(world.check(two).pings()).isEqualTo(2);
        assertThat(world.check(two).state()).isEqualTo(new State.Up(NOON));
        world.clock.advance(Duration.ofMinutes(-1));
        if (!died) {
          break;
        }
      }
    }
  }

  @Nested
  class What_is_logged {
    @Test
    void has_neither_addresses_nor_texts() {
      var id = world.upCheck();
      var letter = Letter.to(id + DOMAIN).saying("secret", "secret").from("secret@example.org");
      world.badDay.tablesFail(() -> new IllegalStateException("secret " + id, timeOut()));
      world.receive(letter);
      world.queues.breakDown();
      assertThatThrownBy(() -> world.receive(letter))
          .hasMessageNotContaining(id.toString())
          .hasNoCause();
      world.badDay.ends();
      world.receive(letter.being("\u0000\u00ff".getBytes(UTF_8)));

      assertThat(logged.text())
          .contains("ping not stored", "ping not taken")
          .doesNotContain(id.toString(), "secret");
    }
  }

  private static RuntimeException timeOut() {
    return ApiCallTimeoutException.create(3_000);
  }
}
