package dev.rollcall.migrate.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.rollcall.store.Tables;
import dev.rollcall.testing.SettableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/// What DynamoDB is asked, and what is made of its answers: DynamoDB Local has no backups.
class TableBackupsTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final String ARN =
      "arn:aws:dynamodb:eu-central-1:123456789012:table/state/backup/01489602797149-73d8d5bc";

  private final Map<String, String> answers = new HashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private DynamoDbClient client;
  private TableBackups backups;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
          var operation = target.substring(target.indexOf('.') + 1);
          var body = exchange.getRequestBody().readAllBytes();
          asked.add(operation + " " + new String(body, StandardCharsets.UTF_8));
          var answer = answers.getOrDefault(operation, "{}").getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
          exchange.sendResponseHeaders(answers.containsKey(operation) ? 200 : 400, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    client =
        DynamoDbClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
            .httpClientBuilder(AwsCrtHttpClient.builder())
            .build();
    backups = new TableBackups(client, new Tables("state", "log"), new SettableClock(NOON));
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void mark_the_instant_where_the_table_can_be_restored_to_it() {
    answers.put("DescribeContinuousBackups", continuous("ENABLED"));

    assertThat(backups.mark(NOON)).contains(NOON);
    assertThat(asked).singleElement().asString().contains("\"TableName\":\"state\"");
  }

  @Test
  void mark_nothing_where_the_table_cannot_be_restored_to_any_instant() {
    answers.put("DescribeContinuousBackups", continuous("DISABLED"));

    assertThat(backups.mark(NOON)).isEmpty();
  }

  @Test
  void mark_nothing_where_nobody_can_say() {
    assertThat(backups.mark(NOON)).isEmpty();
  }

  @Test
  void that_are_wanted_and_cannot_be_made_stop_the_migration() {
    assertThatThrownBy(() -> backups.take("0007")).isInstanceOf(DynamoDbException.class);
  }

  @Test
  void of_their_own_name_the_migration_that_they_are_made_for() {
    answers.put("CreateBackup", "{\"BackupDetails\":{\"BackupArn\":\"" + ARN + "\"}}");

    assertThat(backups.take("0007")).isEqualTo(ARN);
    assertThat(asked)
        .singleElement()
        .asString()
        .contains("\"BackupName\":\"rollcall-before-0007-" + NOON.getEpochSecond() + "\"");
  }

  private static String continuous(String status) {
    return """
    {"ContinuousBackupsDescription": {"ContinuousBackupsStatus": "ENABLED",
     "PointInTimeRecoveryDescription": {"PointInTimeRecoveryStatus": "%s"}}}
    """
        .formatted(status);
  }
}
