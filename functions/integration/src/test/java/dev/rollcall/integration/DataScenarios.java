package dev.rollcall.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.schema.Release;
import dev.rollcall.store.SchemaView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Data that a newer release has shaped, before this one and after it can be used again.
abstract class DataScenarios extends Scenarios {
  private static final String SILENT = "/down?check=Backup";

  DataScenarios(Endpoints endpoints, Recording recording) {
    super(endpoints, recording);
  }

  @Nested
  class Data_that_cannot_be_read {

    @Test
    void has_pings_wait_until_it_can_be() {
      var check = check(Map.of("name", "Backup"));
      rollcall.ping(check, "");
      rollcall.version(check, Release.THIS.level() + 1);
      unreadable();

      var nightly = tenant.pingKey() + "/nightly?create=1";
      for (var ping : List.of(check, check + "/start", check + "/fail", nightly, nobody())) {
        assertThat(rollcall.ping(ping, "").status()).isEqualTo(200);
        rollcall.pass(Duration.ofSeconds(1));
      }
      assertThat(rollcall.kept()).isEqualTo(5);
      rollcall.tick();
      assertThat(rollcall.takeInbox()).isZero();

      readable();
      rollcall.tick();
      assertThat(rollcall.takeInbox()).isPositive();

      assertThat(rollcall.kept()).isZero();
      assertThat(rollcall.waiting(Queue.INBOX)).isZero();
      assertThat(pings(check)).containsExactly("fail", "start", "success", "success");
      assertThat(status(check)).isEqualTo("down");
      assertThat(get("/api/v3/checks/?slug=nightly").json().path("checks").valueStream())
          .hasSize(1);
    }

    @Test
    void is_not_drained_to_by_whoever_was_asked_before() {
      var check = check(Map.of("name", "Backup"));
      rollcall.during(Outage.STATE_TABLE, () -> rollcall.ping(check, ""));
      rollcall.tick();
      unreadable();

      assertThat(rollcall.takeInbox()).isOne();

      assertThat(rollcall.kept()).isOne();
      readable();
      rollcall.tick();
      rollcall.takeInbox();
      assertThat(pings(check)).containsExactly("success");
    }

    @Test
    void takes_pings_of_items_that_are_known_at_once() {
      var check = check(Map.of("name", "Backup"));
      unreadable();

      rollcall.ping(check, "");

      assertThat(rollcall.kept()).isZero();
      readable();
      assertThat(pings(check)).containsExactly("success");
    }

    @Test
    void is_answered_for_with_503() {
      var check = check(Map.of("name", "Backup"));
      unreadable();

      var answer = get("/api/v3/checks/" + check);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.body()).contains("this release cannot read the data");
      assertThat(post("/api/v3/checks/", Map.of("name", "Copy")).status()).isEqualTo(503);

      readable();
      assertThat(get("/api/v3/checks/" + check).status()).isEqualTo(200);
    }

    @Test
    void has_nobody_told_of_silence_until_it_can_be() {
      webhook();
      var check = check(Map.of("name", "Backup"));
      rollcall.ping(check, "");
      rollcall.tell();
      rollcall.pass(Duration.ofMillis(119_500));
      rollcall.tick();
      unreadable();

      assertThat(rollcall.await(Queue.DUE)).isPositive();
      rollcall.tick();
      rollcall.tell();
      assertThat(rollcall.waiting(Queue.DUE)).isZero();
      assertThat(listener.targets()).isEmpty();

      readable();
      rollcall.tick();
      rollcall.tell();
      assertThat(status(check)).isEqualTo("down");
      assertThat(listener.targets()).containsExactly(SILENT);
    }

    @Test
    void has_flips_stay_untold_until_it_can_be() {
      webhook();
      var check = check(Map.of("name", "Backup"));
      rollcall.ping(check + "/fail", "");
      unreadable();

      rollcall.tell();
      assertThat(rollcall.waiting(Queue.FLIPS)).isZero();
      assertThat(listener.targets()).isEmpty();

      readable();
      rollcall.pass(Duration.ofMinutes(1));
      rollcall.tick();
      rollcall.tell();
      assertThat(listener.targets()).containsExactly(SILENT);
    }

    @Test
    void has_a_delivery_come_a_minute_later() {
      webhook();
      var check = check(Map.of("name", "Backup"));
      rollcall.ping(check + "/fail", "");
      rollcall.fanOut();
      unreadable();

      rollcall.tell();

      assertThat(listener.targets()).isEmpty();
      assertThat(rollcall.waiting(Queue.DELIVERIES)).isZero();
      assertThat(rollcall.delayed(Queue.DELIVERIES)).isOne();
    }
  }

  @Nested
  class Data_that_may_only_be_read {

    @Test
    void is_shown_and_not_changed_by_the_api() {
      var check = check(Map.of("name", "Backup"));
      readOnly();

      assertThat(status(check)).isEqualTo("new");
      var answer = post("/api/v3/checks/" + check, Map.of("name", "Copy"));
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.body()).contains("not change it");

      readable();
      assertThat(post("/api/v3/checks/" + check, Map.of("name", "Copy")).status()).isEqualTo(200);
    }

    @Test
    void takes_pings_and_has_those_wait_that_make_a_check() {
      var check = check(Map.of("name", "Backup"));
      rollcall.version(check, Release.THIS.level() + 1);
      readOnly();

      assertThat(rollcall.ping(check, "").status()).isEqualTo(200);
      assertThat(rollcall.ping(nobody(), "").status()).isEqualTo(404);
      assertThat(rollcall.kept()).isZero();
      assertThat(pings(check)).containsExactly("success");
      assertThat(rollcall.ping(tenant.pingKey() + "/nightly?create=1", "").status()).isEqualTo(200);
      assertThat(rollcall.kept()).isOne();

      readable();
      rollcall.tick();
      rollcall.takeInbox();
      assertThat(rollcall.kept()).isZero();
      assertThat(get("/api/v3/checks/?slug=nightly").json().path("checks").valueStream())
          .hasSize(1);
    }

    @Test
    void has_silence_told() {
      webhook();
      rollcall.ping(check(Map.of("name", "Backup")), "");
      rollcall.tell();
      readOnly();

      rollcall.pass(Duration.ofSeconds(121));
      rollcall.tick();
      rollcall.tell();

      assertThat(listener.targets()).containsExactly(SILENT);
    }
  }

  private static String nobody() {
    return UUID.randomUUID().toString();
  }

  private void unreadable() {
    rollcall.data().unreadable();
    rollcall.pass(SchemaView.TTL);
  }

  private void readOnly() {
    rollcall.data().readOnly();
    rollcall.pass(SchemaView.TTL);
  }

  /// The data is newer still, and any release may use it.
  private void readable() {
    rollcall.data().aheadAndTolerant();
    rollcall.pass(SchemaView.TTL);
  }
}
