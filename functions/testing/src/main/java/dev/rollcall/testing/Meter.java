package dev.rollcall.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/// Counts the calls to DynamoDB and the capacity that their answers report. A failed condition
/// reports none, though AWS bills it.
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
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (_, method, arguments) -> {
              try {
                var answer = method.invoke(client, arguments);
                if (answer instanceof SdkResponse response) {
                  count(method.getName(), response);
                }
                return answer;
              } catch (InvocationTargetException failed) {
                calls.increment();
                throw failed.getCause();
              }
            });
  }

  private void count(String operation, SdkResponse response) {
    calls.increment();
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
