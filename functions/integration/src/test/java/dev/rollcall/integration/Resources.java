package dev.rollcall.integration;

import dev.rollcall.edge.AwsClients;
import dev.rollcall.edge.Settings;
import dev.rollcall.mail.MailBucket;
import dev.rollcall.mail.MailStore;
import dev.rollcall.migrate.MigrateWiring;
import dev.rollcall.store.Tables;
import dev.rollcall.testing.cloud.CloudFormationServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.SendRawEmailRequest;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// Tables, queues, buckets and a verified sender of their own in a cloud that others may use as
/// well, and the clients by which functions reach them: those of [AwsClients], recorded.
final class Resources implements AutoCloseable {
  static final String SENDER = "alerts@example.org";
  static final String METRICS_KEY = "metrics-key-of-the-tests";

  private static final String MAIL_BUCKET = "ROLLCALL_MAIL_BUCKET";

  /// No variable: the template's name for the stack, which a function knows by what it is asked.
  private static final String STACK = "AWS::StackId";

  /// A cloud that has just started may take its time to make the first table.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// What a function waits for one try in a slow cloud, which would else pass for one that fails.
  private static final Duration SLOW_TRY = Duration.ofSeconds(20);

  private final Endpoints endpoints;
  private final Recording recording;
  private final String name = "rollcall-" + UUID.randomUUID().toString().substring(0, 8);
  private final Tables tables = new Tables(name + "-state", name + "-log");
  private final DynamoDbClient dynamoDb;
  private final SqsClient sqs;
  private final LetterBox mail;
  private final SiteBucket site;
  private final BackupServer backups = new BackupServer();
  private final Map<String, String> variables = new HashMap<>();
  private final List<SendRawEmailRequest> sent = new CopyOnWriteArrayList<>();
  private volatile Outage outage = Outage.NONE;

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
    mail = new LetterBox(endpoints.s3(), name + "-mail");
    variables.put(MAIL_BUCKET, name + "-mail");
    site =
        new SiteBucket(
            patient(S3Client.builder().forcePathStyle(true), endpoints.s3()), name + "-site");
    variables.put("ROLLCALL_SITE_BUCKET", name + "-site");
    variables.put(STACK, CloudFormationServer.STACK);
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

  /// The bucket that mails arrive in.
  LetterBox mail() {
    return mail;
  }

  /// The bucket that the dashboard is served from.
  SiteBucket site() {
    return site;
  }

  /// The backups that were made of the tables, in order.
  List<BackupServer.Made> backups() {
    return backups.made();
  }

  Set<Map<String, AttributeValue>> items(String table) {
    return dynamoDb
        .scanPaginator(scan -> scan.tableName(table).consistentRead(true))
        .items()
        .stream()
        .collect(Collectors.toSet());
  }

  /// Fills the tables as a restore does.
  void restore(Set<Map<String, AttributeValue>> state, Set<Map<String, AttributeValue>> log) {
    state.forEach(item -> dynamoDb.putItem(put -> put.tableName(tables.state()).item(item)));
    log.forEach(item -> dynamoDb.putItem(put -> put.tableName(tables.log()).item(item)));
    backups.restored(tables.state());
    backups.restored(tables.log());
  }

  List<String> lacks() {
    var lacks = new ArrayList<String>();
    for (var table : List.of(tables.state(), tables.log())) {
      if (!isProtected(table)) {
        lacks.add(table + " is not protected");
      }
      if (!backups.recovers(table)) {
        lacks.add(table + " does not recover");
      }
    }
    var expiry =
        dynamoDb
            .describeTimeToLive(describe -> describe.tableName(tables.log()))
            .timeToLiveDescription();
    if (!"expires".equals(expiry.attributeName())) {
      lacks.add(tables.log() + " does not expire");
    }
    return lacks;
  }

  private boolean isProtected(String table) {
    return Boolean.TRUE.equals(
        dynamoDb
            .describeTable(describe -> describe.tableName(table))
            .table()
            .deletionProtectionEnabled());
  }

  private void remove(String table) {
    if (isProtected(table)) {
      dynamoDb.updateTable(update -> update.tableName(table).deletionProtectionEnabled(false));
    }
    dynamoDb.deleteTable(delete -> delete.tableName(table));
  }

  /// What functions can reach of the tables from here on.
  void lose(Outage lost) {
    outage = lost;
  }

  /// Reaches what is not [lost][#lose].
  DynamoDbClient dynamoDbOf(String function) {
    return with(configured(function, DynamoDbClient.builder(), endpoints.dynamoDb()), new Lost())
        .build();
  }

  /// Reaches the tables, and their backups where those are.
  DynamoDbClient restorableOf(String function) {
    var client =
        recorded(function, MigrateWiring.configure(DynamoDbClient.builder()), endpoints.dynamoDb());
    return with(client, new Restorable()).build();
  }

  S3Client s3Of(String function) {
    var client = MigrateWiring.configure(S3Client.builder().forcePathStyle(true));
    return recorded(function, client, endpoints.s3()).build();
  }

  /// @param endpoint where the test plays CloudFormation
  CloudFormationClient cloudFormationOf(String function, URI endpoint) {
    return recorded(function, MigrateWiring.configure(CloudFormationClient.builder()), endpoint)
        .build();
  }

  SqsClient sqsOf(String function) {
    return configured(function, SqsClient.builder(), endpoints.sqs()).build();
  }

  /// What it sends, and the cloud takes, is found in [#sent].
  SesClient sesOf(String function) {
    return with(configured(function, SesClient.builder(), endpoints.ses()), new Taken()).build();
  }

  MailStore mailsOf(String function) {
    var client = MailBucket.configure(S3Client.builder().forcePathStyle(true));
    return new MailBucket(
        recorded(function, client, endpoints.s3()).build(),
        Objects.requireNonNull(variables.get(MAIL_BUCKET)));
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

  /// How many messages of the queue are still to come.
  int delayed(Queue queue) {
    var name = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED;
    var attributes =
        sqs.getQueueAttributes(get -> get.queueUrl(url(queue)).attributeNames(name)).attributes();
    return Integer.parseInt(Objects.requireNonNull(attributes.get(name)));
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
    mail.close();
    site.close();
    backups.close();
    for (var queue : Queue.values()) {
      sqs.deleteQueue(delete -> delete.queueUrl(url(queue)));
    }
    remove(tables.state());
    remove(tables.log());
    sqs.close();
    dynamoDb.close();
  }

  private String url(Queue queue) {
    return settings().queueUrl(queue.suffix());
  }

  private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> B configured(
      String function, B builder, URI endpoint) {
    var configured =
        endpoints.isSlow()
            ? AwsClients.configure(builder, SLOW_TRY, SLOW_TRY.multipliedBy(3))
            : AwsClients.configure(builder);
    return recorded(function, configured, endpoint);
  }

  private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> B recorded(
      String function, B configured, URI endpoint) {
    return with(configured.endpointOverride(endpoint), recording.of(function, variables));
  }

  private static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> B with(
      B builder, ExecutionInterceptor interceptor) {
    return builder.overrideConfiguration(
        builder.overrideConfiguration().toBuilder().addExecutionInterceptor(interceptor).build());
  }

  private static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C patient(
      B builder, URI endpoint) {
    return AwsClients.configure(builder)
        .endpointOverride(endpoint)
        .overrideConfiguration(overrides -> overrides.apiCallTimeout(PATIENCE))
        .build();
  }

  /// Sends calls to tables that do not answer where nobody listens. What names no table by itself,
  /// a batch or a transaction, is about the state table here.
  private final class Lost implements ExecutionInterceptor {
    @Override
    public SdkHttpRequest modifyHttpRequest(
        Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
      var table = context.request().getValueForField("TableName", String.class);
      var isLog = table.filter(tables.log()::equals).isPresent();
      var isLost =
          switch (outage) {
            case NONE -> false;
            case STATE_TABLE -> !isLog;
            case BOTH_TABLES -> true;
          };
      var request = context.httpRequest();
      return isLost ? request.toBuilder().host("127.0.0.1").port(1).build() : request;
    }
  }

  /// Sends what is about backups to where they are.
  private final class Restorable implements ExecutionInterceptor {
    @Override
    public SdkHttpRequest modifyHttpRequest(
        Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
      var request = context.httpRequest();
      return switch (context.request()) {
        case DescribeContinuousBackupsRequest _,
            UpdateContinuousBackupsRequest _,
            CreateBackupRequest _ ->
            request.toBuilder().protocol("http").host("127.0.0.1").port(backups.port()).build();
        default -> request;
      };
    }
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
