package dev.rollcall.migrate.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.core.schema.Fit;
import dev.rollcall.core.schema.Release;
import dev.rollcall.core.schema.Schema;
import dev.rollcall.migrate.document.Migration;
import dev.rollcall.migrate.document.Read;
import dev.rollcall.migrate.document.Source;
import dev.rollcall.migrate.engine.Migrator;
import dev.rollcall.migrate.engine.Policy;
import dev.rollcall.migrate.engine.Setup;
import dev.rollcall.migrate.engine.Timing;
import dev.rollcall.migrate.engine.Watch;
import dev.rollcall.store.IntegrationStore;
import dev.rollcall.store.RawItems;
import dev.rollcall.store.SchemaStore;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.TablesInMemory;
import dev.rollcall.testing.cloud.CloudFormationServer;
import dev.rollcall.testing.cloud.CloudFormationServer.Put;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A stack as CloudFormation deploys it, step by step: tables with channels that release 0.1.0 has
/// made, a clock that jumps where somebody waits, and the code of any release.
final class StackWorld implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  static final Duration FUNCTION = Duration.ofMinutes(15);
  static final int CHANNELS = 5;

  private static final ProjectId PROJECT = new ProjectId(new UUID(0, 1));
  private static final Migration REAL =
      read(text(Path.of("..", "..", "schema-migrations", "0001-signing-secrets.yaml")));

  /// Which the release before it gets on with.
  static final Code ADDS = code(3, "ADDS", 2, 2, "none-with-attic", "none");

  /// Which the release before it cannot write.
  static final Code CHANGES = code(3, "CHANGES", 2, 3, "none-with-attic", "none");

  /// Which cannot be taken back without loss.
  static final Code LOSES = code(3, "LOSES", 2, 3, "lossy", "on-demand");

  /// This release.
  static final Code THIS = new Code(Release.THIS, List.of(REAL));

  final TablesInMemory memory = new TablesInMemory();
  final CloudFormationServer cloud;
  final SettableClock clock = new SettableClock(NOON);
  final List<String> published = new ArrayList<>();
  final List<String> backups = new ArrayList<>();
  private final CloudFormationClient client;
  private UnaryOperator<DynamoDbClient> way = UnaryOperator.identity();
  private Runnable publishing = () -> {};
  private int ids;

  /// The code of a release, whoever is deployed.
  record Code(Release release, List<Migration> documents) {}

  StackWorld() throws IOException {
    cloud = new CloudFormationServer();
    client =
        CloudFormationClient.builder()
            .endpointOverride(cloud.endpoint())
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
            .httpClientBuilder(AwsCrtHttpClient.builder())
            .overrideConfiguration(overrides ->
                overrides
                    .apiCallTimeout(Duration.ofSeconds(10))
                    .retryStrategy(retries -> retries.maxAttempts(1)))
            .build();
    for (int number = 0; number < CHANNELS; number++) {
      var channel = new HashMap<String, AttributeValue>();
      channel.put("pk", AttributeValue.fromS("CHANNEL#" + new UUID(1, number)));
      channel.put("sk", AttributeValue.fromS("ITEM"));
      channel.put("_v", AttributeValue.fromN("1"));
      channel.put("parent", AttributeValue.fromS("PROJECT#" + PROJECT));
      channel.put("child", AttributeValue.fromS("CHANNEL#%016d".formatted(number)));
      channel.put("project", AttributeValue.fromS(PROJECT.toString()));
      channel.put("kind", AttributeValue.fromS("email"));
      channel.put("name", AttributeValue.fromS("Office " + number));
      channel.put("created", AttributeValue.fromN("1"));
      memory.client().putItem(put -> put.tableName(memory.tables().state()).item(channel));
    }
  }

  /// From here on, DynamoDB is reached in this way.
  void tables(UnaryOperator<DynamoDbClient> how) {
    way = how;
  }

  /// Happens from here on before a dashboard is published.
  void beforePublishing(Runnable what) {
    publishing = what;
  }

  /// A function of some release, started anew.
  Deployments function(Code code) {
    var dynamo = way.apply(memory.client());
    var release = code.release();
    return new Deployments(
        release,
        new SchemaResource(
            policy -> migrator(code, policy, dynamo),
            new SchemaStore(dynamo, memory.tables()),
            this::jump),
        wanted -> {
          publishing.run();
          if (wanted.still()) {
            published.add(release.name());
          }
        },
        new Adoption(
            dynamo,
            memory.tables(),
            release,
            () -> {
              throw new AssertionError("no queue here");
            },
            Watch.by(clock, clock::advance)),
        new Requests(dynamo, memory.tables()),
        new Stacks(client),
        new Responder(clock, Duration.ofMillis(1)),
        clock);
  }

  /// One delivery of a request to one function; how that ended is Lambda's business.
  void deliver(Code code, Question question) {
    var event =
        CloudFormationServer.event(
            question.kind(),
            question.resource(),
            question.type(),
            question.id(),
            question.url(),
            question.properties());
    if (Event.read(event) instanceof Event.Asked(var request)) {
      function(code).answer(request, clock.instant().plus(FUNCTION));
    } else {
      throw new AssertionError("no request");
    }
  }

  /// The same, and its answer.
  Put ask(Code code, Question question) {
    deliver(code, question);
    return answered(question);
  }

  /// The one answer that was given to a question.
  Put answered(Question question) {
    assertThat(cloud.at(question.url())).as(question.toString()).hasSize(1);
    return cloud.at(question.url()).getFirst();
  }

  /// A request before it is delivered.
  record Question(
      String kind,
      String resource,
      String type,
      String id,
      String url,
      Map<String, String> properties) {

    Question with(String property, String value) {
      var changed = new HashMap<>(properties);
      changed.put(property, value);
      return new Question(kind, resource, type, id, url, changed);
    }
  }

  Question expand(String kind, Code wanted) {
    return schema(kind, "SchemaExpand", "expand", wanted);
  }

  Question settle(String kind, Code wanted) {
    return schema(kind, "SchemaSettle", "settle", wanted);
  }

  Question site(String kind) {
    return new Question(kind, "SiteContent", "Custom::Site", newId(), cloud.newUrl(), Map.of());
  }

  private Question schema(String kind, String resource, String phase, Code wanted) {
    return new Question(
        kind,
        resource,
        "Custom::Schema",
        newId(),
        cloud.newUrl(),
        Map.of(
            "Phase", phase,
            "Target", Integer.toString(wanted.release().level()),
            "Release", wanted.release().name()));
  }

  /// Everything that a deployment asks when nothing goes wrong, of code that is all of one release.
  void deploy(String kind, Code wanted) {
    for (var question : List.of(expand(kind, wanted), settle(kind, wanted), site(kind))) {
      assertThat(ask(wanted, question).status()).isEqualTo("SUCCESS");
    }
  }

  /// Minutes pass, and the schedule calls.
  void ticks(Code code) {
    var function = function(code);
    for (int minute = 0; minute < 10; minute++) {
      clock.advance(Duration.ofMinutes(1));
      function.tick(clock.instant().plus(FUNCTION));
    }
  }

  Schema data() {
    return new SchemaStore(memory.client(), memory.tables()).read().understood();
  }

  /// That a release's functions take everything, and find their channels.
  void assertServed(Code code) {
    assertThat(code.release().on(data())).isEqualTo(Fit.NORMAL);
    assertThat(new IntegrationStore(memory.client(), memory.tables()).list(PROJECT))
        .extracting(Integration::name)
        .hasSize(CHANNELS)
        .contains("Office 0");
  }

  /// The channels' attributes of this name.
  List<String> values(String attribute) {
    return memory.client().scan(scan -> scan.tableName(memory.tables().state())).items().stream()
        .filter(item -> item.containsKey("kind") && item.containsKey(attribute))
        .map(item -> item.get(attribute).s())
        .toList();
  }

  @Override
  public void close() {
    client.close();
    cloud.close();
    memory.close();
  }

  private Migrator migrator(Code code, Policy policy, DynamoDbClient dynamo) {
    return new Migrator(
        new RawItems(dynamo, memory.tables()),
        code.release(),
        code.documents(),
        new Setup(
            "deploy",
            policy,
            Timing.CLOUD,
            Watch.by(clock, clock::advance),
            Source.secure(),
            migration -> {
              backups.add(migration);
              return "backup of " + migration;
            }));
  }

  private void jump(Instant end) {
    var left = Duration.between(clock.instant(), end);
    if (left.isPositive()) {
      clock.advance(left);
    }
  }

  private String newId() {
    return "request-" + ++ids;
  }

  private static Code code(
      int level, String name, int minReader, int minWriter, String loss, String backup) {
    var document =
        """
        format: 1
        vocab: 1
        id: "0002"
        title: %s
        release: 0.3.0
        level: {from: 2, to: 3}
        compat: {minReader: %d, minWriter: %d}
        match: {entity: CHANNEL, pkPrefix: "CHANNEL#", sk: ITEM, version: 2}
        ops:
          - {op: add, attr: colour, value: {S: %s}}
        loss: {down: %s, finalised: none}
        backup: %s
        examples:
          - up:
              in: {kind: {S: email}}
              out: {kind: {S: email}, colour: {S: %s}}
          - down:
              in: {kind: {S: email}, colour: {S: %s}}
              out: {kind: {S: email}}
        """
            .formatted(name, minReader, minWriter, name, loss, backup, name, name);
    return new Code(new Release("0.3.0", level, 1), List.of(REAL, read(document)));
  }

  private static Migration read(String text) {
    return switch (Migration.read("a document", text)) {
      case Read.Good(var migration) -> migration;
      case Read.Bad(var faults) -> throw new AssertionError(faults.toString());
    };
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
