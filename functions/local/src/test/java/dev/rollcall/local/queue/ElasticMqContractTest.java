package dev.rollcall.local.queue;

import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// The contract by the real SQS protocol: the SDK's own client against ElasticMQ on loopback.
class ElasticMqContractTest extends SqsContract {
  private static SQSRestServer server;
  private static SqsClient client;
  private String url;
  private String deadLetterUrl;

  @BeforeAll
  static void start() {
    server = SQSRestServerBuilder.withInterface("127.0.0.1").withPort(0).start();
    var port = server.waitUntilStarted().localAddress().getPort();
    client =
        SqsClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + port))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.stopAndWait();
  }

  @BeforeEach
  void createQueues() {
    var name = UUID.randomUUID().toString();
    deadLetterUrl = client.createQueue(r -> r.queueName(name + "-dead")).queueUrl();
    var redrive =
        """
        {"deadLetterTargetArn": "arn:aws:sqs:elasticmq:000000000000:%s-dead", "maxReceiveCount": %d}\
        """
            .formatted(name, MAX_RECEIVES);
    url =
        client
            .createQueue(r ->
                r.queueName(name)
                    .attributes(
                        Map.of(
                            QueueAttributeName.REDRIVE_POLICY,
                            redrive,
                            QueueAttributeName.VISIBILITY_TIMEOUT,
                            Long.toString(VISIBILITY.toSeconds()))))
            .queueUrl();
  }

  @Override
  SqsClient sqs() {
    return client;
  }

  @Override
  String url() {
    return url;
  }

  @Override
  String deadLetterUrl() {
    return deadLetterUrl;
  }

  @Override
  void passSecond() {
    // It passes by itself, and receiving waits.
  }
}
