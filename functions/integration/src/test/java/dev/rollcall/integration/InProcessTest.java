package dev.rollcall.integration;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/// The suite on the emulation in this process. What the functions asked for goes to
/// `target/aws-calls.json`, which the tests of the template compare with the policies.
class InProcessTest {
  private static final Emulation CLOUD = Emulation.start();
  private static final Recording RECORDING = new Recording();

  @AfterAll
  static void close() throws IOException {
    RECORDING.write(Path.of("target", "aws-calls.json"));
    CLOUD.close();
  }

  @Nested
  class Pings extends PingScenarios {
    Pings() {
      super(CLOUD.endpoints(), RECORDING);
    }
  }

  @Nested
  class Alerts extends AlertScenarios {
    Alerts() {
      super(CLOUD.endpoints(), RECORDING);
    }
  }

  @Nested
  class Api extends ApiScenarios {
    Api() {
      super(CLOUD.endpoints(), RECORDING);
    }
  }

  @Nested
  class Mails extends MailScenarios {
    Mails() {
      super(CLOUD.endpoints(), RECORDING);
    }
  }

  @Nested
  class Data extends DataScenarios {
    Data() {
      super(CLOUD.endpoints(), RECORDING);
    }
  }

  @Nested
  class Restored extends RestoreScenarios {
    Restored() {
      super(CLOUD.endpoints(), RECORDING);
    }
  }

  @Nested
  class Deployed extends DeploymentScenarios {
    Deployed() {
      super(CLOUD.endpoints(), RECORDING);
    }
  }
}
