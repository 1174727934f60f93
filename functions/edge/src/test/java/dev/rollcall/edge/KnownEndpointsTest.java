package dev.rollcall.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.endpoints.DynamoDbEndpointParams;
import software.amazon.awssdk.services.dynamodb.endpoints.DynamoDbEndpointProvider;

class KnownEndpointsTest {
  private final List<DynamoDbEndpointParams> asked = new ArrayList<>();
  private final DynamoDbEndpointProvider rules = DynamoDbEndpointProvider.defaultProvider();
  private final KnownEndpoints endpoints =
      new KnownEndpoints(params -> {
        asked.add(params);
        return rules.resolveEndpoint(params);
      });

  @Test
  void are_those_that_the_rules_say() {
    for (var params :
        List.of(
            in("eu-central-1").build(),
            in("cn-north-1").build(),
            in("eu-central-1").useFips(true).build(),
            in("eu-central-1").useDualStack(true).build(),
            in("eu-central-1").endpoint("http://127.0.0.1:8000").build(),
            in("eu-central-1").accountId("123456789012").accountIdEndpointMode("preferred").build(),
            in("eu-central-1").accountId("210987654321").accountIdEndpointMode("preferred").build(),
            in("eu-central-1")
                .accountId("123456789012")
                .accountIdEndpointMode("disabled")
                .build())) {
      var expected = rules.resolveEndpoint(params).join().url();

      assertThat(endpoints.resolveEndpoint(params).join().url()).isEqualTo(expected);
      assertThat(endpoints.resolveEndpoint(params).join().url()).isEqualTo(expected);
    }
  }

  @Test
  void are_worked_out_once() {
    for (int call = 0; call < 3; call++) {
      var _ = endpoints.resolveEndpoint(in("eu-central-1").resourceArn("state").build());
      var _ = endpoints.resolveEndpoint(in("eu-central-1").resourceArn("log").build());
    }

    assertThat(asked).hasSize(2);
  }

  @Test
  void are_asked_for_again_where_there_was_none() {
    var impossible = in("eu-central-1").endpoint("http://127.0.0.1:1").useFips(true).build();

    assertThat(endpoints.resolveEndpoint(impossible)).isCompletedExceptionally();
    assertThat(endpoints.resolveEndpoint(impossible)).isCompletedExceptionally();

    assertThat(asked).hasSize(2);
  }

  private static DynamoDbEndpointParams.Builder in(String region) {
    return DynamoDbEndpointParams.builder().region(Region.of(region));
  }
}
