package dev.rollcall.ping;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.rollcall.edge.AwsClients;
import dev.rollcall.edge.Priming;
import dev.rollcall.edge.Settings;
import dev.rollcall.edge.http.HttpEvents;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The function behind the ping URLs.
public final class PingFunction implements RequestStreamHandler {

  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

  /// Pings that nobody hears: ids and ping keys are random, and these are not. While no table
  /// answers, they may come to wait in the inbox, and nobody hears them there.
  private static final List<Priming.Request> UNHEARD =
      Stream.of("", "/start", "/fail", "/log", "/1", "/nightly-backup")
          .map(rest -> unheard(NOBODY + rest))
          .toList();

  private final PingFront front;

  @SuppressWarnings("unused") // kept, or it would be collected before it is called
  private final @Nullable Priming priming;

  /// As the environment says.
  public PingFunction() {
    front =
        PingWiring.front(
            Settings.fromEnvironment(),
            AwsClients.dynamoDb(),
            AwsClients.sqs(),
            InstantSource.system());
    priming = Priming.of((event, answer) -> handleRequest(event, answer, null), UNHEARD);
  }

  public PingFunction(
      Settings settings, DynamoDbClient dynamo, SqsClient sqs, InstantSource clock) {
    front = PingWiring.front(settings, dynamo, sqs, clock);
    priming = null;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, @Nullable Context context) {
    HttpEvents.write(front.answer(HttpEvents.read(event)), answer);
  }

  private static Priming.Request unheard(String ping) {
    return new Priming.Request(
        "POST",
        "/ping/" + ping,
        Map.of("user-agent", "curl/8.5.0", "x-forwarded-proto", "https"),
        "done",
        404);
  }
}
