package dev.rollcall.edge;

import dev.rollcall.store.RehearsedTables;
import dev.rollcall.store.Tables;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// AWS clients whose calls are answered in this process, by [RehearsedTables] and by queues that
/// take everything. They marshal, sign, read answers and watch the time as those of [AwsClients]
/// do, and nothing leaves the process: what a function does on them, nobody sees.
///
/// What is not rehearsed is refused, the inbox included: a ping that would wait there has met
/// something that went wrong.
public final class Rehearsal implements AutoCloseable {
  private static final String TARGET = "X-Amz-Target";

  /// The first call loads everything, which takes seconds of a small function's share of a CPU.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RehearsedTables tables;
  private final DynamoDbClient dynamo = onStage(DynamoDbClient.builder()).build();
  private final SqsClient sqs = onStage(SqsClient.builder()).build();

  public Rehearsal(Tables tables) {
    this.tables = new RehearsedTables(tables, Instant.now());
  }

  public DynamoDbClient dynamoDb() {
    return dynamo;
  }

  public SqsClient sqs() {
    return sqs;
  }

  @Override
  public void close() {
    dynamo.close();
    sqs.close();
  }

  private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> B onStage(B builder) {
    return AwsClients.configure(builder)
        .overrideConfiguration(
            overrides -> overrides.apiCallAttemptTimeout(PATIENCE).apiCallTimeout(PATIENCE))
        .httpClient(new Stage())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("nobody", "none")));
  }

  /// @param operation such as `DynamoDB_20120810.GetItem`
  private Optional<String> answer(String operation, String request) {
    var name = operation.substring(operation.indexOf('.') + 1);
    return operation.startsWith("AmazonSQS.")
        ? Optional.of("{\"Successful\": [], \"Failed\": []}")
            .filter(_ -> name.equals("SendMessageBatch"))
        : tables.answer(name, request);
  }

  /// In the place of the network.
  private final class Stage implements SdkHttpClient {

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          var content = request.contentStreamProvider().orElseThrow();
          try (var sent = content.newStream()) {
            return respond(
                request.httpRequest(), new String(sent.readAllBytes(), StandardCharsets.UTF_8));
          }
        }

        @Override
        public void abort() {
          // Nothing is ever under way.
        }
      };
    }

    @Override
    public void close() {
      // There is nothing to close.
    }

    private HttpExecuteResponse respond(SdkHttpRequest request, String content) {
      var answer = request.firstMatchingHeader(TARGET).flatMap(target -> answer(target, content));
      var body = answer.orElse("{}").getBytes(StandardCharsets.UTF_8);
      var checksum = new CRC32();
      checksum.update(body);
      return HttpExecuteResponse.builder()
          .response(
              SdkHttpFullResponse.builder()
                  .statusCode(answer.isPresent() ? 200 : 400)
                  .putHeader("Content-Type", "application/x-amz-json-1.0")
                  .putHeader("Content-Length", Integer.toString(body.length))
                  .putHeader("x-amz-crc32", Long.toString(checksum.getValue()))
                  .putHeader("x-amzn-RequestId", "rehearsal")
                  .build())
          .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
          .build();
    }
  }
}
