package dev.rollcall.testing.contract;

import static dev.rollcall.testing.CheckBuilder.aCheck;
import static dev.rollcall.testing.Moments.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.check.Signal;
import dev.rollcall.core.check.Status;
import dev.rollcall.store.CheckItem;
import dev.rollcall.store.CheckStore;
import dev.rollcall.store.Counted;
import dev.rollcall.store.Saved;
import dev.rollcall.testing.TablesInMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many who ping one check at once, one who sweeps it and one who tells its flips.
@Timeout(120)
class RaceTest {
  private static final TablesInMemory TABLES = new TablesInMemory();
  private static final int PINGERS = 16;
  private static final int PINGS = 50;

  private final StoreContract raw = new StoreContract(TABLES) {};
  private final CheckStore store = raw.stores.checks();
  private final CheckId id =
      aCheck()
          .every(Duration.ofSeconds(2))
          .grace(Duration.ofSeconds(1))
          .storedIn(raw.stores.catalog())
          .check()
          .id();

  /// Goes on by 50 ms with every look at it, and now and then by more than the check can bear.
  private final AtomicLong looks = new AtomicLong();

  private final Queue<Flip> saved = new ConcurrentLinkedQueue<>();
  private final Queue<Flip> told = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicBoolean everybodyStopped = new AtomicBoolean();

  @AfterAll
  static void close() {
    TABLES.close();
  }

  @Test
  void lose_no_ping_and_no_flip() throws Exception {
    var start = new CyclicBarrier(PINGERS + 2);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var sweeper = threads.submit(after(start, this::sweep));
      var teller = threads.submit(after(start, this::tell));
      var pingers = new ArrayList<Future<?>>();
      for (int pinger = 0; pinger < PINGERS; pinger++) {
        var number = pinger;
        pingers.add(threads.submit(after(start, () -> ping(number))));
      }
      try {
        for (var pinger : pingers) {
          pinger.get(100, TimeUnit.SECONDS);
        }
        over.set(true);
        sweeper.get(5, TimeUnit.SECONDS);
      } finally {
        over.set(true);
        everybodyStopped.set(true);
      }
      teller.get(5, TimeUnit.SECONDS);
    }
    var end = raw.stored(id);
    assertThat(end.check().pings()).isEqualTo(PINGERS * PINGS);
    assertThat(end.untold()).isEmpty();
    var flips = inOrder(saved);
    assertThat(flips).hasSizeGreaterThan(20).isEqualTo(inOrder(told));
    assertThat(flips)
        .extracting(Flip::number)
        .isEqualTo(LongStream.rangeClosed(1, end.check().flips()).boxed().toList());
    var status = Status.NEW;
    for (var flip : flips) {
      assertThat(flip.from()).as(flip.toString()).isEqualTo(status);
      status = flip.to();
    }
    assertThat(end.check().state().status()).isEqualTo(status);
  }

  private void ping(int pinger) {
    IntStream.range(0, PINGS)
        .forEach(number -> {
          var request = pinger + "/" + number;
          var now = now();
          switch ((pinger + number) % 5) {
            case 0 -> hear(raw.stored(id), new Signal.Failure(null), request, now);
            case 1 -> hear(raw.stored(id), new Signal.Start(null), request, now);
            default -> {
              switch (store.countSuccess(id, now, request)) {
                case Counted.Undecided(var item) ->
                    hear(item, new Signal.Success(null), request, now);
                case Counted.Healthy _ -> {}
                case Counted.Unknown _ -> throw new AssertionError("the check is gone");
              }
            }
          }
        });
  }

  private void hear(CheckItem item, Signal signal, String request, Instant now) {
    keep(store.save(item, request, now, check -> check.hear(signal, now)));
  }

  private void sweep() {
    while (!over.get()) {
      var now = now();
      for (int shard = 0; shard < store.shards(); shard++) {
        for (var due : store.due(shard, now, 10)) {
          keep(store.save(raw.stored(due.check()), now, check -> check.sweep(now)));
        }
      }
    }
  }

  /// Looks once more after everybody else has stopped.
  private void tell() {
    boolean last;
    do {
      last = everybodyStopped.get();
      for (var flip : raw.stored(id).untold()) {
        told.add(flip);
        store.told(id, flip.number());
      }
    } while (!last);
  }

  private void keep(Saved answer) {
    saved.addAll(StoreContract.done(answer).flips());
  }

  private Instant now() {
    var look = looks.incrementAndGet();
    return NOON.plusMillis(50 * look + look / 100 * 5000);
  }

  private static Callable<Void> after(CyclicBarrier start, Runnable work) {
    return () -> {
      start.await(10, TimeUnit.SECONDS);
      work.run();
      return null;
    };
  }

  private static List<Flip> inOrder(Queue<Flip> flips) {
    return flips.stream().sorted(Comparator.comparingLong(Flip::number)).toList();
  }
}
