package dev.rollcall.integration;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/// The suite on LocalStack: the one at `LOCALSTACK_ENDPOINT`, or one in a container. Where neither
/// is to be had it says so and is skipped.
class LocalStackTest {
  private static final String NEITHER =
      "LocalStack: did not run: no Docker daemon answers, and LOCALSTACK_ENDPOINT is not set";

  private static final Optional<LocalStackCloud> CLOUD = LocalStackCloud.find();
  private static final Recording RECORDING = new Recording();

  @BeforeAll
  static void say_where_it_runs() {
    System.out.println(
        CLOUD.map(cloud -> "LocalStack: runs at " + cloud.endpoint()).orElse(NEITHER));
    assumeTrue(CLOUD.isPresent(), NEITHER);
  }

  @AfterAll
  static void close() {
    CLOUD.ifPresent(LocalStackCloud::close);
  }

  private static Endpoints endpoints() {
    return Endpoints.at(CLOUD.orElseThrow().endpoint());
  }

  @Nested
  class Pings extends PingScenarios {
    Pings() {
      super(endpoints(), RECORDING);
    }
  }

  @Nested
  class Alerts extends AlertScenarios {
    Alerts() {
      super(endpoints(), RECORDING);
    }
  }

  @Nested
  class Api extends ApiScenarios {
    Api() {
      super(endpoints(), RECORDING);
    }
  }

  @Nested
  class Mails extends MailScenarios {
    Mails() {
      super(endpoints(), RECORDING);
    }
  }

  @Nested
  class Data extends DataScenarios {
    Data() {
      super(endpoints(), RECORDING);
    }
  }

  @Nested
  class Restored extends RestoreScenarios {
    Restored() {
      super(endpoints(), RECORDING);
    }
  }

  @Nested
  class Deployed extends DeploymentScenarios {
    Deployed() {
      super(endpoints(), RECORDING);
    }
  }
}
