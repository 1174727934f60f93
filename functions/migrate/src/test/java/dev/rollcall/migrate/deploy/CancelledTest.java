package dev.rollcall.migrate.deploy;

import static dev.rollcall.migrate.deploy.StackWorld.CHANGES;
import static dev.rollcall.migrate.deploy.StackWorld.THIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.store.RawItems;
import dev.rollcall.testing.Faults;
import dev.rollcall.testing.cloud.CloudFormationServer;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Requests that nobody waits for any more, and that come all the same.
class CancelledTest extends OnStack {

  @Nested
  class An_update_that_is_cancelled {

    @BeforeEach
    void deploy() {
      stack.deploy(CREATE, THIS);
    }

    @Test
    void does_not_come_back_to_life_when_lambda_delivers_it_late() {
      var cancelled = stack.expand(UPDATE, CHANGES);
      stack.tables(client -> Faults.timingOut(call -> call.operation().equals("scan"), client));
      stack.cloud.refuse(5);
      assertThatThrownBy(() -> stack.deliver(CHANGES, cancelled)).isNotNull();
      stack.tables(client -> client);
      forget(cancelled);
      goBack(THIS, false);

      stack.deliver(CHANGES, cancelled);
      stack.ticks(THIS);

      assertThat(stack.values("colour")).isEmpty();
      stack.assertServed(THIS);
    }

    @Test
    void shows_no_dashboard_any_more() {
      var cancelled = stack.site(UPDATE);
      stack.cloud.refuse(5);
      assertThatThrownBy(() -> stack.deliver(CHANGES, cancelled)).isNotNull();
      forget(cancelled);
      stack.ask(THIS, stack.site(UPDATE));

      stack.deliver(CHANGES, cancelled);

      assertThat(stack.published).containsExactly("0.2.0", "0.3.0", "0.2.0");
    }

    /// As if the function had died before it noted its answer.
    private void forget(StackWorld.Question question) {
      var identity = request(question).identity();
      stack
          .memory
          .client()
          .updateItem(update ->
              update
                  .tableName(stack.memory.tables().state())
                  .key(RawItems.key(Requests.META, Requests.REQUEST_PREFIX + identity))
                  .updateExpression("REMOVE #status")
                  .expressionAttributeNames(Map.of("#status", Requests.STATUS)));
    }

    private Request request(StackWorld.Question question) {
      return new Request(
          Request.Kind.UPDATE,
          question.url(),
          CloudFormationServer.STACK,
          question.id(),
          question.resource(),
          question.type(),
          question.properties());
    }
  }
}
