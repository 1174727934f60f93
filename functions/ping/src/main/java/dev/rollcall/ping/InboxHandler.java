package dev.rollcall.ping;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.rollcall.edge.Gate;
import dev.rollcall.edge.Metrics;
import dev.rollcall.edge.Settings;
import dev.rollcall.edge.queue.Batch;
import dev.rollcall.edge.queue.Messages;
import dev.rollcall.edge.queue.SqsEvent;
import dev.rollcall.edge.queue.SqsEvent.Received;
import dev.rollcall.store.WaitingPing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Takes the pings that had to wait, as if they came when they did: those that the messages of its
/// queue are, and those of the log table, when a message asks for them.
public final class InboxHandler implements RequestStreamHandler {
  private static final Logger LOG = System.getLogger(InboxHandler.class.getName());

  private final Pings pings;
  private final Drain drain;
  private final Metrics metrics;
  private final InstantSource clock;

  /// @param letters reads the mails among them
  public InboxHandler(
      Settings settings,
      DynamoDbClient dynamo,
      SqsClient sqs,
      Letters letters,
      InstantSource clock) {
    var gate = new Gate(dynamo, settings, clock);
    pings = PingWiring.pings(settings, dynamo, sqs, letters, gate);
    drain = PingWiring.drain(settings, dynamo, sqs, pings, gate, clock);
    metrics = Metrics.of(settings, clock);
    this.clock = clock;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, @Nullable Context context)
      throws IOException {
    var until = clock.instant().plus(Drain.LONGEST);
    var batch = new Batch();
    var waited = new Waited();
    var drains = new TreeMap<Integer, List<Received>>();
    for (var message : SqsEvent.read(event).messages()) {
      Messages.drain(message.body())
          .ifPresentOrElse(
              asked -> drains.computeIfAbsent(asked.shard(), _ -> new ArrayList<>()).add(message),
              () -> take(message, batch, waited));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      drains.forEach(
          (shard, messages) -> threads.execute(() -> drain(shard, messages, batch, until, waited)));
    }
    waited
        .oldest()
        .ifPresent(
            arrived -> metrics.drained(Duration.between(arrived, clock.instant()), waited.pings()));
    answer.write(batch.answer());
  }

  private void take(Received message, Batch batch, Waited waited) {
    WaitingPing waiting;
    try {
      waiting = Inbox.read(message.body());
    } catch (RuntimeException malformed) {
      LOG.log(Level.WARNING, "no ping: {0}", malformed.getClass().getSimpleName());
      batch.unfit(message.id());
      return;
    }
    try {
      var _ = pings.take(Inbox.request(waiting), waiting.arrivedAt());
      waited.add(waiting.arrivedAt());
      batch.done(message.id());
    } catch (RuntimeException stillNot) {
      LOG.log(Level.WARNING, "ping still waits: {0}", stillNot.getClass().getSimpleName());
      if (stillNot instanceof NotReadable) {
        batch.unfit(message.id());
      } else {
        batch.failed(message.id(), stillNot);
      }
    }
  }

  /// A drain that fails comes again once, by which it is known to have failed; then it is done
  /// with. As long as a ping waits, each tick asks for another, and they must not pile up.
  private void drain(
      int shard, List<Received> messages, Batch batch, Instant until, Waited waited) {
    try {
      drain.shard(shard, until, waited);
      messages.forEach(message -> batch.done(message.id()));
    } catch (RuntimeException failure) {
      LOG.log(Level.WARNING, "inbox not drained: {0}", failure.getClass().getSimpleName());
      messages.stream()
          .filter(message -> message.receiveCount() == 1)
          .forEach(message -> batch.failed(message.id(), failure));
    }
  }
}
