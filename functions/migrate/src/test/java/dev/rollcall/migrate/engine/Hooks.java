package dev.rollcall.migrate.engine;

import dev.rollcall.testing.Call;
import dev.rollcall.testing.Faults;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Clients before whose calls something else happens.
final class Hooks {
  private Hooks() {}

  /// What happens.
  interface Hook {
    void before(Call call);
  }

  /// Something that happens once.
  static final class Once implements Hook {
    private final int k;
    private final Runnable deed;
    private final AtomicInteger calls = new AtomicInteger();

    private Once(int k, Runnable deed) {
      this.k = k;
      this.deed = deed;
    }

    /// How many calls there were.
    int calls() {
      return calls.get();
    }

    @Override
    public void before(Call call) {
      if (calls.incrementAndGet() == k) {
        deed.run();
      }
    }
  }

  /// Before call number `k`, counted from 1.
  static Once at(int k, Runnable deed) {
    return new Once(k, deed);
  }

  static DynamoDbClient before(DynamoDbClient client, Hook hook) {
    return Faults.failing(
        call -> {
          hook.before(call);
          return false;
        },
        () -> new IllegalStateException("no call fails here"),
        client);
  }
}
