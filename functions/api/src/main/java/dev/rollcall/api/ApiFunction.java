package dev.rollcall.api;

import com.amazonaws.services.lambda.runtime.Context;
import dev.rollcall.edge.FunctionLog;
import dev.rollcall.edge.Priming;
import dev.rollcall.edge.Settings;
import dev.rollcall.edge.http.TrustedProxy;
import dev.rollcall.store.RehearsedTables;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.function.adapter.aws.FunctionInvoker;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The Lambda function: starts Spring with [ApiWiring] and nothing else.
public final class ApiFunction extends FunctionInvoker {

  private static final Map<String, String> NOBODY =
      Map.of("x-api-key", RehearsedTables.API_KEY, "accept-encoding", "gzip");

  static {
    FunctionLog.begin();
    // How the adapter is told where to start. It is read in the constructor of FunctionInvoker.
    System.setProperty("MAIN_CLASS", ApiWiring.class.getName());
  }

  /// Requests that change nothing and show no key, since wrong ones are counted: the badge is
  /// nobody's, real ones being random.
  private static final List<Priming.Request> HARMLESS =
      List.of(
          new Priming.Request("GET", "/api/v3/status/", Map.of(), "", 200),
          new Priming.Request(
              "GET", "/b/2/00000000-0000-0000-0000-000000000000.svg", Map.of(), "", 404),
          new Priming.Request(
              "POST",
              "/api/rollcall/v1/schedules/preview",
              Map.of(),
              "{\"schedule\": \"0 4 * * 1-5\", \"tz\": \"Europe/Berlin\"}",
              200));

  /// Requests that a rehearsed project answers.
  static final List<Priming.Request> REHEARSED =
      Stream.of("", RehearsedTables.CHECK.toString(), RehearsedTables.CHECK + "/flips/")
          .map(path -> new Priming.Request("GET", "/api/v3/checks/" + path, NOBODY, "", 200))
          .toList();

  @SuppressWarnings("unused") // kept, or it would be collected before it is called
  private final Priming priming;

  public ApiFunction() {
    super(ApiWiring.FUNCTION);
    var settings = Settings.fromEnvironment();
    var proxy = new TrustedProxy(settings.originKey());
    priming =
        Priming.of((event, answer) -> handleRequest(event, answer, null), by(proxy, HARMLESS))
            .rehearsing(
                settings.tables(),
                (dynamo, sqs) -> rehearsed(settings, dynamo, sqs),
                by(proxy, REHEARSED));
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, @Nullable Context context)
      throws IOException {
    FunctionLog.during(
        context == null ? null : context.getAwsRequestId(),
        () -> super.handleRequest(event, answer, context));
  }

  private static List<Priming.Request> by(TrustedProxy proxy, List<Priming.Request> requests) {
    return requests.stream().map(request -> request.with(proxy.headers())).toList();
  }

  /// Without Spring, which has its share in the requests that are not rehearsed.
  static Priming.Handler rehearsed(Settings settings, DynamoDbClient dynamo, SqsClient sqs) {
    var api = ApiWiring.handler(settings, dynamo, sqs, InstantSource.system());
    return (event, answer) -> answer.write(api.apply(event));
  }
}
