package dev.rollcall.ping;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.rollcall.edge.AwsClients;
import dev.rollcall.edge.FunctionLog;
import dev.rollcall.edge.Priming;
import dev.rollcall.edge.Settings;
import dev.rollcall.edge.http.HttpEvents;
import dev.rollcall.edge.http.TrustedProxy;
import dev.rollcall.store.RehearsedTables;
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
          .map(rest -> ping("POST", NOBODY + rest, "done", 404))
          .toList();

  /// Pings that a rehearsed check hears, one of them with a body that is worth compressing.
  static final List<Priming.Request> HEARD =
      List.of(
          ping("GET", RehearsedTables.CHECK.toString(), "", 200),
          ping("POST", RehearsedTables.CHECK + "/0", "copied 512 files\n".repeat(50), 200),
          ping("POST", RehearsedTables.CHECK + "/start", "", 200),
          ping("POST", RehearsedTables.CHECK + "/fail", "disk full", 200),
          ping("POST", RehearsedTables.CHECK + "/log", "half way", 200));

  private final PingFront front;
  private final TrustedProxy proxy;

  @SuppressWarnings("unused") // kept, or it would be collected before it is called
  private final @Nullable Priming priming;

  /// As the environment says.
  public PingFunction() {
    var settings = Settings.fromEnvironment();
    proxy = new TrustedProxy(settings.originKey());
    front =
        PingWiring.front(
            settings,
            AwsClients.dynamoDb(),
            AwsClients.sqs(),
            Letters.NONE,
            InstantSource.system());
    priming =
        Priming.of(this::handle, UNHEARD)
            .rehearsing(
                settings.tables(),
                (dynamo, sqs) ->
                    new PingFunction(settings, dynamo, sqs, InstantSource.system())::handle,
                HEARD);
  }

  public PingFunction(
      Settings settings, DynamoDbClient dynamo, SqsClient sqs, InstantSource clock) {
    proxy = new TrustedProxy(settings.originKey());
    front = PingWiring.front(settings, dynamo, sqs, Letters.NONE, clock);
    priming = null;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, @Nullable Context context) {
    FunctionLog.during(
        context == null ? null : context.getAwsRequestId(), () -> handle(event, answer));
  }

  private void handle(InputStream event, OutputStream answer) {
    HttpEvents.write(
        HttpEvents.answer(event, request -> front.answer(proxy.unwrapped(request))), answer);
  }

  private static Priming.Request ping(String method, String target, String body, int status) {
    return new Priming.Request(
        method,
        "/ping/" + target,
        Map.of(
            "accept", "*/*",
            "host", "rollcall.example.org",
            "user-agent", "curl/8.5.0",
            "x-forwarded-for", "192.0.2.1",
            "x-forwarded-proto", "https"),
        body,
        status);
  }
}
