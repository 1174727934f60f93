package dev.rollcall.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Pings, taken at once and taken later.
abstract class PingScenarios extends Scenarios {

  PingScenarios(Endpoints endpoints, Recording recording) {
    super(endpoints, recording);
  }

  @Nested
  class A_check {

    @Test
    void is_up_from_its_first_success_on_and_counts_the_next() {
      var check = check(Map.of("name", "Backup"));

      assertThat(rollcall.ping(check, "").status()).isEqualTo(200);
      rollcall.pass(Duration.ofSeconds(10));
      assertThat(rollcall.ping(check, "").status()).isEqualTo(200);

      assertThat(status(check)).isEqualTo("up");
      assertThat(pings(check)).containsExactly("success", "success");
    }

    @Test
    void hears_every_kind_of_ping() {
      var check = check(Map.of("name", "Backup"));
      var run = UUID.randomUUID();

      rollcall.ping(check + "/start?rid=" + run, "");
      rollcall.ping(check + "?rid=" + run, "");
      rollcall.ping(check + "/log", "a line");
      rollcall.ping(check + "/fail", "");
      rollcall.ping(check + "/1", "");

      assertThat(pings(check)).containsExactly("fail", "fail", "log", "success", "start");
      assertThat(status(check)).isEqualTo("down");
    }

    @Test
    void refuses_a_run_that_is_none() {
      var check = check(Map.of("name", "Backup"));

      assertThat(rollcall.ping(check + "?rid=mine", "").status()).isEqualTo(400);
      assertThat(pings(check)).isEmpty();
    }

    @Test
    void fails_by_a_word_in_the_body() {
      var check = check(Map.of("name", "B", "filter_http_body", true, "failure_kw", "ERROR"));

      rollcall.ping(check, "1 ERROR");

      assertThat(status(check)).isEqualTo("down");
      assertThat(get("/api/v3/checks/%s/pings/1/body".formatted(check)).body())
          .isEqualTo("1 ERROR");
    }
  }

  @Nested
  class By_slug {

    @Test
    void a_check_is_made_that_tells_all_channels_and_is_found_again() {
      var channel = webhook();

      assertThat(rollcall.ping(tenant.pingKey() + "/nightly?create=1", "").status()).isEqualTo(201);
      assertThat(rollcall.ping(tenant.pingKey() + "/nightly", "").status()).isEqualTo(200);

      var made = get("/api/v3/checks/?slug=nightly").json().path("checks").path(0);
      assertThat(made.path("n_pings").asInt()).isEqualTo(2);
      assertThat(made.path("channels").stringValue()).isEqualTo(channel);
    }

    @Test
    void nothing_is_found_where_nothing_is() {
      assertThat(rollcall.ping(tenant.pingKey() + "/nightly", "").status()).isEqualTo(404);
    }

    @Test
    void no_check_is_made_in_a_project_that_is_full() {
      tenant = rollcall.tenant(1);

      assertThat(
              Stream.of("one", "two", "three")
                  .map(slug -> rollcall.ping(tenant.pingKey() + "/" + slug + "?create=1", ""))
                  .map(Answer::status))
          .containsExactly(201, 201, 404);
    }
  }

  @Nested
  class While_tables_do_not_answer {

    @Test
    void pings_wait_in_the_log_table_as_long_as_that_does() {
      var check = check(Map.of("name", "Backup"));

      assertThat(pingDuring(Outage.STATE_TABLE, check + "/fail", "").status()).isEqualTo(200);
      rollcall.pass(Duration.ofSeconds(1));
      assertThat(pingDuring(Outage.STATE_TABLE, check, "").status()).isEqualTo(200);

      assertThat(rollcall.kept()).isEqualTo(2);
      assertThat(rollcall.takeInbox()).isZero();
      assertThat(pings(check)).isEmpty();

      rollcall.tick();
      assertThat(rollcall.takeInbox()).isOne();

      assertThat(rollcall.kept()).isZero();
      assertThat(pings(check)).containsExactly("success", "fail");
      assertThat(status(check)).isEqualTo("up");
      rollcall.tick();
      assertThat(rollcall.takeInbox()).isZero();
    }

    @Test
    void pings_wait_on_the_queue_when_that_does_not_either() {
      var check = check(Map.of("name", "Backup"));

      assertThat(pingDuring(Outage.BOTH_TABLES, check, "").status()).isEqualTo(200);

      assertThat(rollcall.kept()).isZero();
      assertThat(rollcall.takeInbox()).isOne();
      assertThat(pings(check)).containsExactly("success");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void pings_are_accepted_and_count_as_if_they_had_been_taken(Outage outage) {
      var check = check(Map.of("name", "Backup"));
      var filtered =
          check(Map.of("name", "Filtered", "filter_http_body", true, "failure_kw", "ERROR"));
      for (var ping : List.of(check, check + "/start", check + "/log", filtered)) {
        assertThat(pingDuring(outage, ping, "ERROR").status()).isEqualTo(200);
        rollcall.pass(Duration.ofSeconds(1));
      }
      assertThat(pings(check)).isEmpty();

      takeWaiting();

      assertThat(pings(check)).containsExactlyInAnyOrder("success", "start", "log");
      assertThat(status(filtered)).isEqualTo("down");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void pings_on_the_fast_path_count_as_well(Outage outage) {
      var check = check(Map.of("name", "Backup"));
      rollcall.ping(check, "");
      rollcall.pass(Duration.ofSeconds(10));

      pingDuring(outage, check, "");
      takeWaiting();

      assertThat(pings(check)).containsExactly("success", "success");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void checks_are_made_by_slug_later_up_to_the_limit(Outage outage) {
      tenant = rollcall.tenant(1);
      var channel = webhook();
      for (var slug : List.of("one", "two", "three")) {
        pingDuring(outage, tenant.pingKey() + "/" + slug + "?create=1", "");
      }

      takeWaiting();

      assertThat(get("/api/v3/checks/").json().path("checks").valueStream())
          .hasSize(2)
          .allSatisfy(made -> assertThat(made.path("channels").stringValue()).isEqualTo(channel));
      assertThat(rollcall.waiting(Queue.INBOX)).isZero();
    }

    private Answer pingDuring(Outage outage, String target, String body) {
      return rollcall.during(outage, () -> rollcall.ping(target, body));
    }

    private void takeWaiting() {
      rollcall.tick();
      assertThat(rollcall.takeInbox()).isPositive();
      assertThat(rollcall.kept()).isZero();
    }
  }

  @Nested
  class A_ping_that_cannot_be_taken {

    /// Of no release that there is.
    private static final int UNKNOWN = 99;

    private static final int KNOWN = 1;
    private static final int TRIES = 5;

    @Test
    void moves_to_the_queue_after_five_tries_and_is_taken_from_there() {
      var check = check(Map.of("name", "Backup"));
      rollcall.version(check, UNKNOWN);
      assertThat(rollcall.ping(check, "").status()).isEqualTo(200);

      for (int tries = 1; tries < TRIES; tries++) {
        tryOnce();
        assertThat(rollcall.kept()).isOne();
      }
      tryOnce();

      assertThat(rollcall.kept()).isZero();
      assertThat(rollcall.waiting(Queue.INBOX)).isOne();
      rollcall.version(check, KNOWN);
      rollcall.passRetryDelay(Queue.INBOX);
      assertThat(rollcall.takeInbox()).isOne();
      assertThat(pings(check)).containsExactly("success");
    }

    private void tryOnce() {
      rollcall.pass(Duration.ofMinutes(1));
      rollcall.tick();
      assertThat(rollcall.takeInbox()).isPositive();
    }
  }
}
