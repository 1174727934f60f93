package dev.rollcall.local;

import dev.rollcall.edge.queue.SqsEvent;
import dev.rollcall.local.clock.VirtualClock;
import dev.rollcall.local.queue.EventSource;
import dev.rollcall.local.queue.QueueSpec;
import dev.rollcall.local.queue.VirtualSqs;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What runs behind the front: the queues with their functions, and the tick of every minute.
///
/// Without a timer nothing happens that time brings: neither the tick nor the messages that wait on
/// the `due` queue. Then only [#sweepToTheEnd] does both.
final class Work implements AutoCloseable {
  static final String FLIPS = "flips";
  static final String DUE = "due";
  static final String DELIVERIES = "deliveries";
  static final String INBOX = "inbox";

  private static final String DEAD = "-dead";

  /// How long a queue's calls have to end. What they do not end is done again after the next start.
  private static final Duration GRACE = Duration.ofMillis(250);

  private static final Duration LONGEST_SWEEP = Duration.ofMinutes(5);
  private static final byte[] TICK =
      """
      {"version": "0", "source": "rollcall.local", "detail-type": "Scheduled Event", "detail": {}}
      """
          .getBytes(StandardCharsets.UTF_8);

  private final VirtualSqs sqs;
  private final VirtualClock clock;
  private final Function<InputStream, byte[]> sweep;
  private final List<EventSource> sources = new ArrayList<>();
  private final boolean timer;
  private final LongAdder flips = new LongAdder();
  private final LongAdder notifications = new LongAdder();
  private final ReentrantLock sweeping = new ReentrantLock();
  private final Thread ticking;
  private volatile boolean stopped;

  /// What a sweep brought about.
  record Done(long flips, long notifications) {}

  /// The queues as the template makes them: visibility well above the functions' time-outs, and a
  /// dead-letter queue each.
  static List<QueueSpec> queues() {
    var specs = new ArrayList<QueueSpec>();
    specs.add(queue(FLIPS, 10));
    specs.add(queue(DUE, 5));
    specs.add(queue(DELIVERIES, 100));
    specs.add(queue(INBOX, 1000));
    for (var name : List.of(FLIPS, DUE, DELIVERIES, INBOX)) {
      specs.add(new QueueSpec(name + DEAD, Duration.ofSeconds(30), 1000, null));
    }
    return specs;
  }

  Work(
      VirtualSqs sqs,
      VirtualClock clock,
      boolean timer,
      Function<InputStream, byte[]> sweep,
      Function<InputStream, byte[]> notify,
      Function<InputStream, byte[]> inbox) {
    this.sqs = sqs;
    this.clock = clock;
    this.sweep = sweep;
    this.timer = timer;
    sources.add(EventSource.start(sqs, FLIPS, 10, 4, counting(notify, flips)));
    sources.add(EventSource.start(sqs, DELIVERIES, 10, 32, counting(notify, notifications)));
    sources.add(EventSource.start(sqs, INBOX, 10, 1, bytes(inbox)));
    if (timer) {
      sources.add(dueSource());
    }
    ticking = Thread.ofVirtual().name("tick").unstarted(this::tickEveryMinute);
    clock.onAdvance(this::wakeTicking);
    if (timer) {
      ticking.start();
    }
  }

  /// One sweep, and everything that it sets off, retries included, to the end.
  Done sweepToTheEnd() {
    var flipsBefore = flips.sum();
    var notificationsBefore = notifications.sum();
    var due = timer ? null : dueSource();
    try {
      settle();
      sweepOnce();
      settle();
    } finally {
      if (due != null) {
        due.close();
      }
    }
    return new Done(flips.sum() - flipsBefore, notifications.sum() - notificationsBefore);
  }

  @Override
  public void close() {
    stopped = true;
    wakeTicking();
    sources.forEach(source -> source.close(GRACE));
  }

  /// One at a time: a sweep that finds everything done while another has yet to send what follows
  /// would end before it has happened.
  private void sweepOnce() {
    sweeping.lock();
    try {
      var _ = sweep.apply(new ByteArrayInputStream(TICK));
    } finally {
      sweeping.unlock();
    }
  }

  private void settle() {
    try {
      do {
        if (!sqs.awaitQuiet(LONGEST_SWEEP)) {
          throw new IllegalStateException("still busy after " + LONGEST_SWEEP);
        }
      } while (sqs.makeRetriesVisible(DELIVERIES) + sqs.makeRetriesVisible(FLIPS) > 0);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopping);
    }
  }

  private EventSource dueSource() {
    return EventSource.start(sqs, DUE, 10, 8, bytes(sweep));
  }

  private void tickEveryMinute() {
    @Nullable Instant last = null;
    while (!stopped) {
      var minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
      if (!minute.equals(last)) {
        last = minute;
        tick();
      }
      awaitNextMinute(minute);
    }
  }

  private void tick() {
    try {
      sweepOnce();
    } catch (RuntimeException failure) {
      System.getLogger(Work.class.getName())
          .log(
              System.Logger.Level.ERROR, "a sweep failed; the next one comes in a minute", failure);
    }
  }

  private synchronized void awaitNextMinute(Instant minute) {
    while (!stopped) {
      var left = Duration.between(clock.instant(), minute.plus(1, ChronoUnit.MINUTES)).toMillis();
      if (left <= 0) {
        return;
      }
      try {
        wait(left);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private synchronized void wakeTicking() {
    notifyAll();
  }

  private static Function<byte[], byte[]> bytes(Function<InputStream, byte[]> function) {
    return event -> function.apply(new ByteArrayInputStream(event));
  }

  private static Function<byte[], byte[]> counting(
      Function<InputStream, byte[]> function, LongAdder count) {
    return event -> {
      var answer = function.apply(new ByteArrayInputStream(event));
      count.add(SqsEvent.read(new ByteArrayInputStream(event)).messages().size());
      return answer;
    };
  }

  private static QueueSpec queue(String name, int maxReceives) {
    return new QueueSpec(name, Duration.ofSeconds(90), maxReceives, name + DEAD);
  }
}
