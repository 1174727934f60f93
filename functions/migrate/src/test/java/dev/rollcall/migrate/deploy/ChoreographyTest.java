package dev.rollcall.migrate.deploy;

import static dev.rollcall.migrate.deploy.StackWorld.ADDS;
import static dev.rollcall.migrate.deploy.StackWorld.CHANGES;
import static dev.rollcall.migrate.deploy.StackWorld.CHANNELS;
import static dev.rollcall.migrate.deploy.StackWorld.LOSES;
import static dev.rollcall.migrate.deploy.StackWorld.THIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.schema.Schema.Phase;
import dev.rollcall.testing.Faults;
import dev.rollcall.testing.LoggedText;
import dev.rollcall.testing.cloud.CloudFormationServer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What CloudFormation does to its custom resources, in the orders in which it does it, played
/// against the real engine: every question is answered once, and whichever code answers, the data
/// ends where the deployment does.
class ChoreographyTest extends OnStack {
  @Nested
  class A_stack_that_is_made {

    @Test
    void brings_the_data_to_the_release_and_shows_its_dashboard() {
      stack.deploy(CREATE, THIS);

      assertThat(stack.data().level()).isEqualTo(2);
      assertThat(stack.data().phase()).isEqualTo(Phase.STEADY);
      assertThat(stack.values("secret")).hasSize(CHANNELS);
      assertThat(stack.published).containsExactly("0.2.0");
      stack.assertServed(THIS);
    }

    @Test
    void and_deleted_meanwhile_keeps_its_data_and_answers_both() {
      var create = stack.expand(CREATE, THIS);
      var delete = stack.expand(DELETE, THIS);

      stack.deliver(THIS, delete);
      stack.deliver(THIS, create);

      assertThat(stack.answered(delete).status()).isEqualTo("SUCCESS");
      assertThat(stack.answered(create).status()).isEqualTo("SUCCESS");
      stack.assertServed(THIS);
    }
  }

  @Nested
  class A_stack_that_is_deleted {

    @Test
    void keeps_data_and_files() {
      stack.deploy(CREATE, THIS);
      var before = stack.data();

      for (var question :
          new StackWorld.Question[] {
            stack.site(DELETE), stack.settle(DELETE, THIS), stack.expand(DELETE, THIS)
          }) {
        assertThat(stack.ask(THIS, question).status()).isEqualTo("SUCCESS");
      }

      assertThat(stack.data()).isEqualTo(before);
      assertThat(stack.published).hasSize(1);
    }

    @Test
    void is_answered_although_its_tables_do_not_answer() {
      stack.tables(client -> Faults.timingOut(_ -> true, client));

      assertThat(stack.ask(THIS, stack.expand(DELETE, THIS)).status()).isEqualTo("SUCCESS");
    }
  }

  @Nested
  class An_update {

    @BeforeEach
    void deploy() {
      stack.deploy(CREATE, THIS);
    }

    @Test
    void brings_the_data_to_the_newer_release() {
      stack.deploy(UPDATE, CHANGES);

      assertThat(stack.data().level()).isEqualTo(3);
      assertThat(stack.values("colour")).hasSize(CHANNELS);
      stack.assertServed(CHANGES);
    }

    @Test
    void of_a_release_that_changes_no_data_changes_none() {
      var before = stack.data();

      stack.deploy(UPDATE, THIS);

      assertThat(stack.data()).isEqualTo(before);
    }

    @Test
    void is_answered_in_time_however_long_it_takes_and_goes_on_by_ticks() {
      var question = stack.expand(UPDATE, CHANGES);
      stack.tables(client -> Faults.throttling(call -> call.operation().equals("scan"), client));
      var before = stack.clock.instant();

      stack.deliver(CHANGES, question);

      assertThat(Duration.between(before, stack.clock.instant())).isLessThan(StackWorld.FUNCTION);
      assertThat(stack.cloud.at(question.url())).hasSize(1);
      stack.tables(client -> client);
      assertThat(stack.ask(CHANGES, stack.expand(UPDATE, CHANGES)).status()).isEqualTo("SUCCESS");
      stack.ticks(CHANGES);
      assertThat(stack.ask(CHANGES, stack.settle(UPDATE, CHANGES)).status()).isEqualTo("SUCCESS");
      assertThat(stack.data().level()).isEqualTo(3);
    }

    @Test
    void that_is_delivered_twice_is_answered_alike_and_done_once() {
      var question = stack.expand(UPDATE, CHANGES);
      var first = stack.ask(CHANGES, question);

      stack.deliver(CHANGES, question);

      assertThat(stack.cloud.at(question.url()))
          .extracting(CloudFormationServer.Put::body)
          .containsExactly(first.body(), first.body());
    }

    @Test
    void that_is_tried_again_under_the_same_request_id_is_looked_at_anew() {
      var refused = stack.expand(UPDATE, CHANGES).with("Target", "9");
      assertThat(stack.ask(CHANGES, refused).status()).isEqualTo("FAILED");
      var fresh = stack.expand(UPDATE, CHANGES);
      var again =
          new StackWorld.Question(
              UPDATE,
              fresh.resource(),
              fresh.type(),
              refused.id(),
              fresh.url(),
              fresh.properties());

      assertThat(stack.ask(CHANGES, again).status()).isEqualTo("SUCCESS");
    }

    @Test
    void whose_answer_was_not_taken_is_delivered_again_and_answered_then() {
      var question = stack.expand(UPDATE, CHANGES);
      stack.cloud.refuse(5);
      assertThatThrownBy(() -> stack.deliver(CHANGES, question))
          .isInstanceOf(Responder.Undelivered.class);

      assertThat(stack.ask(CHANGES, question).status()).isEqualTo("SUCCESS");
    }

    @Test
    void fails_with_a_reason_when_the_function_fails() {
      stack.tables(client -> Faults.timingOut(_ -> true, client));

      var answer = stack.ask(CHANGES, stack.expand(UPDATE, CHANGES));

      assertThat(answer.status()).isEqualTo("FAILED");
      assertThat(answer.reason()).contains("ApiCallTimeoutException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "newest", "-1"})
    void to_no_level_is_refused_and_changes_nothing(String target) {
      var before = stack.data();

      var answer = stack.ask(CHANGES, stack.expand(UPDATE, CHANGES).with("Target", target));

      assertThat(answer.status()).isEqualTo("FAILED");
      assertThat(answer.reason()).contains("Target", "a level");
      assertThat(stack.data()).isEqualTo(before);
    }

    @Test
    void logs_no_presigned_url() {
      try (var log = new LoggedText("dev.rollcall.migrate")) {
        stack.deploy(UPDATE, CHANGES);
        stack.cloud.refuse(5);
        assertThatThrownBy(() -> stack.deliver(CHANGES, stack.expand(UPDATE, CHANGES))).isNotNull();

        assertThat(log.text()).contains("asked").doesNotContain("Signature");
      }
    }
  }

  @Nested
  class An_update_that_fails {

    @BeforeEach
    void deploy() {
      stack.deploy(CREATE, THIS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void after_all_was_settled_ends_at_the_older_release_by_either_code(boolean newer) {
      stack.deploy(UPDATE, CHANGES);

      goBack(newer ? CHANGES : THIS, true);

      assertThat(stack.data().level()).isEqualTo(2);
      assertThat(stack.values("colour")).isEmpty();
      stack.assertServed(THIS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void before_anything_was_settled_ends_at_the_older_release_by_either_code(boolean newer) {
      assertThat(stack.ask(CHANGES, stack.expand(UPDATE, CHANGES)).status()).isEqualTo("SUCCESS");

      goBack(newer ? CHANGES : THIS, false);

      assertThat(stack.values("colour")).isEmpty();
      stack.assertServed(THIS);
    }

    @Test
    void leaves_data_alone_that_the_older_release_gets_on_with() {
      stack.deploy(UPDATE, ADDS);

      goBack(THIS, true);

      assertThat(stack.values("colour")).hasSize(CHANNELS);
      stack.assertServed(THIS);
    }

    @Test
    void and_comes_again_ends_at_the_newer_release() {
      stack.deploy(UPDATE, CHANGES);
      goBack(THIS, true);
      stack.cloud.is("UPDATE_IN_PROGRESS");

      stack.deploy(UPDATE, CHANGES);

      assertThat(stack.data().level()).isEqualTo(3);
      stack.assertServed(CHANGES);
    }

    @Test
    void never_fails_on_its_way_back_and_calls_for_a_person_where_that_cannot_be_done() {
      stack.deploy(UPDATE, LOSES);
      stack.cloud.is("UPDATE_ROLLBACK_IN_PROGRESS");

      var expand = stack.ask(THIS, stack.expand(UPDATE, THIS));
      var settle = stack.ask(THIS, stack.settle(UPDATE, THIS));

      assertThat(expand.status()).isEqualTo("SUCCESS");
      assertThat(expand.state()).isEqualTo("DEGRADED");
      assertThat(expand.reason()).contains("0002");
      assertThat(settle.state()).isEqualTo("DEGRADED");
      assertThat(stack.values("colour")).hasSize(CHANNELS);
      assertThatThrownBy(() -> stack.ticks(THIS)).isInstanceOf(Deployments.Degraded.class);
    }

    @Test
    void never_fails_on_its_way_back_although_neither_tables_nor_cloud_formation_answer() {
      stack.tables(client -> Faults.timingOut(_ -> true, client));
      stack.cloud.fallSilent();

      var answer = stack.ask(THIS, stack.expand(UPDATE, THIS));

      assertThat(answer.status()).isEqualTo("SUCCESS");
      assertThat(answer.state()).isEqualTo("DEGRADED");
    }

    @Test
    void is_made_good_by_a_tick_once_the_tables_answer_and_nothing_is_deployed() {
      stack.deploy(UPDATE, CHANGES);
      stack.cloud.is("UPDATE_ROLLBACK_IN_PROGRESS");
      stack.tables(client -> Faults.timingOut(_ -> true, client));
      assertThat(stack.ask(THIS, stack.expand(UPDATE, THIS)).state()).isEqualTo("DEGRADED");
      stack.tables(client -> client);
      assertThatThrownBy(() -> stack.ticks(THIS)).isInstanceOf(Deployments.Degraded.class);
      assertThat(stack.data().level()).isEqualTo(3);

      stack.cloud.is("UPDATE_ROLLBACK_COMPLETE");
      stack.ticks(THIS);

      assertThat(stack.data().level()).isEqualTo(2);
      stack.assertServed(THIS);
    }

    @Test
    void stays_with_newer_data_that_may_not_be_taken_back_and_says_so_every_minute() {
      stack.deploy(UPDATE, LOSES);
      stack.cloud.is("UPDATE_ROLLBACK_COMPLETE");

      for (int minute = 0; minute < 3; minute++) {
        assertThatThrownBy(() -> stack.ticks(THIS))
            .isInstanceOf(Deployments.Degraded.class)
            .hasMessageContaining("AllowLossyRollback=0002");
      }
      assertThat(stack.values("colour")).hasSize(CHANNELS);
    }

    @Test
    void goes_on_with_its_way_back_when_that_is_continued() {
      stack.deploy(UPDATE, CHANGES);
      stack.cloud.is("UPDATE_ROLLBACK_IN_PROGRESS");
      var first = stack.expand(UPDATE, THIS);
      stack.cloud.refuse(5);
      assertThatThrownBy(() -> stack.deliver(THIS, first)).isNotNull();

      goBack(THIS, true);

      assertThat(stack.data().level()).isEqualTo(2);
      stack.assertServed(THIS);
    }
  }
}
