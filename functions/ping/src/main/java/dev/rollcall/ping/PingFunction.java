package dev.rollcall.ping;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.rollcall.edge.AwsClients;
import dev.rollcall.edge.Settings;
import dev.rollcall.edge.http.HttpEvents;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The function behind the ping URLs.
public final class PingFunction implements RequestStreamHandler {
  private final PingFront front;

  public PingFunction() {
    this(
        Settings.fromEnvironment(),
        AwsClients.dynamoDb(),
        AwsClients.sqs(),
        InstantSource.system());
  }

  public PingFunction(
      Settings settings, DynamoDbClient dynamo, SqsClient sqs, InstantSource clock) {
    front = PingWiring.front(settings, dynamo, sqs, clock);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, @Nullable Context context) {
    HttpEvents.write(front.answer(HttpEvents.read(event)), answer);
  }
}
