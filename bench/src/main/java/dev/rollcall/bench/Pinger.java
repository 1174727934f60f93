package dev.rollcall.bench;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.ping.PingFunction;
import dev.rollcall.testing.HttpEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Jobs that succeed at a steady rate. Each ping has its instant, whether or not those before it
/// are answered, and what it takes counts from then: a ping that had to queue has waited.
final class Pinger implements AutoCloseable {
  /// One after the other, before the rest come at their rate whether they are answered or not.
  private static final int WARM_UP = 1000;

  private final PingFunction function;
  private final List<CheckId> checks;
  private final ExecutorService pings = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final Thread clock;
  private volatile boolean stopping;

  private Pinger(PingFunction function, List<CheckId> checks, int perSecond) {
    this.function = function;
    this.checks = checks;
    clock = Thread.ofPlatform().daemon().unstarted(() -> tick(perSecond));
  }

  /// How the pings were answered.
  record Count(long accepted, long refused) {}

  static Pinger start(PingFunction function, List<CheckId> checks, int perSecond) {
    var pinger = new Pinger(function, checks, perSecond);
    for (int ping = 0; ping < WARM_UP; ping++) {
      pinger.ping(System.nanoTime());
    }
    pinger.clock.start();
    return pinger;
  }

  /// What pings took since the last question, in milliseconds.
  List<Double> samples() {
    var taken = new ArrayList<Double>();
    for (var next = millis.poll(); next != null; next = millis.poll()) {
      taken.add(next);
    }
    return taken;
  }

  /// Sends no more, and waits for the answers.
  Count stopped() throws InterruptedException {
    stopping = true;
    clock.join();
    pings.close();
    return new Count(accepted.get(), refused.get());
  }

  @Override
  public void close() {
    stopping = true;
    pings.close();
  }

  private void tick(int perSecond) {
    var begun = System.nanoTime();
    for (long number = 1; !stopping; number++) {
      var due = begun + number * TimeUnit.SECONDS.toNanos(1) / perSecond;
      for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      pings.execute(() -> ping(due));
    }
  }

  private void ping(long due) {
    var check = checks.get(ThreadLocalRandom.current().nextInt(checks.size()));
    var answer = new ByteArrayOutputStream(512);
    function.handleRequest(HttpEvent.get("/ping/" + check).json(), answer, null);
    var isAccepted = answer.toString(StandardCharsets.UTF_8).startsWith("{\"statusCode\":20");
    (isAccepted ? accepted : refused).incrementAndGet();
    millis.add((System.nanoTime() - due) / 1e6);
  }
}
