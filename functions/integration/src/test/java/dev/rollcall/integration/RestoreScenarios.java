package dev.rollcall.integration;

import static dev.rollcall.integration.Build.THIS;
import static dev.rollcall.integration.Stack.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.store.SchemaView;
import dev.rollcall.testing.cloud.CloudFormationServer.Put;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// A stack is destroyed, its queues with it, and another one is made on copies of its tables.
abstract class RestoreScenarios extends Scenarios {
  private static final Map<String, String> BOTH =
      Map.of("AdoptsLog", "true", "LogRecovery", "true");

  private static final Duration DOWNTIME = Duration.ofMinutes(30);

  RestoreScenarios(Endpoints endpoints, Recording recording) {
    super(endpoints, recording);
  }

  @Nested
  class Tables_of_the_same_second {
    private String healthy = "";
    private String silent = "";
    private String failed = "";
    private String untold = "";
    private String pending = "";
    private String waiting = "";

    /// What is under way when the stack is lost.
    @BeforeEach
    void leave_things_half_done() {
      deploy();
      webhook();
      var hours = Map.<String, Object>of("timeout", 86_400, "grace", 3600);
      healthy = named("healthy", hours);
      silent = named("silent", Map.of("timeout", 60, "grace", 60));
      failed = named("failed", hours);
      untold = named("untold", hours);
      pending = named("pending", hours);
      waiting = named("waiting", hours);
      for (var check : List.of(healthy, silent, failed, untold, pending, waiting)) {
        rollcall.ping(check, "");
      }
      rollcall.ping(failed + "/fail", "");
      rollcall.tell();
      assertThat(listener.targets()).containsExactly("/down?check=failed");
      listener.answer(500);
      rollcall.ping(pending + "/fail", "");
      rollcall.tell();
      rollcall.during(Outage.STATE_TABLE, () -> rollcall.ping(waiting, "kept"));
      assertThat(rollcall.kept()).isOne();
      rollcall.ping(untold + "/fail", "");
      listener.clear();
    }

    @Test
    void serve_another_stack_which_tells_what_was_not_told_and_nothing_twice() {
      restoreFrom(rollcall.copies(), BOTH, DOWNTIME);

      goOn();

      assertThat(listener.targets())
          .containsExactlyInAnyOrder(
              "/down?check=pending", "/down?check=untold", "/down?check=silent");
      assertThat(rollcall.kept()).isZero();
      // The log now forgets by the time of day, which for these pings is long past.
      assertThat(checkNow(waiting).path("n_pings").asInt()).isEqualTo(2);
      assertThat(status(healthy)).isEqualTo("up");
      assertThat(status(failed)).isEqualTo("down");
      assertThat(outcomes(pending)).containsExactly("sent");

      listener.clear();
      rollcall.tick();
      rollcall.tell();
      assertThat(listener.targets()).isEmpty();
      rollcall.ping(failed, "");
      rollcall.tell();
      assertThat(listener.targets()).containsExactly("/up?check=failed");
    }

    @Test
    void keep_their_deadlines() {
      var heard = checkNow(healthy).path("last_ping");
      restoreFrom(rollcall.copies(), BOTH, DOWNTIME);
      goOn();

      rollcall.pass(Duration.ofHours(25));
      rollcall.tick();
      rollcall.tell();

      assertThat(status(healthy)).isEqualTo("down");
      assertThat(listener.targets()).contains("/down?check=healthy");
      assertThat(checkNow(healthy).path("last_ping")).isEqualTo(heard);
    }

    @Test
    void are_protected_and_expire_and_recover_again() {
      restoreFrom(rollcall.copies(), BOTH, DOWNTIME);

      assertThat(rollcall.lacks()).isEmpty();
    }

    @Test
    void may_be_taken_over_twice() {
      restoreFrom(rollcall.copies(), BOTH, DOWNTIME);
      assertThat(rollcall.stack().adopt(CREATE, THIS, BOTH).status()).isEqualTo("SUCCESS");

      goOn();

      assertThat(listener.targets()).filteredOn("/down?check=pending"::equals).hasSize(1);
    }
  }

  @Nested
  class A_state_that_is_older_than_its_log {

    @Test
    void is_refused_because_later_flips_would_not_be_told() {
      deploy();
      webhook();
      var check = named("job", Map.of());
      rollcall.ping(check, "");
      var before = rollcall.copies();
      rollcall.ping(check + "/fail", "");
      rollcall.tell();
      var after = rollcall.copies();
      replace(new Installation.Copies(before.state(), after.log()), Duration.ZERO);
      var untouched = rollcall.copies();

      var answer = rollcall.stack().adopt(CREATE, THIS, BOTH);

      assertThat(answer.status()).isEqualTo("FAILED");
      assertThat(answer.reason()).contains("newer", "same second", "ExistingLogTable");
      assertThat(rollcall.copies()).isEqualTo(untouched);
    }

    @Test
    void serves_with_a_new_log() {
      deploy();
      webhook();
      var check = named("job", Map.of());
      rollcall.ping(check, "");
      var before = rollcall.copies();

      restoreFrom(
          new Installation.Copies(before.state(), Set.of()),
          Map.of("AdoptsLog", "false", "LogRecovery", "false"),
          DOWNTIME);
      rollcall.tick();
      rollcall.tell();

      assertThat(status(check)).isEqualTo("down");
      assertThat(listener.targets()).containsExactly("/down?check=job");
    }
  }

  @Nested
  class Data_of_a_newer_release {

    @Test
    void is_refused_with_the_release_to_deploy_and_stays_as_it_is() {
      deploy();
      rollcall.stack().deploy(Stack.UPDATE, Build.NEWER);
      replace(rollcall.copies(), DOWNTIME);
      var untouched = rollcall.copies();

      var answer = rollcall.stack().adopt(CREATE, THIS, BOTH);

      assertThat(answer.status()).isEqualTo("FAILED");
      assertThat(answer.reason())
          .contains("newer release than " + THIS.release().name())
          .contains("Deploy release " + Build.NEWER.release().name());
      assertThat(rollcall.copies()).isEqualTo(untouched);
    }
  }

  private String named(String name, Map<String, Object> fields) {
    var all = new HashMap<>(fields);
    all.put("name", name);
    return check(all);
  }

  /// Destroys the stack, and makes another one on copies of its tables.
  private void restoreFrom(
      Installation.Copies copies, Map<String, String> terms, Duration downtime) {
    replace(copies, downtime);
    Put adopted = rollcall.stack().adopt(CREATE, THIS, terms);
    assertThat(adopted.status()).as(adopted.reason()).isEqualTo("SUCCESS");
    deploy();
  }

  private void deploy() {
    assertThat(rollcall.stack().deploy(CREATE, THIS))
        .extracting(Put::status)
        .containsOnly("SUCCESS");
    rollcall.pass(SchemaView.TTL);
  }

  /// What follows in the first minutes. Who is silent is told after pings that wait are taken.
  private void goOn() {
    rollcall.tick();
    rollcall.takeInbox();
    rollcall.tick();
    rollcall.tell();
  }
}
