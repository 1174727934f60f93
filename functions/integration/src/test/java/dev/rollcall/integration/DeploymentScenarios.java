package dev.rollcall.integration;

import static dev.rollcall.integration.Build.NEWER;
import static dev.rollcall.integration.Build.THIS;
import static dev.rollcall.integration.Stack.CREATE;
import static dev.rollcall.integration.Stack.DELETE;
import static dev.rollcall.integration.Stack.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.rollcall.migrate.deploy.Deployments;
import dev.rollcall.store.SchemaView;
import dev.rollcall.testing.cloud.CloudFormationServer.Put;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Releases that are deployed to a stack with data, one after the other, newer and older.
abstract class DeploymentScenarios extends Scenarios {
  private static final Map<String, String> ALLOWED = Map.of("AllowLossyRollback", "0002");

  /// Less than what a change has to wait for: until the functions have heard of it.
  private static final Duration SHORT = Duration.ofMinutes(1);

  DeploymentScenarios(Endpoints endpoints, Recording recording) {
    super(endpoints, recording);
  }

  @Nested
  class A_release_that_is_deployed_first {

    @Test
    void brings_the_data_along_and_shows_its_dashboard() {
      mail("office@example.org");
      assertThat(schema().path("level").asInt()).isEqualTo(1);

      deploy(CREATE, THIS);

      assertThat(schema().path("level").asInt()).isEqualTo(THIS.release().level());
      assertThat(past("0001").path("counts").path("changed").asInt()).isOne();
      var page = rollcall.site().read("index.html");
      assertThat(rollcall.site().keys())
          .anySatisfy(key -> assertThat(key).matches("assets/[0-9a-f]{16}/js/main.js"))
          .filteredOn(key -> key.endsWith("js/main.js"))
          .allSatisfy(key -> assertThat(page).contains("./" + key));
    }

    @Test
    void keeps_the_dashboard_shown_before_and_removes_older_ones() {
      rollcall.site().put("index.html", "<link href=\"./assets/2222222222222222/a.css\">");
      rollcall.site().put("assets/editions.txt", "2222222222222222\n1111111111111111\n");
      rollcall.site().put("assets/2222222222222222/a.css", "shown");
      rollcall.site().put("assets/1111111111111111/a.css", "older");
      rollcall.site().put("robots.txt", "by hand");

      assertThat(rollcall.stack().site(CREATE, THIS).state()).isEqualTo("PUBLISHED");

      assertThat(rollcall.site().keys())
          .contains("assets/2222222222222222/a.css", "robots.txt")
          .doesNotContain("assets/1111111111111111/a.css");
    }
  }

  @Nested
  class A_newer_release {
    private String check = "";

    @BeforeEach
    void deploy_the_older_one() {
      mail("office@example.org");
      deploy(CREATE, THIS);
      check = check(Map.of("name", "Backup", "grace", 3600));
    }

    @Test
    void is_preceded_by_a_backup_where_its_way_back_loses_something() {
      deploy(UPDATE, NEWER);

      assertThat(rollcall.backups())
          .singleElement()
          .satisfies(backup -> assertThat(backup.name()).startsWith("rollcall-before-0002-"));
      assertThat(rollcall.migrations())
          .containsEntry("0002", "applied")
          .containsEntry("0003", "applied")
          .containsEntry("0004", "applied");
    }

    @Test
    void is_gone_on_with_by_ticks_when_it_takes_longer_than_the_functions_time() {
      var stack = rollcall.stack();

      var expand = stack.expand(UPDATE, NEWER, Map.of(), SHORT);
      var settle = stack.settle(UPDATE, NEWER, Map.of(), SHORT);

      assertThat(List.of(expand, settle)).extracting(Put::status).containsOnly("SUCCESS");
      assertThat(settle.state()).isNotEqualTo("STEADY");
      var minutes = 0;
      JsonNode data;
      do {
        data = stack.tick(NEWER, SHORT);
      } while (!data.path("phase").stringValue().equals("steady") && ++minutes < 30);
      assertThat(data.path("level").asInt()).isEqualTo(NEWER.release().level());
      assertThat(minutes).isPositive();
    }

    @Test
    void is_not_gone_back_from_where_that_loses_something_and_nobody_allowed_it() {
      deploy(UPDATE, NEWER);

      var answer = rollcall.stack().expand(UPDATE, THIS, Map.of());

      assertThat(answer.status()).isEqualTo("FAILED");
      assertThat(answer.reason()).contains("0002", "AllowLossyRollback");
      assertThat(rollcall.migrations()).containsEntry("0003", "applied");
    }

    @Test
    void is_gone_back_from_by_the_texts_in_the_data_and_its_pings_are_not_lost() {
      deploy(UPDATE, NEWER);
      rollcall.pass(SchemaView.TTL);
      assertThat(get("/api/v3/checks/" + check).status()).isEqualTo(503);
      var nightly = tenant.pingKey() + "/nightly?create=1";
      assertThat(rollcall.ping(nightly, "").status()).isEqualTo(200);
      assertThat(rollcall.kept()).isOne();

      var expand = rollcall.stack().expand(UPDATE, THIS, ALLOWED);
      var settle = rollcall.stack().settle(UPDATE, THIS, ALLOWED);

      assertThat(expand.status()).as(expand.reason()).isEqualTo("SUCCESS");
      assertThat(settle.state()).as(settle.reason()).isEqualTo("STEADY");
      rollcall.pass(SchemaView.TTL);
      assertThat(schema().path("level").asInt()).isEqualTo(THIS.release().level());
      assertThat(past("0002").path("state").stringValue()).isEqualTo("rolled_back");
      assertThat(past("0002").path("backup").stringValue())
          .isEqualTo(rollcall.backups().getFirst().arn());
      assertThat(past("0002").path("restorable_to").isString()).isTrue();
      assertThat(get("/api/v3/checks/" + check).json().path("grace").asInt()).isEqualTo(3600);
      rollcall.tick();
      rollcall.takeInbox();
      assertThat(get("/api/v3/checks/?slug=nightly").json().path("checks").valueStream())
          .hasSize(1);
      rollcall.ping(check + "/fail", "");
      rollcall.tell();
      assertThat(rollcall.mails()).hasSize(1);
    }

    @Test
    void is_gone_back_from_by_a_tick_once_nothing_is_deployed_any_more() {
      var stack = rollcall.stack();
      deploy(UPDATE, NEWER);
      stack.is("UPDATE_ROLLBACK_IN_PROGRESS");
      assertThat(stack.expand(UPDATE, THIS, Map.of()).state()).isEqualTo("DEGRADED");
      assertThatThrownBy(() -> stack.tick(THIS, Stack.TIMEOUT))
          .isInstanceOf(Deployments.Degraded.class);

      stack.is("UPDATE_ROLLBACK_COMPLETE");
      assertThatThrownBy(() -> stack.tick(THIS, Stack.TIMEOUT))
          .hasMessageContaining("AllowLossyRollback");
      stack.is("UPDATE_IN_PROGRESS");
      assertThat(stack.expand(UPDATE, THIS, ALLOWED, Duration.ofSeconds(10)).status())
          .isEqualTo("SUCCESS");
      stack.is("UPDATE_COMPLETE");

      assertThat(stack.tick(THIS, Stack.TIMEOUT).path("level").asInt())
          .isEqualTo(THIS.release().level());
    }
  }

  @Nested
  class A_stack_that_is_deleted {

    @Test
    void keeps_its_data_and_its_dashboard() {
      deploy(CREATE, THIS);
      var stack = rollcall.stack();
      var before = rollcall.site().keys();

      for (var answer :
          List.of(
              stack.site(DELETE, THIS),
              stack.settle(DELETE, THIS, Map.of()),
              stack.expand(DELETE, THIS, Map.of()))) {
        assertThat(answer.state()).isEqualTo("KEPT");
      }

      assertThat(schema().path("level").asInt()).isEqualTo(THIS.release().level());
      assertThat(rollcall.site().keys()).isEqualTo(before);
    }
  }

  /// A deployment that goes well.
  private void deploy(String kind, Build build) {
    assertThat(rollcall.stack().deploy(kind, build))
        .extracting(Put::status, Put::reason)
        .containsOnly(tuple("SUCCESS", ""));
    rollcall.pass(SchemaView.TTL);
  }

  /// What the data says of its own shape.
  private JsonNode schema() {
    return get("/api/rollcall/v1/schema").json();
  }

  /// What the data says of a migration.
  private JsonNode past(String id) {
    return schema()
        .path("history")
        .valueStream()
        .filter(past -> past.path("id").stringValue().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
