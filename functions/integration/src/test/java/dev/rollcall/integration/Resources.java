package dev.rollcall.integration;

import dev.rollcall.edge.AwsClients;
import dev.rollcall.edge.Settings;
import dev.rollcall.store.Tables;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.SendRawEmailRequest;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// Tables, queues and a verified sender of their own in a cloud that others may use as well, and
/// the clients by which functions reach them: those of [AwsClients], recorded.
final class Resources implements AutoCloseable {
  static final String SENDER = "alerts@example.org";
  static final String METRICS_KEY = "metrics-key-of-the-tests";

  /// A cloud that has just started may take its time to make the first table.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Endpoints endpoints;
  private final Recording recording;
  private final String name = "rollcall-" + UUID.randomUUID().toString().substring(0, 8);
  private final Tables tables = new Tables(name + "-state", name + "-log");
  private final DynamoDbClient dynamoDb;
  private final SqsClient sqs;
  private final Map<String, String> variables = new HashMap<>();
  private final List<SendRawEmailRequest> sent = new CopyOnWriteArrayList<>();

  Resources(Endpoints endpoints, Recording recording) {
    this.endpoints = endpoints;
    this.recording = recording;
    dynamoDb = patient(DynamoDbClient.builder(), endpoints.dynamoDb());
    sqs = patient(SqsClient.builder(), endpoints.sqs());
    dynamoDb.createTable(tables.stateTable());
    dynamoDb.createTable(tables.logTable());
    for (var table : List.of(tables.state(), tables.log())) {
      dynamoDb.waiter().waitUntilTableExists(describe -> describe.tableName(table));
    }
    for (var queue : Queue.values()) {
      var attributes = Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "60");
      var made =
          sqs.createQueue(
              create -> create.queueName(name + "-" + queue.suffix()).attributes(attributes));
      variables.put(queue.variable(), made.queueUrl());
    }
    try (var ses = patient(SesClient.builder(), endpoints.ses())) {
      ses.verifyEmailIdentity(verify -> verify.emailAddress(SENDER));
    }
    variables.put("ROLLCALL_STATE_TABLE", tables.state());
    variables.put("ROLLCALL_LOG_TABLE", tables.log());
    variables.put("ROLLCALL_SITE_ROOT", "https://rollcall.example.org");
    variables.put("ROLLCALL_MAIL_FROM", SENDER);
    variables.put("ROLLCALL_METRICS_KEY", METRICS_KEY);
    variables.put("ROLLCALL_ALLOW_PRIVATE_ADDRESSES", "true");
  }

  /// What functions are told of the cloud.
  Settings settings() {
    return new Settings(variables::get);
  }

  Tables tables() {
    return tables;
  }

  /// The tables for the tests' own use, unrecorded.
  DynamoDbClient dynamoDb() {
    return dynamoDb;
  }

  DynamoDbClient dynamoDbOf(String function) {
    return client(function, DynamoDbClient.builder(), endpoints.dynamoDb());
  }

  /// Tables that do not answer: nobody listens at their address.
  DynamoDbClient lostDynamoDbOf(String function) {
    return client(function, DynamoDbClient.builder(), URI.create("http://127.0.0.1:1"));
  }

  SqsClient sqsOf(String function) {
    return client(function, SqsClient.builder(), endpoints.sqs());
  }

  /// What it sends, and the cloud takes, is found in [#sent].
  SesClient sesOf(String function) {
    var builder = configured(function, SesClient.builder(), endpoints.ses());
    return builder
        .overrideConfiguration(
            builder.overrideConfiguration().toBuilder()
                .addExecutionInterceptor(new Taken())
                .build())
        .build();
  }

  /// The mail that the cloud took, in order.
  List<SendRawEmailRequest> sent() {
    return List.copyOf(sent);
  }

  /// Takes up to ten messages, waiting for the first for so many seconds at most.
  List<Message> receive(Queue queue, int seconds) {
    return sqs.receiveMessage(receive ->
            receive
                .queueUrl(url(queue))
                .maxNumberOfMessages(10)
                .waitTimeSeconds(seconds)
                .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  void delete(Queue queue, Message message) {
    sqs.deleteMessage(delete -> delete.queueUrl(url(queue)).receiptHandle(message.receiptHandle()));
  }

  /// Ends the time that a message is out of sight.
  void show(Queue queue, Message message) {
    sqs.changeMessageVisibility(change ->
        change.queueUrl(url(queue)).receiptHandle(message.receiptHandle()).visibilityTimeout(0));
  }

  /// What Lambda calls the queue in events.
  String arn(Queue queue) {
    return "arn:aws:sqs:eu-central-1:000000000000:" + name + "-" + queue.suffix();
  }

  @Override
  public void close() {
    for (var queue : Queue.values()) {
      sqs.deleteQueue(delete -> delete.queueUrl(url(queue)));
    }
    dynamoDb.deleteTable(delete -> delete.tableName(tables.state()));
    dynamoDb.deleteTable(delete -> delete.tableName(tables.log()));
    sqs.close();
    dynamoDb.close();
  }

  private String url(Queue queue) {
    return settings().queueUrl(queue.suffix());
  }

  private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(
      String function, B builder, URI endpoint) {
    return configured(function, builder, endpoint).build();
  }

  private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> B configured(
      String function, B builder, URI endpoint) {
    var configured = AwsClients.configure(builder).endpointOverride(endpoint);
    return configured.overrideConfiguration(
        configured.overrideConfiguration().toBuilder()
            .addExecutionInterceptor(recording.of(function, variables))
            .build());
  }

  private static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C patient(
      B builder, URI endpoint) {
    return AwsClients.configure(builder)
        .endpointOverride(endpoint)
        .overrideConfiguration(overrides -> overrides.apiCallTimeout(PATIENCE))
        .build();
  }

  private final class Taken implements ExecutionInterceptor {
    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
      if (context.request() instanceof SendRawEmailRequest send) {
        sent.add(send);
      }
    }
  }
}
