package dev.rollcall.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// What can go wrong between one process and AWS: its calls, to DynamoDB and to SQS alike, are
/// counted from 1 and fail as a test wants. A good day until told otherwise. Safe for threads.
public final class BadDay {
  private final AtomicInteger calls = new AtomicInteger();
  private volatile Plan plan = (_, _) -> Verdict.WELL;
  private volatile Supplier<? extends Throwable> failure = Died::new;

  /// The end of a process. An [Error], because no code of a dead process handles anything.
  public static final class Died extends Error {
    private static final long serialVersionUID = 1;

    Died() {
      super("the process died here, as the test wanted");
    }
  }

  /// When a process dies at a call.
  public enum Moment {
    BEFORE_THE_CALL,
    AFTER_THE_CALL
  }

  private enum Verdict {
    WELL,
    REFUSED,
    ANSWER_LOST
  }

  private interface Plan {
    Verdict on(int call, Class<?> service);
  }

  public DynamoDbClient on(DynamoDbClient client) {
    return on(DynamoDbClient.class, client);
  }

  public SqsClient on(SqsClient client) {
    return on(SqsClient.class, client);
  }

  /// Every call to DynamoDB fails and does nothing.
  public void tablesFail(Supplier<? extends RuntimeException> how) {
    begin(how, (_, service) -> service == DynamoDbClient.class ? Verdict.REFUSED : Verdict.WELL);
  }

  /// Every call to whatever service fails and does nothing.
  public void everythingFails(Supplier<? extends RuntimeException> how) {
    begin(how, (_, _) -> Verdict.REFUSED);
  }

  /// Call number `k` from here on fails and does nothing.
  public void callFails(int k, Supplier<? extends RuntimeException> how) {
    begin(how, (call, _) -> call == k ? Verdict.REFUSED : Verdict.WELL);
  }

  /// Call number `k` from here on is done, but its answer is lost.
  public void answerIsLost(int k, Supplier<? extends RuntimeException> how) {
    begin(how, (call, _) -> call == k ? Verdict.ANSWER_LOST : Verdict.WELL);
  }

  /// The process dies at call number `k` from here on: that call and every later one throws [Died].
  public void dies(int k, Moment moment) {
    var last = moment == Moment.AFTER_THE_CALL ? Verdict.ANSWER_LOST : Verdict.REFUSED;
    begin(
        Died::new,
        (call, _) -> {
          if (call < k) {
            return Verdict.WELL;
          }
          return call == k ? last : Verdict.REFUSED;
        });
  }

  /// All is well again; calls are counted from 1 anew.
  public void ends() {
    begin(Died::new, (_, _) -> Verdict.WELL);
  }

  /// How many calls were tried since the day began or ended.
  public int calls() {
    return calls.get();
  }

  private void begin(Supplier<? extends Throwable> how, Plan next) {
    failure = how;
    plan = next;
    calls.set(0);
  }

  private <C> C on(Class<C> service, C client) {
    return service.cast(
        Proxy.newProxyInstance(
            service.getClassLoader(),
            new Class<?>[] {service},
            (_, method, arguments) -> call(service, client, method, arguments)));
  }

  private @Nullable Object call(
      Class<?> service, Object client, Method method, Object @Nullable [] arguments)
      throws Throwable {
    var verdict = plan.on(calls.incrementAndGet(), service);
    if (verdict == Verdict.REFUSED) {
      throw failure.get();
    }
    try {
      var answer = method.invoke(client, arguments);
      if (verdict == Verdict.ANSWER_LOST) {
        throw failure.get();
      }
      return answer;
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    }
  }
}
