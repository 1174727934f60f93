package dev.rollcall.testing.contract;

import static dev.rollcall.testing.Moments.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.Reason;
import dev.rollcall.core.check.RunId;
import dev.rollcall.core.check.Signal;
import dev.rollcall.core.check.Status;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.store.LogStore;
import dev.rollcall.store.Notification;
import dev.rollcall.store.Route;
import dev.rollcall.testing.Items;
import dev.rollcall.testing.TestTables;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What [LogStore] promises.
abstract class LogContract extends StoreContract {
  private static final Duration KEEP = Duration.ofDays(30);
  private static final Ping.Source HTTPS =
      new Ping.Source("https", "2001:db8::1", "POST", "curl/8.5.0");

  private final CheckId check = new CheckId(UUID.randomUUID());

  LogContract(TestTables tables) {
    super(tables);
  }

  private Ping ping(long number, Signal signal, Body body) {
    return new Ping(check, number, NOON.plusSeconds(number), signal, null, HTTPS, body);
  }

  private Ping ping(long number) {
    return ping(number, new Signal.Success(null), Body.EMPTY);
  }

  private Map<String, AttributeValue> entry(String sk) {
    return log().stream()
        .filter(item -> Items.value(item, "pk").s().equals("CHECK#" + check))
        .filter(item -> Items.value(item, "sk").s().equals(sk))
        .findFirst()
        .orElseThrow();
  }

  @Nested
  class A_ping {

    @Test
    void reads_as_it_was_written_whatever_it_said() {
      var rid = new RunId(UUID.randomUUID());
      var mail = new Ping.Source("email", null, "", "");
      var pings =
          List.of(
              ping(1, new Signal.Start(rid), Body.EMPTY),
              ping(2, new Signal.Success(null), text("all is well")),
              new Ping(check, 3, NOON, new Signal.Failure(rid), 255, HTTPS, text("x")),
              new Ping(check, 4, NOON, new Signal.Log(null), 0, mail, Body.EMPTY),
              ping(5, new Signal.Ignored(null), Body.EMPTY));
      pings.forEach(ping -> stores.log().append(ping, KEEP));
      assertThat(stores.log().pings(check, 0, 10)).isEqualTo(pings.reversed());
      pings.forEach(ping -> assertThat(stores.log().ping(check, ping.number())).hasValue(ping));
    }

    @Test
    void keeps_its_body_byte_for_byte_and_compresses_what_can_be() {
      var noise = new byte[100_000];
      new Random(7).nextBytes(noise);
      var bodies =
          List.of(
              Body.of(new byte[] {0}),
              text("a".repeat(512)),
              text("a".repeat(513)),
              text("ā⏰ ".repeat(20_000)),
              Body.of(noise));
      for (int number = 0; number < bodies.size(); number++) {
        stores.log().append(ping(number, new Signal.Log(null), bodies.get(number)), KEEP);
        assertThat(stores.log().ping(check, number).orElseThrow().body())
            .isEqualTo(bodies.get(number));
      }
      assertThat(Items.size(entry("P#000000000001"))).isBetween(512, 1024);
      assertThat(Items.size(entry("P#000000000003"))).isLessThan(1024);
      assertThat(Items.size(entry("P#000000000004"))).isBetween(100_000, 100_600);
    }

    @Test
    void of_the_usual_size_costs_one_write_unit_with_all_that_it_says() {
      var agent = "a".repeat(Ping.Source.AGENT_LIMIT);
      var source = new Ping.Source("https", "2001:db8:1:2:3:4:5:6", "POST", agent);
      var full =
          new Ping(
              check,
              999_999,
              NOON.plusNanos(123_456_000),
              new Signal.Success(new RunId(UUID.randomUUID())),
              255,
              source,
              text("b".repeat(512)));
      var usage = usage(() -> stores.log().append(full, KEEP));
      assertThat(usage.calls()).isEqualTo(1);
      assertThat(usage.writeUnits()).isEqualTo(1.0);
    }

    @Test
    void expires_after_its_time() {
      stores.log().append(ping(1), KEEP);
      assertThat(Items.value(entry("P#000000000001"), "expires").n())
          .isEqualTo(Long.toString(NOON.plusSeconds(1).plus(KEEP).getEpochSecond()));
    }

    @Test
    void may_be_written_again() {
      stores.log().append(ping(1), KEEP);
      stores.log().append(ping(1), KEEP);
      assertThat(stores.log().pings(check, 0, 10)).containsExactly(ping(1));
    }
  }

  @Nested
  class The_newest_pings {

    @Test
    void come_newest_first_up_to_the_limit_and_skip_what_a_crash_left_out() {
      LongStream.of(1, 2, 4, 9, 10, 100).forEach(n -> stores.log().append(ping(n), KEEP));
      assertThat(stores.log().pings(check, 0, 4))
          .extracting(Ping::number)
          .containsExactly(100L, 10L, 9L, 4L);
      assertThat(stores.log().pings(check, 9, 100))
          .extracting(Ping::number)
          .containsExactly(100L, 10L);
      assertThat(stores.log().ping(check, 3)).isEmpty();
    }

    @Test
    void are_none_when_none_are_wanted_or_there_are_none() {
      assertThat(stores.log().pings(check, 0, 10)).isEmpty();
      stores.log().append(ping(1), KEEP);
      assertThat(stores.log().pings(check, 0, 0)).isEmpty();
      assertThat(stores.log().pings(check, 1, 10)).isEmpty();
    }

    @Test
    void are_all_there_when_they_fill_more_than_one_page_of_dynamodb() {
      var random = new Random(11);
      for (int number = 1; number <= 14; number++) {
        var body = new byte[100_000];
        random.nextBytes(body);
        stores.log().append(ping(number, new Signal.Log(null), Body.of(body)), KEEP);
      }
      var usage = usage(() -> assertThat(stores.log().pings(check, 0, 100)).hasSize(14));
      assertThat(usage.calls()).isEqualTo(2);
      assertThat(stores.log().pings(check, 0, 12))
          .hasSize(12)
          .last()
          .extracting(Ping::number)
          .isEqualTo(3L);
    }
  }

  @Nested
  class A_flip {

    @Test
    void is_read_newest_first_and_kept_for_reports() {
      var down = new Flip(check, 1, NOON, Status.UP, Status.DOWN, Reason.TIMEOUT, 5);
      var up = new Flip(check, 2, NOON.plusSeconds(9), Status.DOWN, Status.UP, null, 6);
      stores.log().append(up);
      stores.log().append(down);
      stores.log().append(down);
      assertThat(stores.log().flips(check, 10)).containsExactly(up, down);
      assertThat(stores.log().flips(check, 1)).containsExactly(up);
      stores.log().appendFlips(List.of(down, up));
      assertThat(stores.log().flips(check, 10)).containsExactly(up, down);
      assertThat(stores.log().pings(check, 0, 10)).isEmpty();
      assertThat(Items.value(entry("F#000000000001"), "expires").n())
          .isEqualTo(Long.toString(NOON.plus(LogStore.HISTORY).getEpochSecond()));
    }
  }

  @Nested
  class A_notification {
    private final ChannelId mail = new ChannelId(UUID.randomUUID());
    private final ChannelId hook = new ChannelId(UUID.randomUUID());

    private Notification told(ChannelId channel, long flip, Notification.Outcome outcome) {
      return new Notification(
          check,
          flip,
          channel,
          NOON.plusSeconds(flip),
          outcome,
          outcome == Notification.Outcome.SENT ? null : "HTTP 500");
    }

    @Test
    void is_found_by_its_channel_and_the_number_of_the_flip() {
      var second = told(mail, 2, Notification.Outcome.SENT);
      var tenth = told(mail, 10, Notification.Outcome.GAVE_UP);
      var other = told(hook, 11, Notification.Outcome.SKIPPED);
      List.of(tenth, second, other).forEach(stores.log()::append);
      assertThat(stores.log().told(new Route(check, mail), 2))
          .containsExactlyInAnyOrder(second, tenth);
      assertThat(stores.log().told(new Route(check, mail), 3)).containsExactly(tenth);
      assertThat(stores.log().told(new Route(check, hook), 1)).containsExactly(other);
      assertThat(stores.log().told(new Route(check, new ChannelId(UUID.randomUUID())), 1))
          .isEmpty();
      assertThat(stores.log().notifications(check)).containsExactlyInAnyOrder(second, tenth, other);
    }

    @Test
    void is_one_of_many_that_are_written_together() {
      var all =
          LongStream.rangeClosed(1, 60)
              .mapToObj(flip -> told(mail, flip, Notification.Outcome.SENT))
              .toList();
      var usage = usage(() -> stores.log().appendNotifications(all));
      assertThat(usage.calls()).isEqualTo(3);
      assertThat(stores.log().notifications(check)).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void says_how_the_last_try_ended() {
      stores.log().append(told(mail, 1, Notification.Outcome.GAVE_UP));
      stores.log().append(told(mail, 1, Notification.Outcome.SENT));
      assertThat(stores.log().notifications(check))
          .containsExactly(told(mail, 1, Notification.Outcome.SENT));
    }
  }

  private static Body text(String text) {
    return Body.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
