package dev.rollcall.testing;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The death of a process at one of its calls to DynamoDB. From then on it calls no more: every
/// call throws [Died]. A test walks `k` upward from 1 until nobody dies.
public final class Crash {

  /// The process is gone. An [Error], because no code of a dead process handles anything.
  public static final class Died extends Error {
    private static final long serialVersionUID = 1;

    Died() {
      super("the process died here, as the test wanted");
    }
  }

  private Crash() {}

  /// A client that dies instead of performing its `k`-th call, counted from 1.
  public static DynamoDbClient before(int k, DynamoDbClient client) {
    return dying(k, false, client);
  }

  /// A client that performs its `k`-th call, counted from 1, and dies before it hears the answer.
  public static DynamoDbClient after(int k, DynamoDbClient client) {
    return dying(k, true, client);
  }

  /// As the other [#after], by the chosen calls alone. Once it is dead, it makes no other either;
  /// those that are under way come to their end.
  public static DynamoDbClient after(int k, Predicate<Call> chosen, DynamoDbClient client) {
    return dying(k, true, chosen, client);
  }

  private static DynamoDbClient dying(int k, boolean performs, DynamoDbClient client) {
    return dying(k, performs, _ -> true, client);
  }

  private static DynamoDbClient dying(
      int k, boolean performs, Predicate<Call> chosen, DynamoDbClient client) {
    var calls = new AtomicInteger();
    return Call.intercepted(
        client,
        (call, performed) -> {
          var isChosen = chosen.test(call);
          var number = isChosen ? calls.incrementAndGet() : calls.get() + 1;
          if (number < k || (number == k && !isChosen)) {
            return performed.now(call.request());
          }
          if (number == k && performs) {
            performed.now(call.request());
          }
          throw new Died();
        });
  }
}
