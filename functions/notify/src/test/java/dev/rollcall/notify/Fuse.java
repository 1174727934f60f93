package dev.rollcall.notify;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/// Breaks everything at one moment: the call with a given number has its effect or not, its answer
/// is lost, and no later call arrives, as when the process dies.
final class Fuse {
  private final AtomicInteger calls = new AtomicInteger();
  private final int last;
  private final boolean takesEffect;

  /// @param last the number of the fatal call, from 1 on
  /// @param takesEffect whether it is carried out
  Fuse(int last, boolean takesEffect) {
    this.last = last;
    this.takesEffect = takesEffect;
  }

  static final class Blown extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  boolean isBlown() {
    return calls.get() >= last;
  }

  <C> C guard(Class<C> type, C client) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              var call = calls.incrementAndGet();
              if (call > last || (call == last && !takesEffect)) {
                throw new Blown();
              }
              try {
                var answer = method.invoke(client, arguments);
                if (call == last) {
                  throw new Blown();
                }
                return answer;
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            }));
  }
}
