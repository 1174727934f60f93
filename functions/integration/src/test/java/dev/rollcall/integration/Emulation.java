package dev.rollcall.integration;

import dev.rollcall.local.mail.CaughtMail;
import dev.rollcall.testing.cloud.S3Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.InstantSource;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/// A cloud in this process, on loopback ports: DynamoDB Local, ElasticMQ, S3 as far as it is used,
/// and mail that is caught.
final class Emulation implements AutoCloseable {
  private final DynamoDBProxyServer dynamoDb;
  private final SQSRestServer sqs;
  private final SesServer ses;
  private final S3Server s3;
  private final Endpoints endpoints;

  private Emulation() throws Exception {
    var port = freePort();
    dynamoDb =
        ServerRunner.createServerFromCommandLineArgs(
            new String[] {"-inMemory", "-disableTelemetry", "-port", Integer.toString(port)});
    dynamoDb.start();
    sqs = SQSRestServerBuilder.withInterface("127.0.0.1").withPort(0).start();
    ses = new SesServer(CaughtMail.inMemory(InstantSource.system()));
    s3 = new S3Server();
    var sqsPort = sqs.waitUntilStarted().localAddress().getPort();
    endpoints =
        new Endpoints(loopback(port), loopback(sqsPort), ses.endpoint(), s3.endpoint(), false);
  }

  static Emulation start() {
    try {
      return new Emulation();
    } catch (Exception failed) {
      throw new IllegalStateException("the emulation did not start", failed);
    }
  }

  Endpoints endpoints() {
    return endpoints;
  }

  @Override
  public void close() {
    s3.close();
    ses.close();
    sqs.stopAndWait();
    try {
      dynamoDb.stop();
    } catch (Exception failed) {
      throw new IllegalStateException("DynamoDB Local did not stop", failed);
    }
  }

  private static URI loopback(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
