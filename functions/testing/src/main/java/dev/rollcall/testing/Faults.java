package dev.rollcall.testing;

import java.util.HashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/// Clients of which chosen calls fail, as they do on a bad day.
public final class Faults {
  private Faults() {}

  /// DynamoDB refuses the chosen calls, for there are too many.
  public static DynamoDbClient throttling(Predicate<Call> chosen, DynamoDbClient client) {
    return failing(
        chosen,
        () ->
            ProvisionedThroughputExceededException.builder()
                .message("throttled, as the test wanted")
                .build(),
        client);
  }

  /// The chosen calls do not reach the table, and no answer comes.
  public static DynamoDbClient timingOut(Predicate<Call> chosen, DynamoDbClient client) {
    return failing(chosen, () -> ApiCallTimeoutException.create(1), client);
  }

  /// The chosen transactions meet another one under way, which DynamoDB Local never lets happen.
  public static DynamoDbClient conflicting(Predicate<Call> chosen, DynamoDbClient client) {
    return failing(
        chosen,
        () ->
            TransactionCanceledException.builder()
                .cancellationReasons(
                    CancellationReason.builder().code("TransactionConflict").build())
                .message("conflict, as the test wanted")
                .build(),
        client);
  }

  /// The chosen calls throw, and are not performed.
  public static DynamoDbClient failing(
      Predicate<Call> chosen, Supplier<RuntimeException> fault, DynamoDbClient client) {
    return Call.intercepted(
        client,
        (call, performed) -> {
          if (chosen.test(call)) {
            throw fault.get();
          }
          return performed.now(call.request());
        });
  }

  /// Answers with updated attributes are without this one, as by an emulation that names only what
  /// changed.
  public static DynamoDbClient notUpdating(String attribute, DynamoDbClient client) {
    return Call.intercepted(
        client,
        (call, performed) -> {
          var answer = performed.now(call.request());
          if (!(answer instanceof UpdateItemResponse updated)
              || !(call.request() instanceof UpdateItemRequest update)
              || update.returnValues() != ReturnValue.UPDATED_NEW) {
            return answer;
          }
          var rest = new HashMap<>(updated.attributes());
          rest.remove(attribute);
          return updated.toBuilder().attributes(rest).build();
        });
  }

  /// The chosen calls are performed, their answers are lost, and the SDK sends the same request
  /// again.
  public static DynamoDbClient losingAnswers(Predicate<Call> chosen, DynamoDbClient client) {
    return Call.intercepted(
        client,
        (call, performed) -> {
          if (chosen.test(call)) {
            performed.now(call.request());
          }
          return performed.now(call.request());
        });
  }
}
