package dev.rollcall.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Remembers the calls to DynamoDB, in order, those that failed too.
public final class Recorder {
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /// The same client, overheard.
  public DynamoDbClient record(DynamoDbClient client) {
    return Call.intercepted(
        client,
        (call, performed) -> {
          calls.add(call);
          return performed.now(call.request());
        });
  }
}
