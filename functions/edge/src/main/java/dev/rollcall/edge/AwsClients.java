package dev.rollcall.edge;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// AWS clients for a function: connections over the common runtime that all clients of the process
/// share, and for every call a time-out and a bounded number of tries.
public final class AwsClients {
  static {
    // Comes before all else here. The SDK logs by SLF4J, and a function without a framework has
    // nothing behind that: what the SDK has to say comes as exceptions, and nobody needs to read
    // at every start that it is mute.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
  }

  private static final int TRIES = 3;

  /// A try that takes longer has met a broken connection: healthy calls take milliseconds.
  private static final Duration TRY = Duration.ofMillis(900);

  private static final Duration CALL = Duration.ofSeconds(3);

  /// Shorter than any time-out.
  private static final Duration NEAREST_ALARM = Duration.ofMillis(100);

  private static final Connections CONNECTIONS = new Connections(AwsClients::http);

  private static final AwsCredentialsProvider CREDENTIALS = credentials();

  private static final ScheduledExecutorService TIME_OUTS = timeOuts();

  private AwsClients() {}

  public static DynamoDbClient dynamoDb() {
    return configure(DynamoDbClient.builder()).build();
  }

  public static SqsClient sqs() {
    return configure(SqsClient.builder()).build();
  }

  /// What calls this URL, over the connections that are there anyway.
  ///
  /// @param url null for none
  public static Heartbeat heartbeat(@Nullable URI url) {
    return new Heartbeat(CONNECTIONS, url);
  }

  /// Closes the connections of all clients, which stay usable: they open new ones. To be called
  /// when nothing is under way.
  static void dropConnections() {
    CONNECTIONS.drop();
  }

  /// Gives a client's builder what every client here has.
  public static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> B configure(
      B builder) {
    return configure(builder, TRY, CALL);
  }

  /// The same, for a service that takes longer.
  ///
  /// @param attempt for how long one try may take
  /// @param call for how long all tries together may take
  public static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> B configure(
      B builder, Duration attempt, Duration call) {
    return builder
        .httpClient(CONNECTIONS)
        .credentialsProvider(CREDENTIALS)
        .overrideConfiguration(overrides ->
            overrides
                .scheduledExecutorService(TIME_OUTS)
                .apiCallAttemptTimeout(attempt)
                .apiCallTimeout(call)
                .retryStrategy(
                    AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(TRIES)
                        .build()));
  }

  /// Lambda gives a function its credentials in variables, or by an endpoint where the function has
  /// SnapStart: a snapshot would outlive those in variables.
  private static AwsCredentialsProvider credentials() {
    return AwsCredentialsProviderChain.of(
        EnvironmentVariableCredentialsProvider.create(), ContainerCredentialsProvider.create());
  }

  /// What ends calls that take too long. Almost none does, but each sets two alarms and takes them
  /// back. The SDK's own threads are woken by each, and again by those taken back: a tenth of a
  /// ping's CPU. Here an alarm that is taken back is gone, and since one that does nothing is
  /// always nearer, no other wakes the thread before its time.
  private static ScheduledExecutorService timeOuts() {
    var executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("aws-time-outs").daemon().factory());
    executor.setRemoveOnCancelPolicy(true);
    var _ =
        executor.scheduleWithFixedDelay(
            () -> {}, 0, NEAREST_ALARM.toMillis(), TimeUnit.MILLISECONDS);
    return executor;
  }

  private static SdkHttpClient http() {
    return AwsCrtHttpClient.builder()
        .connectionTimeout(Duration.ofMillis(500))
        .maxConcurrency(50)
        .build();
  }
}
