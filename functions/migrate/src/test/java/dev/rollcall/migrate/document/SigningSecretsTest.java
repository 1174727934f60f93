package dev.rollcall.migrate.document;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What `0001` does to a channel.
class SigningSecretsTest {
  private static final Path DOCUMENT =
      Path.of("..", "..", "schema-migrations", "0001-signing-secrets.yaml");

  private static final Map<String, AttributeValue> CHANNEL =
      Map.of(
          "pk", fromS("CHANNEL#6b0d1c1e-0f0a-4a63-9b0d-3a0f6d1f2a10"),
          "sk", fromS("ITEM"),
          "_v", fromN("1"),
          "kind", fromS("webhook"));

  @Test
  void gives_a_channel_a_secret_in_one_update() {
    assertThat(signingSecrets().expand(CHANNEL, Map.of(), new Counted()))
        .isEqualTo(
            new Change.Update(
                Key.of(CHANNEL).attributes(),
                Map.of("secret", fromS("00000000000000000000000000000001"), "_v", fromN("2")),
                Set.of(),
                Map.of(
                    "secret", Optional.empty(),
                    "_v", Optional.of(fromN("1")),
                    "~m0001", Optional.empty(),
                    "~m0001@", Optional.empty(),
                    "~m0001-secret", Optional.empty()),
                Set.of(),
                Optional.empty(),
                Optional.empty()));
  }

  private static Migration signingSecrets() {
    try {
      return switch (Migration.read(DOCUMENT.toString(), Files.readString(DOCUMENT))) {
        case Read.Good(var migration) -> migration;
        case Read.Bad(var faults) -> throw new AssertionError(faults.toString());
      };
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
