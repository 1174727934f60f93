package dev.rollcall.local.command;

import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;

/// What a deployed stack says of itself.
final class StackOutputs {
  private static final String STATE_TABLE = "StateTable";
  private static final String SITE = "Site";

  private final String stateTable;
  private final Map<String, String> outputs;

  /// @param region what the client asks, for people
  /// @throws NoData when there is no such stack, or it is none of Rollcall's
  StackOutputs(CloudFormationClient cloudFormation, String name, String region) {
    outputs = ask(cloudFormation, name, region);
    var table = outputs.get(STATE_TABLE);
    if (table == null) {
      throw new NoData(
          "the stack %s in %s has no output %s: it is not Rollcall's, or its first deployment has not ended"
              .formatted(name, region, STATE_TABLE));
    }
    stateTable = table;
  }

  String stateTable() {
    return stateTable;
  }

  /// The URL of the dashboard and the API; null where the stack has none.
  @Nullable String site() {
    return outputs.get(SITE);
  }

  private static Map<String, String> ask(
      CloudFormationClient cloudFormation, String name, String region) {
    try {
      return cloudFormation.describeStacks(describe -> describe.stackName(name)).stacks().stream()
          .flatMap(stack -> stack.outputs().stream())
          .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
    } catch (CloudFormationException refused) {
      if (refused.statusCode() == 400
          && String.valueOf(refused.getMessage()).contains("not exist")) {
        throw new NoData(
            "there is no stack %s in %s; --stack names another, --region another region"
                .formatted(name, region));
      }
      throw refused;
    }
  }
}
