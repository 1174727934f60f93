package dev.rollcall.testing.contract;

import dev.rollcall.store.Tables;
import dev.rollcall.testing.Meter;
import dev.rollcall.testing.TestTables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/// Both tables behind a port of the loopback interface, reached as a function reaches DynamoDB: by
/// the SDK's own wire format over the CRT client.
final class TablesOverHttp implements TestTables {
  private final DynamoDBProxyServer server;
  private final DynamoDbClient client;
  private final Meter meter = new Meter();
  private final Tables tables = new Tables("state", "log");

  private TablesOverHttp() throws Exception {
    var port = freePort();
    server =
        ServerRunner.createServerFromCommandLineArgs(
            new String[] {"-inMemory", "-disableTelemetry", "-port", Integer.toString(port)});
    server.start();
    client =
        DynamoDbClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + port))
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClient(AwsCrtHttpClient.create())
            .build();
    client.createTable(tables.stateTable());
    client.createTable(tables.logTable());
  }

  static TablesOverHttp start() {
    try {
      return new TablesOverHttp();
    } catch (Exception failed) {
      throw new IllegalStateException("DynamoDB Local did not start", failed);
    }
  }

  @Override
  public Tables tables() {
    return tables;
  }

  @Override
  public DynamoDbClient client() {
    return meter.count(client);
  }

  @Override
  public Meter meter() {
    return meter;
  }

  @Override
  public void close() {
    client.close();
    try {
      server.stop();
    } catch (Exception failed) {
      throw new IllegalStateException("DynamoDB Local did not stop", failed);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
