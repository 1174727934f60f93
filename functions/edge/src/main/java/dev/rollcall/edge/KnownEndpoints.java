package dev.rollcall.edge;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.endpoints.DynamoDbEndpointParams;
import software.amazon.awssdk.services.dynamodb.endpoints.DynamoDbEndpointProvider;

/// Works an endpoint out once. The SDK otherwise goes through all its rules with every call, and
/// takes the same URL apart each time. Safe for threads.
final class KnownEndpoints implements DynamoDbEndpointProvider {
  private final DynamoDbEndpointProvider rules;

  /// As many as a function has tables.
  private final Map<Question, CompletableFuture<Endpoint>> known = new ConcurrentHashMap<>();

  KnownEndpoints(DynamoDbEndpointProvider rules) {
    this.rules = rules;
  }

  /// All that an answer depends on.
  private record Question(
      @Nullable Region region,
      @Nullable Boolean dualStack,
      @Nullable Boolean fips,
      @Nullable String endpoint,
      @Nullable String account,
      @Nullable String accountMode,
      @Nullable String resource,
      @Nullable List<String> resources) {}

  @Override
  public CompletableFuture<Endpoint> resolveEndpoint(DynamoDbEndpointParams asked) {
    var question =
        new Question(
            asked.region(),
            asked.useDualStack(),
            asked.useFips(),
            asked.endpoint(),
            asked.accountId(),
            asked.accountIdEndpointMode(),
            asked.resourceArn(),
            asked.resourceArnList());
    var answer = known.get(question);
    if (answer == null) {
      answer = rules.resolveEndpoint(asked);
      if (!answer.isCompletedExceptionally()) {
        known.put(question, answer);
      }
    }
    return answer;
  }
}
