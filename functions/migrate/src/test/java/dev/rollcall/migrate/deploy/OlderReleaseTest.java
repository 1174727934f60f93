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
import dev.rollcall.testing.SchemaItems;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What an operator wants on purpose: an older release, or no way back.
class OlderReleaseTest extends OnStack {

  @Nested
  class An_older_release_that_somebody_deploys {

    @Test
    void takes_the_data_back_that_it_cannot_work_on() {
      stack.deploy(CREATE, CHANGES);

      stack.deploy(UPDATE, THIS);

      assertThat(stack.data().level()).isEqualTo(2);
      assertThat(stack.values("colour")).isEmpty();
      stack.assertServed(THIS);
    }

    @Test
    void fails_at_once_when_that_loses_something_and_says_so() {
      stack.deploy(CREATE, LOSES);
      var before = stack.data();

      var answer = stack.ask(THIS, stack.expand(UPDATE, THIS));

      assertThat(answer.status()).isEqualTo("FAILED");
      assertThat(answer.reason()).contains("0002", "AllowLossyRollback");
      assertThat(stack.data()).isEqualTo(before);
      stack.assertServed(LOSES);
    }

    @Test
    void takes_the_data_back_with_a_loss_that_is_allowed() {
      stack.deploy(CREATE, LOSES);

      var expand = stack.expand(UPDATE, THIS).with("AllowLossyRollback", "0002");
      assertThat(stack.ask(THIS, expand).status()).isEqualTo("SUCCESS");
      stack.ticks(THIS);
      var settle = stack.settle(UPDATE, THIS).with("AllowLossyRollback", "0002");
      assertThat(stack.ask(THIS, settle).status()).isEqualTo("SUCCESS");

      assertThat(stack.data().level()).isEqualTo(2);
      assertThat(stack.backups).containsExactly("0002");
    }

    @Test
    void goes_on_by_ticks_with_a_loss_that_is_allowed() {
      stack.deploy(CREATE, LOSES);
      stack.tables(client -> Faults.throttling(call -> call.operation().equals("scan"), client));
      var expand = stack.expand(UPDATE, THIS).with("AllowLossyRollback", "0002");
      assertThat(stack.ask(THIS, expand).status()).isEqualTo("SUCCESS");
      assertThat(stack.data().phase()).isEqualTo(Phase.ROLLING_BACK);

      stack.tables(client -> client);
      stack.ticks(THIS);

      assertThat(stack.data().phase()).isEqualTo(Phase.STEADY);
      assertThat(stack.values("colour")).isEmpty();
      stack.assertServed(THIS);
    }

    @Test
    void fails_at_once_when_older_releases_are_refused() {
      stack.deploy(CREATE, ADDS);

      var answer = stack.ask(THIS, stack.expand(UPDATE, THIS).with("OnOlderRelease", "refuse"));

      assertThat(answer.status()).isEqualTo("FAILED");
      assertThat(answer.reason()).contains("OnOlderRelease");
    }

    @Test
    void leaves_the_data_alone_where_newer_data_is_tolerated() {
      stack.deploy(CREATE, ADDS);

      var answer = stack.ask(THIS, stack.expand(UPDATE, THIS).with("OnOlderRelease", "tolerate"));

      assertThat(answer.status()).isEqualTo("SUCCESS");
      assertThat(stack.values("colour")).hasSize(CHANNELS);
    }
  }

  @Nested
  class A_META_of_which_this_release_does_not_understand_something {
    private void strange() {
      stack.deploy(CREATE, CHANGES);
      new SchemaItems(stack.memory).strange("phase");
    }

    @Test
    void lets_its_deployment_fail_at_once_and_says_what_and_which_release_helps() {
      strange();

      var answer = stack.ask(THIS, stack.expand(UPDATE, THIS));

      assertThat(answer.status()).isEqualTo("FAILED");
      assertThat(answer.reason())
          .contains("`phase` is `unheard_of`", "Deploy release " + CHANGES.release().name());
      stack.assertServed(CHANGES);
    }

    @Test
    void stops_no_way_back_which_ends_degraded() {
      strange();
      stack.cloud.is("UPDATE_ROLLBACK_IN_PROGRESS");

      var answer = stack.ask(THIS, stack.settle(UPDATE, THIS));

      assertThat(answer.status()).isEqualTo("SUCCESS");
      assertThat(answer.state()).isEqualTo("DEGRADED");
    }

    @Test
    void keeps_the_alarm_of_the_ticks_standing() {
      strange();
      assertThatThrownBy(() -> stack.function(THIS).tick(stack.clock.instant().plusSeconds(60)))
          .isInstanceOf(Deployments.Degraded.class)
          .hasMessageContaining("unheard_of");
    }
  }

  @Nested
  class Finalising {

    @Test
    void is_refused_while_the_way_back_may_be_needed() {
      stack.deploy(CREATE, THIS);

      var answer = stack.ask(THIS, stack.settle(UPDATE, THIS).with("FinaliseThrough", "0001"));

      assertThat(answer.status()).isEqualTo("FAILED");
      assertThat(answer.reason()).contains("14 days");
    }

    @Test
    void is_done_once_a_migration_is_old_enough() {
      stack.deploy(CREATE, THIS);
      stack.clock.advance(Duration.ofDays(15));

      var answer = stack.ask(THIS, stack.settle(UPDATE, THIS).with("FinaliseThrough", "0001"));

      assertThat(answer.status()).as(answer.reason()).isEqualTo("SUCCESS");
    }

    @Test
    void is_no_part_of_a_way_back() {
      stack.deploy(CREATE, THIS);
      stack.cloud.is("UPDATE_ROLLBACK_IN_PROGRESS");

      var answer = stack.ask(THIS, stack.settle(UPDATE, THIS).with("FinaliseThrough", "0001"));

      assertThat(answer.state()).isEqualTo("STEADY");
    }
  }
}
