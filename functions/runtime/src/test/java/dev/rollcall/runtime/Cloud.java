package dev.rollcall.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.store.Tables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/// The tables and queues of the template on loopback ports, named as in the template, and a bucket
/// that has a mail under every name.
final class Cloud {

  /// What parameters without a default are given.
  private static final Map<String, String> GIVEN =
      Map.of(
          "Email",
          "alerts@example.org",
          // Its last part is the origin key that the sample events have; it is the SAM CLI's, too.
          "AWS::StackId",
          "arn:aws:cloudformation:eu-central-1:123456789012:stack/local/51af3dc0-da77-11e4-872e-1234567db123");

  /// What other resources of the stack would be called.
  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "${Distribution.DomainName}", "rollcall.example.org",
          "${HttpApi}", "a1b2c3d4e5",
          "${AWS::Region}", "eu-central-1",
          "${AWS::URLSuffix}", "amazonaws.com");

  /// The conditions that hold by default. Those about hosts and addresses do not.
  private static final Set<String> HOLDING =
      Set.of("MakesStateTable", "MakesLogTable", "ServesSite");

  private final Template template;
  private final DynamoDBProxyServer dynamoServer;
  private final SQSRestServer sqsServer;
  private final HttpServer bucketServer;
  private final DynamoDbClient dynamo;
  private final SqsClient sqs;
  private final int dynamoPort;
  private final String dynamoUrl;
  private final String sqsUrl;

  private final Tables tables = new Tables("StateTable", "LogTable");
  private final Outside outside = new Outside();

  Cloud(Template template) throws Exception {
    this.template = template;
    dynamoPort = freePort();
    dynamoUrl = "http://127.0.0.1:" + dynamoPort;
    dynamoServer =
        ServerRunner.createServerFromCommandLineArgs(
            new String[] {"-inMemory", "-disableTelemetry", "-port", Integer.toString(dynamoPort)});
    dynamoServer.start();
    sqsServer = SQSRestServerBuilder.withInterface("127.0.0.1").withPort(0).start();
    sqsUrl = "http://127.0.0.1:" + sqsServer.waitUntilStarted().localAddress().getPort();
    bucketServer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    bucketServer.createContext("/MailBucket/", Cloud::sendMail);
    bucketServer.start();
    dynamo = client(DynamoDbClient.builder(), dynamoUrl);
    sqs = client(SqsClient.builder(), sqsUrl);
    dynamo.createTable(tables.stateTable());
    dynamo.createTable(tables.logTable());
  }

  DynamoDbClient dynamo() {
    return dynamo;
  }

  SqsClient sqs() {
    return sqs;
  }

  Outside outside() {
    return outside;
  }

  /// Where the tables listen on loopback.
  int dynamoPort() {
    return dynamoPort;
  }

  Tables tables() {
    return tables;
  }

  /// The variables of a function, with what they refer to filled in.
  Map<String, String> variables(Template.Function function) {
    var variables = new LinkedHashMap<String, String>();
    function.variables().forEach((name, value) -> variables.put(name, resolve(value)));
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoUrl);
    variables.put("AWS_ENDPOINT_URL_SQS", sqsUrl);
    variables.put(
        "AWS_ENDPOINT_URL_S3",
        variables.containsKey("ROLLCALL_MAIL_BUCKET")
            ? "http://127.0.0.1:" + bucketServer.getAddress().getPort()
            : outside.url());
    variables.put("AWS_ENDPOINT_URL_CLOUDFORMATION", outside.url());
    return variables;
  }

  void stop() throws Exception {
    outside.close();
    dynamo.close();
    sqs.close();
    bucketServer.stop(0);
    sqsServer.stopAndWait();
    dynamoServer.stop();
  }

  private static void sendMail(HttpExchange exchange) throws IOException {
    var mail = "Subject: backup\r\n\r\ncomplete".getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(206, mail.length);
      exchange.getResponseBody().write(mail);
    }
  }

  private String resolve(Object value) {
    if (!(value instanceof Map)) {
      return String.valueOf(value);
    }
    var function = Template.map(value).entrySet().iterator().next();
    return switch (function.getKey()) {
      case "Ref" -> refer((String) function.getValue());
      case "Sub" -> substitute((String) function.getValue());
      case "If" -> decide((List<?>) function.getValue());
      case "Select" -> select((List<?>) function.getValue());
      default -> throw new IllegalArgumentException("not known here: " + function);
    };
  }

  private String decide(List<?> condition) {
    return resolve(
        HOLDING.contains(String.valueOf(condition.getFirst()))
            ? condition.get(1)
            : condition.getLast());
  }

  /// One part of what is split.
  private String select(List<?> arguments) {
    var split = (List<?>) Template.map(arguments.getLast()).get("Split");
    var text = resolve(Objects.requireNonNull(split).getLast());
    var parts = text.split(Pattern.quote(String.valueOf(split.getFirst())), -1);
    return parts[(Integer) arguments.getFirst()];
  }

  private String refer(String name) {
    if (template.isParameter(name)) {
      return GIVEN.getOrDefault(name, template.parameter(name));
    }
    if (GIVEN.containsKey(name)) {
      return GIVEN.get(name);
    }
    return name.endsWith("Queue") ? sqs.createQueue(r -> r.queueName(name)).queueUrl() : name;
  }

  private static String substitute(String text) {
    var result = text;
    for (var attribute : ATTRIBUTES.entrySet()) {
      result = result.replace(attribute.getKey(), attribute.getValue());
    }
    if (result.contains("${")) {
      throw new IllegalArgumentException("not known here: " + text);
    }
    return result;
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
      B builder, String url) {
    return builder
        .endpointOverride(URI.create(url))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
