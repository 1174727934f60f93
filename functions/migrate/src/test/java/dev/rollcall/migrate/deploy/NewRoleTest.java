package dev.rollcall.migrate.deploy;

import static dev.rollcall.migrate.deploy.StackWorld.THIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testing.Faults;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// A role that AWS's services do not know of yet.
class NewRoleTest extends OnStack {
  private static final Duration SOON = Duration.ofSeconds(20);

  private void tablesRefuse(String code, Instant until) {
    stack.tables(client ->
        Faults.failing(
            _ -> stack.clock.instant().isBefore(until),
            () -> DynamoDbException.builder().awsErrorDetails(error(code)).build(),
            client));
  }

  private static AwsErrorDetails error(String code) {
    return AwsErrorDetails.builder().errorCode(code).errorMessage("not authorized").build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AccessDeniedException", "AccessDenied", "UnrecognizedClientException"})
  void Is_waited_for(String code) {
    tablesRefuse(code, stack.clock.instant().plus(SOON));

    stack.deploy(CREATE, THIS);

    stack.assertServed(THIS);
  }

  @Test
  void Is_waited_for_by_an_update_that_gives_it_a_right_more() {
    stack.deploy(CREATE, THIS);
    tablesRefuse("AccessDeniedException", stack.clock.instant().plus(SOON));

    stack.deploy(UPDATE, THIS);
  }

  @Test
  void Publishes_the_dashboard_once_the_bucket_knows_it() {
    stack.deploy(CREATE, THIS);
    var until = stack.clock.instant().plus(SOON);
    stack.beforePublishing(() -> {
      if (stack.clock.instant().isBefore(until)) {
        throw S3Exception.builder().awsErrorDetails(error("AccessDenied")).build();
      }
    });

    assertThat(stack.ask(THIS, stack.site(UPDATE)).status()).isEqualTo("SUCCESS");
  }

  @Test
  void Without_the_right_fails_after_a_minute() {
    var begun = stack.clock.instant();
    tablesRefuse("AccessDeniedException", Instant.MAX);

    var answer = stack.ask(THIS, stack.expand(CREATE, THIS));

    assertThat(answer.status()).isEqualTo("FAILED");
    assertThat(Duration.between(begun, stack.clock.instant()))
        .isBetween(Rights.PATIENCE, Rights.PATIENCE.plusSeconds(30));
  }

  @Test
  void Is_not_what_fails_otherwise() {
    var begun = stack.clock.instant();
    tablesRefuse("ValidationException", Instant.MAX);

    assertThat(stack.ask(THIS, stack.expand(CREATE, THIS)).status()).isEqualTo("FAILED");
    assertThat(Duration.between(begun, stack.clock.instant())).isLessThan(Duration.ofSeconds(10));
  }
}
