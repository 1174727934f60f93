package dev.rollcall.local.queue;

import dev.rollcall.local.queue.QueuedMessage.Custody;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All queues, behind one lock: what is told of them is true of one moment, and a message that
/// moves to a dead-letter queue is never in none or in both.
final class Queues {
  private final InstantSource clock;
  private final @Nullable Journal journal;
  private final Map<String, MessageQueue> byUrl = new HashMap<>();
  private final Map<String, MessageQueue> byName = new LinkedHashMap<>();
  private final Set<String> deadLetters;
  private final Map<String, Integer> eventSources = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// Queues with the messages that `journal` has for them; null keeps messages in memory alone.
  Queues(InstantSource clock, List<QueueSpec> specs, @Nullable Journal journal) {
    this.clock = clock;
    this.journal = journal;
    for (var spec : specs) {
      var queue = new MessageQueue(spec, journal);
      byUrl.put(spec.url(), queue);
      if (byName.put(spec.name(), queue) != null) {
        throw new IllegalArgumentException("two queues are called " + spec.name());
      }
    }
    deadLetters =
        specs.stream()
            .flatMap(spec -> Optional.ofNullable(spec.deadLetter()).stream())
            .collect(Collectors.toUnmodifiableSet());
    for (var name : deadLetters) {
      var target = byName.get(name);
      if (target == null) {
        throw new IllegalArgumentException("no queue is called " + name);
      }
      if (target.spec().deadLetter() != null) {
        throw new IllegalArgumentException(name + " is a dead-letter queue and cannot have one");
      }
    }
    if (journal != null) {
      for (var kept : journal.kept()) {
        named(kept.queue()).restore(kept.message());
      }
    }
  }

  /// Keeps no more of what happens.
  void close() {
    if (journal != null) {
      locked(() -> {
        journal.close();
        return true;
      });
    }
  }

  /// The queue at this address.
  ///
  /// @throws software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException when there is
  ///   none
  MessageQueue at(String url) {
    return Optional.ofNullable(byUrl.get(url)).orElseThrow(Refusal::unknownQueue);
  }

  /// The queue of this name.
  ///
  /// @throws software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException when there is
  ///   none
  MessageQueue named(String name) {
    return Optional.ofNullable(byName.get(name)).orElseThrow(Refusal::unknownQueue);
  }

  /// Does something to the queue at `url` while nobody else does anything to any, and wakes who
  /// waits for a change.
  <T> T change(String url, BiFunction<MessageQueue, Instant, T> change) {
    var queue = at(url);
    return changing(() -> change.apply(queue, clock.instant()));
  }

  /// Receives from `queue`; the lock must be held.
  List<QueuedMessage> receive(MessageQueue queue, int max, Custody by, Duration visibility) {
    return queue.receive(
        max,
        by,
        clock.instant(),
        visibility,
        dead -> deadLetterOf(queue).ifPresent(target -> target.put(dead)));
  }

  private Optional<MessageQueue> deadLetterOf(MessageQueue queue) {
    return Optional.ofNullable(queue.spec().deadLetter()).map(this::named);
  }

  /// Waits until `name` has something for an event source, and gives it into its custody, at most
  /// `max` messages. Empty when all there was went to the dead-letter queue.
  List<QueuedMessage> lease(String name, int max) throws InterruptedException {
    var queue = named(name);
    lock.lockInterruptibly();
    try {
      awaitVisible(queue, Long.MAX_VALUE);
      var leased = receive(queue, max, Custody.EVENT_SOURCE, queue.spec().visibility());
      if (!leased.isEmpty()) {
        queue.countCalls(1);
      }
      changed.signalAll();
      return leased;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the custody of an event source, of all messages at once: those handled are deleted, the
  /// others retried.
  void settle(String name, List<Receipt> handled, List<Receipt> failed) {
    var queue = named(name);
    changing(() -> {
      handled.forEach(queue::delete);
      failed.forEach(queue::release);
      queue.countCalls(-1);
      return true;
    });
  }

  /// Notes one event source more (1) or less (-1) on a queue.
  void countEventSources(String name, int difference) {
    var queue = named(name);
    changing(() -> eventSources.merge(queue.spec().name(), difference, Integer::sum));
  }

  void clockMoved() {
    changing(() -> true);
  }

  boolean awaitMessage(String name, Duration timeout) throws InterruptedException {
    var queue = named(name);
    lock.lockInterruptibly();
    try {
      return awaitVisible(queue, TimeUnit.NANOSECONDS.convert(timeout));
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitVisible(MessageQueue queue, long nanos) throws InterruptedException {
    long left = nanos;
    while (!queue.hasVisible(clock.instant())) {
      if (left <= 0) {
        return false;
      }
      long step = Math.min(left, untilNext(queue));
      left -= step - changed.awaitNanos(step);
    }
    return true;
  }

  /// The nanoseconds until a hidden message becomes visible if the clock only goes on by itself. At
  /// least a millisecond, so that nobody turns in circles on a clock that stands still.
  private long untilNext(MessageQueue queue) {
    var now = clock.instant();
    return queue
        .nextVisibleAt(now)
        .map(next -> TimeUnit.NANOSECONDS.convert(Duration.between(now, next)))
        .map(nanos -> Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1)))
        .orElse(Long.MAX_VALUE);
  }

  int makeRetriesVisible(String name) {
    var queue = named(name);
    return changing(() -> queue.makeRetriesVisible(clock.instant()));
  }

  boolean quiet(String name) {
    var queue = named(name);
    return locked(() -> queue.quiet(clock.instant()));
  }

  boolean quiet() {
    return locked(this::quietNow);
  }

  boolean awaitQuiet(Duration timeout) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.NANOSECONDS.convert(timeout);
      while (!quietNow()) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean quietNow() {
    var now = clock.instant();
    return worked().allMatch(queue -> queue.quiet(now));
  }

  Optional<Instant> nextVisibleAt() {
    return locked(() -> {
      var now = clock.instant();
      return worked().flatMap(queue -> queue.nextVisibleAt(now).stream()).min(Instant::compareTo);
    });
  }

  /// The queues whose messages are work to be done: all but the dead-letter queues that nobody
  /// takes from.
  private Stream<MessageQueue> worked() {
    return byName.values().stream()
        .filter(queue -> {
          var name = queue.spec().name();
          return !deadLetters.contains(name) || eventSources.getOrDefault(name, 0) > 0;
        });
  }

  private <T> T changing(Supplier<T> change) {
    return locked(() -> {
      var result = change.get();
      changed.signalAll();
      return result;
    });
  }

  private <T> T locked(Supplier<T> body) {
    lock.lock();
    try {
      return body.get();
    } finally {
      lock.unlock();
    }
  }
}
