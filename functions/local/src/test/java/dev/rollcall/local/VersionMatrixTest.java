package dev.rollcall.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateGlobalSecondaryIndexAction;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The release before this one and this one take turns on the same data, as when somebody upgrades,
/// goes back, and upgrades again: both as processes, each with its own code.
class VersionMatrixTest {
  private static final JsonMapper JSON = new JsonMapper();

  /// Output that is stored beside its ping.
  private static final byte[] LONG = "ok\n".repeat(2000).getBytes(UTF_8);

  @TempDir private Path scratch;

  private final List<String> checks = new ArrayList<>();
  private final List<JsonNode> projects = new ArrayList<>();
  private int accepted;

  @Test
  void Releases_take_turns_and_no_ping_is_lost() throws Exception {
    var previous = PreviousRelease.built();
    var data = scratch.resolve("data");

    try (var child = previous.start(scratch, data)) {
      work(child.ready());
      child.end();
    }
    try (var child = Child.startOn(data, scratch)) {
      var remote = child.ready();
      work(remote);
      Wait.until("the data is of this release", () -> level(remote) == 2);
      child.end();
    }
    addIndex(data);
    try (var child = previous.start(scratch, data)) {
      var remote = child.ready();
      work(remote);
      assertThat(RecordedCasesTest.disagreements(remote)).isEmpty();
      child.end();
    }
    try (var child = Child.startOn(data, scratch)) {
      var remote = child.ready();
      work(remote);
      Wait.until("all channels can sign", () -> unsigned(remote) == 0);
      assertThat(level(remote)).isEqualTo(2);
      child.end();
    }
  }

  /// What a release to come may do to the table, and no release before it hears of.
  private static void addIndex(Path data) {
    try (var tables = LocalTables.open(data)) {
      var client = tables.client("test");
      client.updateTable(update ->
          update
              .tableName(LocalTables.TABLES.state())
              .attributeDefinitions(
                  AttributeDefinition.builder()
                      .attributeName("owner")
                      .attributeType(ScalarAttributeType.S)
                      .build())
              .globalSecondaryIndexUpdates(
                  GlobalSecondaryIndexUpdate.builder().create(newIndex()).build()));
      Wait.until(
          "the index is there",
          () ->
              client
                  .describeTable(table -> table.tableName(LocalTables.TABLES.state()))
                  .table()
                  .globalSecondaryIndexes()
                  .stream()
                  .allMatch(index -> index.indexStatus() == IndexStatus.ACTIVE));
    }
  }

  private static CreateGlobalSecondaryIndexAction newIndex() {
    return CreateGlobalSecondaryIndexAction.builder()
        .indexName("by-owner")
        .keySchema(KeySchemaElement.builder().attributeName("owner").keyType(KeyType.HASH).build())
        .projection(all -> all.projectionType(ProjectionType.ALL))
        .build();
  }

  /// Makes a check and a channel, and pings all checks that any release has made; all pings that
  /// any has accepted are there.
  private void work(Remote remote) {
    var made = remote.api("POST", "/api/v3/checks/", Map.of("name", "of turn " + checks.size()));
    checks.add(made.path("uuid").asString());
    remote.api("POST", "/api/rollcall/v1/channels", channel(checks.size()));
    assertThat(remote.api("GET", "/api/v3/channels/", Map.of()).path("channels"))
        .filteredOn(channel -> channel.path("name").asString().startsWith("of turn"))
        .hasSameSizeAs(checks);
    for (var check : checks) {
      for (var kind : List.of("", "/start", "/fail", "")) {
        assertThat(remote.ping(check + kind)).isEqualTo(200);
        accepted++;
      }
    }
    projects.add(remote.control("POST", "/projects", Map.of("name", "of turn " + checks.size())));
    projects.forEach(project -> assertItsKeysAreGood(remote, project));
    remote.control("POST", "/sweep", Map.of());
    var list = remote.api("GET", "/api/v3/checks/", Map.of()).path("checks");
    assertThat(list.valueStream().map(check -> check.path("uuid").asString()))
        .containsExactlyInAnyOrderElementsOf(checks);
    assertThat(list.valueStream().mapToInt(check -> check.path("n_pings").asInt()).sum())
        .isEqualTo(accepted);
  }

  /// With each key of a project, whichever release made it, what that key is for: all kinds of
  /// items that the key, or whoever has it, finds or makes.
  private void assertItsKeysAreGood(Remote remote, JsonNode project) {
    var turn = "turn-" + checks.size();
    var readWrite = project.path("api_key").asString();
    var readOnly = project.path("api_key_readonly").asString();
    var pingKey = project.path("ping_key").asString();
    var mail = Map.of("kind", "email", "settings", Map.of("value", "ann@example.org"));
    assertThat(ask(remote, "POST", "/api/rollcall/v1/channels", readWrite, mail).status())
        .isEqualTo(201);
    var cron =
        Map.of(
            "name",
            turn,
            "slug",
            turn,
            "tags",
            "of " + turn,
            "schedule",
            "0 4 * * *",
            "tz",
            "Europe/Riga",
            "channels",
            "*",
            "filter_body",
            true,
            "failure_kw",
            "ERROR");
    assertThat(ask(remote, "POST", "/api/v3/checks/", readWrite, cron).status()).isEqualTo(201);
    var run = "?rid=" + UUID.randomUUID();
    assertThat(remote.ping(pingKey + "/" + turn + "/start" + run)).isEqualTo(200);
    var output = remote.http().send("POST", "/ping/" + pingKey + "/" + turn + run, Map.of(), LONG);
    assertThat(output.status()).isEqualTo(200);
    assertThat(remote.ping(pingKey + "/new-" + turn + "?create=1")).isEqualTo(201);
    var list = ask(remote, "GET", "/api/v3/checks/", readOnly, Map.of());
    assertThat(list.text()).contains("\"name\": \"" + turn, "new-" + turn, "last_duration");
    assertThat(list.text()).doesNotContain("ping_url");
    assertThat(ask(remote, "POST", "/api/v3/checks/", readOnly, cron).status()).isEqualTo(401);
    var badges = ask(remote, "GET", "/api/v3/badges/", readOnly, Map.of()).text();
    assertThat(badges).contains(turn, project.path("badge_key").asString());
    var badge = "/badge/" + badges.split("/badge/", 2)[1].split("\"", 2)[0];
    assertThat(remote.http().get(badge).text()).contains("</svg>");
  }

  private static RawHttp.Answer ask(
      Remote remote, String method, String path, String key, Object body) {
    var json = method.equals("GET") ? new byte[0] : JSON.writeValueAsBytes(body);
    return remote.http().send(method, path, Map.of("X-Api-Key", key), json);
  }

  private static Map<String, Object> channel(int turn) {
    return Map.of(
        "kind",
        "webhook",
        "name",
        "of turn " + turn,
        "settings",
        Map.of("url_down", "http://localhost/hook"));
  }

  /// Webhooks without a secret.
  private static long unsigned(Remote remote) {
    return remote
        .api("GET", "/api/rollcall/v1/channels", Map.of())
        .path("channels")
        .valueStream()
        .filter(channel -> channel.path("kind").asString().equals("webhook"))
        .filter(channel -> channel.path("signing_secret").isNull())
        .count();
  }

  private static int level(Remote remote) {
    return remote.api("GET", "/api/rollcall/v1/schema", Map.of()).path("level").asInt();
  }
}
