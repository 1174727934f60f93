package dev.rollcall.api;

import dev.rollcall.core.project.Site;
import dev.rollcall.edge.AwsClients;
import dev.rollcall.edge.Gate;
import dev.rollcall.edge.Secrets;
import dev.rollcall.edge.Settings;
import dev.rollcall.edge.http.HttpEvents;
import dev.rollcall.edge.http.HttpRequest;
import dev.rollcall.edge.http.HttpResponse;
import dev.rollcall.edge.http.TrustedProxy;
import dev.rollcall.edge.queue.Hints;
import dev.rollcall.edge.queue.SqsQueue;
import dev.rollcall.migrate.engine.Report;
import dev.rollcall.store.RawItems;
import dev.rollcall.store.Stores;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.cloud.function.context.FunctionRegistration;
import org.springframework.cloud.function.context.catalog.FunctionTypeUtils;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Puts the function together.
public final class ApiWiring implements ApplicationContextInitializer<GenericApplicationContext> {

  /// The name of the function in Spring's catalog.
  static final String FUNCTION = "api";

  private final Supplier<Function<InputStream, byte[]>> function;

  /// As the environment says.
  public ApiWiring() {
    this(() ->
        handler(
            Settings.fromEnvironment(),
            AwsClients.dynamoDb(),
            AwsClients.sqs(),
            InstantSource.system()));
  }

  ApiWiring(Supplier<Function<InputStream, byte[]>> function) {
    this.function = function;
  }

  /// The function takes the event as a stream: only so does the adapter leave it alone. It would
  /// otherwise read it into a tree and write it, keys and all, to the log.
  @Override
  public void initialize(GenericApplicationContext context) {
    context.registerBean(
        FUNCTION,
        FunctionRegistration.class,
        () ->
            new FunctionRegistration<>(function.get(), FUNCTION)
                .type(FunctionTypeUtils.functionType(InputStream.class, byte[].class)));
  }

  static Function<InputStream, byte[]> answering(Function<HttpRequest, HttpResponse> api) {
    return event -> HttpEvents.write(HttpEvents.answer(event, api));
  }

  /// The API behind the proxy of the site, where there is one.
  private static Function<HttpRequest, HttpResponse> behind(
      TrustedProxy proxy, Api api, String siteRoot) {
    var elsewhere = Replies.write(new Problem.NotBySite(siteRoot));
    return request -> proxy.admits(request) ? api.handle(proxy.unwrapped(request)) : elsewhere;
  }

  /// The function, on these clients.
  public static Function<InputStream, byte[]> handler(
      Settings settings, DynamoDbClient dynamo, SqsClient sqs, InstantSource clock) {
    var proxy = new TrustedProxy(settings.originKey());
    return answering(behind(proxy, api(settings, dynamo, sqs, clock), settings.siteRoot()));
  }

  private static Api api(
      Settings settings, DynamoDbClient dynamo, SqsClient sqs, InstantSource clock) {
    var gate = new Gate(dynamo, settings, clock);
    return new Api(
        Stores.of(dynamo, settings.tables(), gate.view()),
        gate,
        () -> Report.in(new RawItems(dynamo, settings.tables())),
        new Site(settings.siteRoot(), settings.pingEndpoint()),
        settings.pingMailDomain(),
        new Hints(
            new SqsQueue(sqs, settings.queueUrl("flips")),
            new SqsQueue(sqs, settings.queueUrl("due"))),
        new SqsQueue(sqs, settings.queueUrl("deliveries")),
        Secrets.secure(),
        settings.metricsKey(),
        settings.authFailuresPerMinute(),
        clock);
  }
}
