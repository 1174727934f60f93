package dev.rollcall.migrate.deploy;

import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;

/// What CloudFormation is doing.
final class Stacks {
  private static final String IN_PROGRESS = "_IN_PROGRESS";

  private final CloudFormationClient cloudFormation;

  Stacks(CloudFormationClient cloudFormation) {
    this.cloudFormation = cloudFormation;
  }

  /// Whether a request is part of a way back, which has to succeed: a stack of which it fails is
  /// stuck between two releases. Whoever cannot tell says yes.
  boolean goesBack(Request request) {
    if (request.kind() == Request.Kind.CREATE) {
      return false; // A way back deletes what was new, and creates nothing.
    }
    return isAll(
        request.stack(), status -> status.contains("ROLLBACK") && status.endsWith(IN_PROGRESS));
  }

  /// Whether a deployment is under way. Whoever cannot tell says yes.
  boolean isDeployed(String stack) {
    return isAll(stack, status -> status.endsWith(IN_PROGRESS));
  }

  private boolean isAll(String name, Predicate<String> expected) {
    try {
      return cloudFormation.describeStacks(describe -> describe.stackName(name)).stacks().stream()
          .map(stack -> stack.stackStatusAsString())
          .allMatch(expected);
    } catch (SdkException unanswered) {
      return true;
    }
  }
}
