package dev.rollcall.migrate.deploy;

import static dev.rollcall.migrate.deploy.StackWorld.THIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.migrate.deploy.StackWorld.Code;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Tests that play deployments.
abstract class OnStack {
  static final String CREATE = "Create";
  static final String UPDATE = "Update";
  static final String DELETE = "Delete";

  StackWorld stack;

  @BeforeEach
  void start() throws IOException {
    stack = new StackWorld();
  }

  @AfterEach
  void stop() {
    stack.close();
  }

  /// The way back to this release, with properties swapped.
  ///
  /// @param code that which is deployed when the questions come: CloudFormation promises no order
  /// @param settled whether the resource after the functions was reached before; one that was not
  ///   is not asked
  void goBack(Code code, boolean settled) {
    stack.cloud.is("UPDATE_ROLLBACK_IN_PROGRESS");
    assertThat(stack.ask(code, stack.expand(UPDATE, THIS)).status()).isEqualTo("SUCCESS");
    if (settled) {
      assertThat(stack.ask(code, stack.settle(UPDATE, THIS)).status()).isEqualTo("SUCCESS");
    }
    stack.ticks(THIS);
  }
}
