package dev.rollcall.testing;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/// Counts the calls to DynamoDB and the capacity that their answers report, for which it asks. A
/// failed condition reports none, though AWS bills it.
public final class Meter {
  private static final Set<String> READS = Set.of("getItem", "batchGetItem", "query", "scan");

  private final LongAdder calls = new LongAdder();
  private final DoubleAdder writeUnits = new DoubleAdder();
  private final DoubleAdder readUnits = new DoubleAdder();

  /// What was used since the last [#reset].
  public record Usage(long calls, double writeUnits, double readUnits) {}

  public Usage usage() {
    return new Usage(calls.sum(), writeUnits.sum(), readUnits.sum());
  }

  public void reset() {
    calls.reset();
    writeUnits.reset();
    readUnits.reset();
  }

  /// The same client, counted.
  public DynamoDbClient count(DynamoDbClient client) {
    return count(client, _ -> true);
  }

  /// The same client, of which the chosen calls are counted.
  public DynamoDbClient count(DynamoDbClient client, Predicate<Call> chosen) {
    return Call.intercepted(
        client,
        (call, performed) -> {
          if (!chosen.test(call)) {
            return performed.now(call.request());
          }
          calls.increment();
          var response = performed.now(asking(call.request()));
          count(call.operation(), response);
          return response;
        });
  }

  /// The same request, which asks for what it costs. Nobody does so who does not count: the answers
  /// would be longer.
  private static SdkRequest asking(SdkRequest request) {
    var builder = request.toBuilder();
    for (var field : request.sdkFields()) {
      if (field.memberName().equals("ReturnConsumedCapacity")) {
        field.set(builder, ReturnConsumedCapacity.TOTAL.toString());
      }
    }
    return builder.build();
  }

  private void count(String operation, SdkResponse response) {
    var units = READS.contains(operation) ? readUnits : writeUnits;
    consumed(response).forEach(capacity -> units.add(capacity.capacityUnits()));
  }

  private static List<ConsumedCapacity> consumed(SdkResponse response) {
    return response
        .getValueForField("ConsumedCapacity", Object.class)
        .map(value ->
            value instanceof List<?> list
                ? list.stream().map(ConsumedCapacity.class::cast).toList()
                : List.of((ConsumedCapacity) value))
        .orElse(List.of());
  }
}
