package dev.rollcall.local.queue;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.model.Message;

/// Plays Lambda's event source mapping for one queue, with `ReportBatchItemFailures`: takes
/// messages as they become visible, calls a function with them, deletes those that it handled, and
/// leaves the others to their visibility time-out. A function that throws, or whose answer is
/// malformed, has handled none of its batch.
///
/// Each call runs in a virtual thread of its own. A message is in flight until its call returns,
/// however far the clock jumps meanwhile.
public final class EventSource implements AutoCloseable {
  private static final Logger LOG = System.getLogger(EventSource.class.getName());
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Queues queues;
  private final String queue;
  private final String arn;
  private final int batchSize;
  private final Semaphore slots;
  private final Function<byte[], byte[]> handler;
  private final ExecutorService calls;
  private final Thread taker;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EventSource(
      VirtualSqs sqs,
      String queue,
      int batchSize,
      int concurrency,
      Function<byte[], byte[]> handler) {
    if (batchSize < 1 || batchSize > Limits.MOST_IN_A_BATCH) {
      throw new IllegalArgumentException("a batch is 1 to 10 messages, not " + batchSize);
    }
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency is at least 1, not " + concurrency);
    }
    this.queues = sqs.queues();
    this.queue = queue;
    this.arn = queues.named(queue).spec().arn();
    this.batchSize = batchSize;
    this.slots = new Semaphore(concurrency);
    this.handler = handler;
    this.calls =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(queue + "-", 1).factory());
    this.taker = Thread.ofVirtual().name(queue + "-taker").unstarted(this::take);
  }

  /// Begins to take from `queue`.
  ///
  /// @param batchSize the most messages in one call, 1 to 10: what Lambda allows without a batching
  ///   window
  /// @param concurrency the most calls at a time, at least 1
  /// @param handler the function: from an SQS event to its answer, both UTF-8 JSON
  /// @throws software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException when there is no
  ///   such queue
  public static EventSource start(
      VirtualSqs sqs,
      String queue,
      int batchSize,
      int concurrency,
      Function<byte[], byte[]> handler) {
    var source = new EventSource(sqs, queue, batchSize, concurrency, handler);
    source.queues.countEventSources(queue, 1);
    source.taker.start();
    return source;
  }

  /// Whether nothing is left to do at this moment: no call is running, and no message waits to be
  /// taken.
  public boolean idle() {
    return queues.quiet(queue);
  }

  /// Stops taking, and waits up to 10 s for the calls that are running.
  @Override
  public void close() {
    close(GRACE);
  }

  /// Stops taking, and waits up to `grace` for the calls that are running. Then it interrupts them;
  /// what they had in hand is retried, should anybody take it.
  public void close(Duration grace) {
    taker.interrupt();
    try {
      taker.join();
      calls.shutdown();
      if (!calls.awaitTermination(TimeUnit.NANOSECONDS.convert(grace), TimeUnit.NANOSECONDS)) {
        calls.shutdownNow();
      }
    } catch (InterruptedException _) {
      calls.shutdownNow();
      Thread.currentThread().interrupt();
    }
    if (!closed.getAndSet(true)) {
      queues.countEventSources(queue, -1);
    }
  }

  private void take() {
    try {
      while (true) {
        slots.acquire();
        var leased = queues.lease(queue, batchSize);
        if (leased.isEmpty()) {
          slots.release();
        } else {
          var batch = leased.stream().map(message -> message.delivered(queue)).toList();
          calls.execute(() -> call(batch));
        }
      }
    } catch (InterruptedException _) {
      // Closed: a thread that waits holds no message.
    }
  }

  private void call(List<Message> batch) {
    var failed = batch.stream().map(Message::messageId).collect(Collectors.toSet());
    try {
      failed = SqsEvent.failures(handler.apply(SqsEvent.of(arn, batch)), batch);
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING, () -> "A batch of %d from %s failed".formatted(batch.size(), queue), e);
    } finally {
      settle(batch, failed);
      slots.release();
    }
  }

  private void settle(List<Message> batch, Set<String> failed) {
    var handled = new ArrayList<Receipt>();
    var retried = new ArrayList<Receipt>();
    for (var message : batch) {
      var receipt = Receipt.of(queue, message.receiptHandle());
      (failed.contains(message.messageId()) ? retried : handled).add(receipt);
    }
    queues.settle(queue, handled, retried);
  }
}
