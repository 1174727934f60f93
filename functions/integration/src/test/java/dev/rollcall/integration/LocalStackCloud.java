package dev.rollcall.integration;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/// A LocalStack that answers: given by its address, or started in a container.
final class LocalStackCloud implements AutoCloseable {

  /// The last one that runs without an account. Newer ones need `LOCALSTACK_AUTH_TOKEN`.
  private static final String FREE_IMAGE = "localstack/localstack:4.14.0";

  private static final String NEWEST_IMAGE = "localstack/localstack:latest";
  private static final String TOKEN = "LOCALSTACK_AUTH_TOKEN";

  private final URI endpoint;
  private final @Nullable LocalStackContainer container;

  private LocalStackCloud(URI endpoint, @Nullable LocalStackContainer container) {
    this.endpoint = endpoint;
    this.container = container;
  }

  /// Empty where no address is given and no Docker daemon answers.
  static Optional<LocalStackCloud> find() {
    var given = System.getenv("LOCALSTACK_ENDPOINT");
    if (given != null && !given.isBlank()) {
      return Optional.of(new LocalStackCloud(URI.create(given.strip()), null));
    }
    return DockerClientFactory.instance().isDockerAvailable()
        ? Optional.of(start(System.getenv(TOKEN)))
        : Optional.empty();
  }

  URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    if (container != null) {
      container.stop();
    }
  }

  private static LocalStackCloud start(@Nullable String token) {
    var hasToken = token != null && !token.isBlank();
    var container =
        new LocalStackContainer(DockerImageName.parse(hasToken ? NEWEST_IMAGE : FREE_IMAGE))
            .withServices("dynamodb", "sqs", "ses", "s3");
    if (hasToken) {
      container.withEnv(TOKEN, token);
    }
    container.start();
    return new LocalStackCloud(container.getEndpoint(), container);
  }
}
