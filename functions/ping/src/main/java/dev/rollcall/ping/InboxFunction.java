package dev.rollcall.ping;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.rollcall.edge.AwsClients;
import dev.rollcall.edge.Settings;
import dev.rollcall.edge.queue.SqsEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The function that takes the pings that had to wait, as if they came when they did.
public final class InboxFunction implements RequestStreamHandler {
  private static final Logger LOG = System.getLogger(InboxFunction.class.getName());

  private final Pings pings;

  public InboxFunction() {
    this(Settings.fromEnvironment(), AwsClients.dynamoDb(), AwsClients.sqs());
  }

  public InboxFunction(Settings settings, DynamoDbClient dynamo, SqsClient sqs) {
    pings = PingWiring.pings(settings, dynamo, sqs);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, @Nullable Context context)
      throws IOException {
    var failed = new ArrayList<String>();
    for (var message : SqsEvent.read(event).messages()) {
      try {
        var waiting = Inbox.read(message.body());
        var _ = pings.take(waiting.request(), waiting.arrivedAt());
      } catch (RuntimeException stillNot) {
        LOG.log(Level.WARNING, "ping still waits: {0}", stillNot.getClass().getSimpleName());
        failed.add(message.id());
      }
    }
    answer.write(SqsEvent.failures(failed));
  }
}
