package dev.rollcall.ping;

import static dev.rollcall.ping.PingWorld.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.RunId;
import dev.rollcall.core.check.Signal;
import dev.rollcall.core.check.State;
import dev.rollcall.core.check.Status;
import dev.rollcall.edge.queue.Batch;
import dev.rollcall.testing.HttpEvent;
import dev.rollcall.testing.LoggedText;
import dev.rollcall.testing.SampleProject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class BadDaysTest {
  private static final String NOTHING_GOES_BACK = "{\"batchItemFailures\":[]}";
  private static final String RID = "11111111-1111-4111-8111-111111111111";

  private final PingWorld world = new PingWorld();
  private final LoggedText logged = new LoggedText("");

  @AfterEach
  void close() {
    logged.close();
    world.close();
  }

  /// How DynamoDB may fail.
  enum Failure {
    THROTTLED,
    BROKEN,
    UNREACHABLE,
    TIMED_OUT,
    CLOSED;

    RuntimeException thrown() {
      return switch (this) {
        case THROTTLED -> DynamoDbException.builder().statusCode(400).message("too fast").build();
        case BROKEN -> DynamoDbException.builder().statusCode(500).message("internal").build();
        case UNREACHABLE -> SdkClientException.create("no route to host");
        case TIMED_OUT -> ApiCallTimeoutException.create(3_000);
        case CLOSED -> new IllegalStateException("connection pool shut down");
      };
    }
  }

  @Nested
  class When_the_tables_fail {
    private final CheckId id = world.newCheck();
    private final HttpEvent event =
        HttpEvent.post("/ping/" + id + "/0", "kept".getBytes(StandardCharsets.UTF_8))
            .asking("rid=" + RID)
            .from("u".repeat(300), "2001:db8::7");

    @ParameterizedTest
    @EnumSource(Failure.class)
    void the_ping_is_taken_and_heard_later_as_of_when_it_came(Failure failure) {
      world.badDay.tablesFail(failure::thrown);
      assertThat(world.ping(event).body()).isEqualTo("OK");
      assertThat(world.waiting()).hasSize(1);

      world.badDay.ends();
      world.clock.advance(Duration.ofMinutes(30));
      assertThat(world.drainInbox()).isEqualTo(NOTHING_GOES_BACK);
      assertHeardOnce();

      assertThat(world.drainInbox()).isEqualTo(NOTHING_GOES_BACK);
      assertHeardOnce();
    }

    @Test
    void the_ping_goes_on_waiting_until_they_are_back_and_the_inbox_function_fails_meanwhile() {
      world.badDay.tablesFail(Failure.BROKEN::thrown);
      world.ping(event);
      assertThatThrownBy(world::drainInbox)
          .isInstanceOf(Batch.NothingDone.class)
          .hasMessageContaining("DynamoDbException")
          .hasMessageNotContaining(id.toString());

      world.badDay.ends();
      assertThat(world.drainInbox()).isEqualTo(NOTHING_GOES_BACK);
      assertHeardOnce();
    }

    @Test
    void a_drain_fails_once_and_is_then_left_to_the_next_tick() {
      world.badDay.everythingFails(Failure.BROKEN::thrown);
      assertThatThrownBy(() -> world.drain(PingWorld.drains(1)))
          .isInstanceOf(Batch.NothingDone.class);
      assertThat(world.drain(PingWorld.drains(2))).isEqualTo(NOTHING_GOES_BACK);
    }

    @Test
    void a_ping_that_waits_does_not_hold_up_the_others() {
      world.badDay.tablesFail(Failure.BROKEN::thrown);
      world.ping(event);
      world.badDay.ends();
      var batch = List.of("no ping", "{}", "{\"at\":\"noon\"}", world.waiting().getFirst());
      assertThat(world.drain(PingWorld.batch(batch)))
          .isEqualTo(
              "{\"batchItemFailures\":[{\"itemIdentifier\":\"message-0\"},"
                  + "{\"itemIdentifier\":\"message-1\"},{\"itemIdentifier\":\"message-2\"}]}");
      assertHeardOnce();
    }

    @Test
    void what_is_no_ping_url_is_still_a_page() {
      world.badDay.tablesFail(Failure.BROKEN::thrown);
      assertThat(world.ping("/ping/nobody").status()).isEqualTo(404);
      assertThat(world.waiting()).isEmpty();
    }

    @Test
    void a_keyword_far_into_the_body_is_still_found() {
      var filtering =
          world.newCheck(new Rules(false, true, false, false), new Keywords("", "", "error"));
      world.badDay.tablesFail(Failure.BROKEN::thrown);
      var body = "x".repeat(100_000) + " error";
      world.ping(HttpEvent.post("/ping/" + filtering, body.getBytes(StandardCharsets.UTF_8)));
      world.badDay.ends();
      world.drainInbox();
      assertThat(world.check(filtering).state().status()).isEqualTo(Status.DOWN);
      assertThat(world.lastPing(filtering).body().size()).isEqualTo(10_000);
    }

    @Test
    void the_largest_ping_fits_into_a_message() {
      world.badDay.tablesFail(Failure.BROKEN::thrown);
      var path = "/ping/" + SampleProject.PING_KEY + "/" + "s".repeat(400) + "/1";
      var event =
          HttpEvent.post(path, new byte[2_621_440])
              .asking("create=1&" + "q".repeat(5_000))
              .from("u".repeat(5_000), "2001:db8::7");
      assertThat(world.ping(event).status()).isEqualTo(200);
      assertThat(world.waiting().getFirst().length()).isLessThan(262_144);
    }

    @Test
    void a_ping_by_slug_makes_its_check_later() {
      world.badDay.tablesFail(Failure.BROKEN::thrown);
      var path = "/ping/" + SampleProject.PING_KEY + "/later";
      assertThat(world.ping(HttpEvent.get(path).asking("create=1")).status()).isEqualTo(200);
      world.badDay.ends();
      world.drainInbox();
      assertThat(world.catalog.list(SampleProject.ID))
          .filteredOn(record -> record.details().slug().equals("later"))
          .extracting(record -> record.item().check().state())
          .containsExactly(new State.Up(NOON));
    }

    private void assertHeardOnce() {
      var run = new RunId(UUID.fromString(RID));
      assertThat(world.check(id).state()).isEqualTo(new State.Up(NOON));
      assertThat(world.pings(id))
          .containsExactly(
              new Ping(
                  id,
                  1,
                  NOON,
                  new Signal.Success(run),
                  0,
                  new Ping.Source("https", "2001:db8::7", "POST", "u".repeat(200)),
                  Body.of("kept".getBytes(StandardCharsets.UTF_8))));
      assertThat(world.check(id).pings()).isEqualTo(1);
    }
  }

  @Nested
  class When_one_call_fails {
    @ParameterizedTest
    @ValueSource(strings = {"", "/start", "/fail", "/log", "/3"})
    void the_ping_is_counted_once_all_the_same(String rest) {
      for (var first : new boolean[] {true, false}) {
        for (int k = 1; ; k++) {
          var id = first ? world.newCheck() : world.upCheck();
          var before = world.check(id).pings();
          world.queues.drain();
          world.badDay.callFails(k, Failure.TIMED_OUT::thrown);
          assertThat(world.ping("/ping/" + id + rest).body()).isEqualTo("OK");
          var reached = world.badDay.calls() >= k;
          world.badDay.ends();
          world.drainInbox();
          assertThat(world.check(id).pings()).isEqualTo(before + 1);
          assertThat(world.pings(id)).hasSize((int) before + 1);
          if (!reached) {
            break;
          }
        }
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/start", "/fail", "/log", "/3"})
    void or_only_its_answer_is_lost_the_ping_is_counted_once(String rest) {
      for (int k = 1; ; k++) {
        var id = world.upCheck();
        world.badDay.answerIsLost(k, Failure.TIMED_OUT::thrown);
        assertThat(world.ping("/ping/" + id + rest).body()).isEqualTo("OK");
        var reached = world.badDay.calls() >= k;
        world.badDay.ends();
        world.drainInbox();
        assertThat(world.check(id).pings()).isEqualTo(2);
        assertThat(world.pings(id)).hasSize(2);
        if (!reached) {
          break;
        }
      }
    }
  }

  @Nested
  class A_request_that_comes_again {
    @ParameterizedTest
    @ValueSource(strings = {"", "/0", "/start", "/fail", "/log"})
    void counts_once(String rest) {
      for (var id : List.of(world.newCheck(), world.upCheck())) {
        var before = world.check(id).pings();
        var event = HttpEvent.get("/ping/" + id + rest);
        world.ping(event);
        var once = world.item(id);
        assertThat(world.ping(event).body()).isEqualTo("OK");
        assertThat(world.item(id)).isEqualTo(once);
        assertThat(world.pings(id)).hasSize((int) before + 1);
      }
    }
  }

  @Nested
  class When_the_queues_fail {
    @Test
    void a_flip_stays_untold() {
      var id = world.upCheck();
      world.queues.breakDown();
      assertThat(world.ping("/ping/" + id + "/fail").status()).isEqualTo(200);
      assertThat(world.item(id).untold()).hasSize(1);
      assertThat(world.item(id).due()).isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void and_the_tables_too_the_client_is_asked_to_come_again() {
      var id = world.upCheck();
      world.queues.breakDown();
      world.badDay.tablesFail(Failure.TIMED_OUT::thrown);
      var answer = world.ping("/ping/" + id);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.headers()).containsEntry("retry-after", "5");
    }
  }

  @Nested
  class An_item_that_this_release_cannot_read {
    @ParameterizedTest
    @CsvSource({
      "pings, ''",
      "rev, ''",
      "state, ''",
      "keep, ''",
      "last, ''",
      "period, /fail",
      "grace, /start",
      "project, /log",
      "flips, /1"
    })
    void keeps_its_pings_waiting_until_it_is_mended(String attribute, String rest) {
      var id = world.upCheck();
      var removed = world.edit(id, attribute, null);
      assertThat(world.ping("/ping/" + id + rest).status()).isEqualTo(200);
      assertThat(world.kept()).hasSize(1);

      world.edit(id, attribute, removed);
      world.clock.advance(Duration.ofMinutes(5));
      assertThat(world.drainInbox()).isEqualTo(NOTHING_GOES_BACK);
      assertThat(world.check(id).pings()).isEqualTo(2);
      assertThat(world.lastPing(id).at()).isEqualTo(NOON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/start", "/fail", "/log"})
    void because_it_is_newer_is_left_as_it_is(String rest) {
      var id = world.upCheck();
      world.edit(id, "_v", AttributeValue.fromN("2"));
      var before = world.raw(id);
      assertThat(world.ping("/ping/" + id + rest).status()).isEqualTo(200);
      assertThat(world.kept()).hasSize(1);
      assertThat(world.raw(id)).isEqualTo(before);
    }

    @Test
    void may_be_that_of_a_ping_key() {
      var key =
          Map.of(
              "pk", AttributeValue.fromS("PINGKEY#" + SampleProject.PING_KEY),
              "sk", AttributeValue.fromS("LOOKUP"));
      world.editAt(key, "project", AttributeValue.fromS("damaged"));
      var answer = world.ping("/ping/" + SampleProject.PING_KEY + "/my-job");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(world.kept()).hasSize(1);
    }
  }

  @Nested
  class The_log_of_the_function {
    @Test
    void has_neither_addresses_nor_bodies() {
      var id = world.upCheck("my-job");
      var paths = new ArrayList<String>();
      for (var rest : new String[] {"", "/start", "/fail", "/256"}) {
        paths.add("/ping/" + id + rest);
        paths.add("/ping/" + SampleProject.PING_KEY + "/my-job" + rest);
      }
      for (var failure : Failure.values()) {
        world.badDay.tablesFail(
            () -> new IllegalStateException(id + SampleProject.PING_KEY, failure.thrown()));
        paths.forEach(this::pingWithABody);
      }
      world.queues.breakDown();
      paths.forEach(this::pingWithABody);
      world.badDay.ends();
      world.edit(id, "state", AttributeValue.fromS("secret body"));
      paths.forEach(this::pingWithABody);

      assertThat(logged.text())
          .contains("ping not stored", "ping not taken")
          .doesNotContain(id.toString(), SampleProject.PING_KEY, "secret body");
    }

    private void pingWithABody(String path) {
      world.ping(HttpEvent.post(path, "secret body".getBytes(StandardCharsets.UTF_8)));
    }
  }
}
