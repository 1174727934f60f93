package dev.rollcall.ping;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.rollcall.edge.Gate;
import dev.rollcall.edge.Settings;
import dev.rollcall.edge.queue.Messages;
import dev.rollcall.edge.queue.SqsEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.TreeSet;
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
    this.clock = clock;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, @Nullable Context context)
      throws IOException {
    var until = clock.instant().plus(Drain.LONGEST);
    var failed = new ArrayList<String>();
    var shards = new TreeSet<Integer>();
    for (var message : SqsEvent.read(event).messages()) {
      var asked = Messages.drain(message.body());
      if (asked.isPresent()) {
        shards.add(asked.get().shard());
        continue;
      }
      try {
        var waiting = Inbox.read(message.body());
        var _ = pings.take(Inbox.request(waiting), waiting.arrivedAt());
      } catch (RuntimeException stillNot) {
        LOG.log(Level.WARNING, "ping still waits: {0}", stillNot.getClass().getSimpleName());
        failed.add(message.id());
      }
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      shards.forEach(shard -> threads.execute(() -> drain(shard, until)));
    }
    answer.write(SqsEvent.failures(failed));
  }

  /// A drain that fails is asked for again by the next tick, as long as a ping waits.
  private void drain(int shard, Instant until) {
    try {
      drain.shard(shard, until);
    } catch (RuntimeException failure) {
      LOG.log(Level.WARNING, "inbox not drained: {0}", failure.getClass().getSimpleName());
    }
  }
}
