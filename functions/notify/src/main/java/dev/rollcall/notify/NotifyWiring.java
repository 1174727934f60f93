package dev.rollcall.notify;

import dev.rollcall.core.project.Site;
import dev.rollcall.edge.AwsClients;
import dev.rollcall.edge.Gate;
import dev.rollcall.edge.Metrics;
import dev.rollcall.edge.Settings;
import dev.rollcall.edge.queue.SqsQueue;
import dev.rollcall.store.Stores;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import org.springframework.cloud.function.context.FunctionRegistration;
import org.springframework.cloud.function.context.catalog.FunctionTypeUtils;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// What the notify function is made of.
public final class NotifyWiring
    implements ApplicationContextInitializer<GenericApplicationContext> {

  /// One patient try: a second one after a lost answer would be a second mail, and the queue tries
  /// again anyway.
  private static final Duration MAIL_TIMEOUT = Duration.ofSeconds(10);

  @Override
  public void initialize(GenericApplicationContext context) {
    context.registerBean(
        "notify",
        FunctionRegistration.class,
        () ->
            new FunctionRegistration<>(
                    handler(
                        Settings.fromEnvironment(),
                        AwsClients.dynamoDb(),
                        AwsClients.sqs(),
                        ses(),
                        InstantSource.system()))
                .type(FunctionTypeUtils.functionType(InputStream.class, byte[].class)));
  }

  /// The function, on these clients: takes an SQS event from the queue `flips` or `deliveries`,
  /// answers which of its messages go back; or an SNS event with what SES says of a mail.
  public static Function<InputStream, byte[]> handler(
      Settings settings, DynamoDbClient dynamo, SqsClient sqs, SesClient ses, InstantSource clock) {
    var tables = settings.tables();
    var gate = new Gate(dynamo, settings, clock);
    var stores = Stores.of(dynamo, tables, gate.view());
    var log = stores.log();
    var integrations = stores.integrations();
    var queue = new SqsQueue(sqs, settings.queueUrl("deliveries"));
    var metrics = Metrics.of(settings, clock);
    var site = new Site(settings.siteRoot(), settings.pingEndpoint());
    return new NotifyHandler(
        new Briefing.Stores(stores.catalog(), log, integrations, stores.projects()),
        new FanOut(stores.checks(), log, stores.agendas(), queue, metrics),
        new Deliveries(
            log,
            stores.agendas(),
            new Telling(
                new Ledger(log),
                integrations,
                new Alerts(log, site),
                courier(settings, ses, clock, metrics),
                Patience.USUAL,
                metrics,
                clock),
            queue,
            clock),
        new Returns(integrations, log, site, settings.mailConfigurationSet(), metrics, clock),
        new Pause(gate, queue),
        clock);
  }

  private static Courier courier(
      Settings settings, SesClient ses, InstantSource clock, Metrics metrics) {
    var policy = settings.allowPrivateAddresses() ? AddressPolicy.ANY : AddressPolicy.PUBLIC;
    var dns = new CheckedDns(InetAddress::getAllByName, policy);
    return new Courier(
        new WebCourier(dns, WebCourier.Limits.USUAL, clock),
        new MailCourier(ses, settings.mailFrom(), settings.mailConfigurationSet(), clock, metrics));
  }

  private static SesClient ses() {
    return AwsClients.configure(SesClient.builder())
        .overrideConfiguration(overrides ->
            overrides
                .apiCallAttemptTimeout(MAIL_TIMEOUT)
                .apiCallTimeout(MAIL_TIMEOUT)
                .retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }
}
