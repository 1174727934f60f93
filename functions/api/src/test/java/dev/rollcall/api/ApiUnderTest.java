package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.check.Body;
import dev.rollcall.core.project.ApiKey;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.Project;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.core.project.Site;
import dev.rollcall.core.schema.Release;
import dev.rollcall.edge.Gate;
import dev.rollcall.edge.Secrets;
import dev.rollcall.edge.Settings;
import dev.rollcall.edge.http.HttpRequest;
import dev.rollcall.edge.http.HttpResponse;
import dev.rollcall.edge.queue.Hints;
import dev.rollcall.edge.queue.SqsQueue;
import dev.rollcall.migrate.document.Migration;
import dev.rollcall.migrate.engine.Migrator;
import dev.rollcall.migrate.engine.Report;
import dev.rollcall.migrate.engine.Setup;
import dev.rollcall.store.RawItems;
import dev.rollcall.store.Stores;
import dev.rollcall.testing.BadDay;
import dev.rollcall.testing.QueueInMemory;
import dev.rollcall.testing.SchemaItems;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.TablesInMemory;
import dev.rollcall.testing.conformance.Service;
import dev.rollcall.testing.openapi.Description;
import dev.rollcall.testing.openapi.Description.Operation;
import dev.rollcall.testing.openapi.Exchange;
import dev.rollcall.testing.openapi.Witness;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The API on tables in memory, with a clock that is set, and a stand-in for pings and the sweep.
/// Every answer that any test gets must be as the API's own description says.
final class ApiUnderTest implements Service, AutoCloseable {
  static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  /// Where mail to checks goes.
  static final String MAIL_DOMAIN = "ping.rollcall.test";

  private static final String ROOT = "http://rollcall.test";

  static final Description DESCRIPTION = Description.read(OpenApi.Held.TEXT.text());

  /// The operations that the API's function has; the others are pings.
  static final List<Operation> OPERATIONS =
      DESCRIPTION.operations().stream()
          .filter(operation -> !operation.path().startsWith("/ping/"))
          .toList();

  private final Witness witness;
  private final TablesInMemory tables;
  private final BadDay badDay = new BadDay();
  private final SettableClock clock = new SettableClock(NOON);
  private final QueueInMemory queues = new QueueInMemory();
  private final Secrets secrets = new Secrets(new Random(1));
  private final Gate gate;
  private final Stores stores;
  private final List<ProjectId> projects = new ArrayList<>();
  private final Api api;

  /// Without a limit on wrong keys, as recorded behaviour has none.
  ApiUnderTest() {
    this(0);
  }

  ApiUnderTest(int wrongKeysPerMinute) {
    this(wrongKeysPerMinute, new TablesInMemory());
  }

  /// Another process of the same service.
  ApiUnderTest(int wrongKeysPerMinute, TablesInMemory tables) {
    this(wrongKeysPerMinute, tables, new Witness(DESCRIPTION), MAIL_DOMAIN);
  }

  private ApiUnderTest(
      int wrongKeysPerMinute, TablesInMemory tables, Witness witness, @Nullable String mailDomain) {
    this.tables = tables;
    this.witness = witness;
    var settings =
        new Settings(
            Map.of(
                    "ROLLCALL_STATE_TABLE", tables.tables().state(),
                    "ROLLCALL_LOG_TABLE", tables.tables().log())
                ::get);
    var client = badDay.on(tables.client());
    gate = new Gate(client, settings, clock);
    stores = Stores.of(client, tables.tables(), gate.view());
    api =
        new Api(
            stores,
            gate,
            () -> Report.in(new RawItems(client, tables.tables())),
            new Site(ROOT, ROOT + "/ping/"),
            mailDomain,
            new Hints(new SqsQueue(queues, "flips"), new SqsQueue(queues, "due")),
            new SqsQueue(queues, "deliveries"),
            secrets,
            "metricskey",
            wrongKeysPerMinute,
            clock);
  }

  /// Another service with nothing in it. What it shows of the description counts for this one.
  ApiUnderTest another() {
    return new ApiUnderTest(0, new TablesInMemory(), witness, MAIL_DOMAIN);
  }

  /// A service that takes no pings by mail.
  static ApiUnderTest withoutMail() {
    return new ApiUnderTest(0, new TablesInMemory(), new Witness(DESCRIPTION), null);
  }

  Api api() {
    return api;
  }

  TablesInMemory tables() {
    return tables;
  }

  SettableClock clock() {
    return clock;
  }

  Stores stores() {
    return stores;
  }

  /// What the data says of its own shape.
  SchemaItems data() {
    return new SchemaItems(tables);
  }

  /// Writes one attribute of an item as a newer release, or a hand, might.
  void edit(String table, String pk, String sk, String name, AttributeValue value) {
    tables
        .client()
        .updateItem(update ->
            update
                .tableName(table)
                .key(Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk)))
                .updateExpression("SET #name = :value")
                .expressionAttributeNames(Map.of("#name", name))
                .expressionAttributeValues(Map.of(":value", value)));
  }

  /// What brings the data to other levels.
  Migrator migrator(Release release, List<Migration> documents, Setup setup) {
    return new Migrator(new RawItems(tables.client(), tables.tables()), release, documents, setup);
  }

  /// What was seen of the API's description.
  Witness witness() {
    return witness;
  }

  /// When its tables do not answer.
  BadDay badDay() {
    return badDay;
  }

  QueueInMemory queues() {
    return queues;
  }

  /// Sends a request with a key and a text for body.
  HttpResponse call(String method, String target, String key, String body) {
    return handle(
        new Request(
            method,
            target,
            Map.of("X-Api-Key", key),
            Body.of(body.getBytes(StandardCharsets.UTF_8))));
  }

  @Override
  public String base() {
    return ROOT;
  }

  @Override
  public String listener() {
    return "http://listener.test";
  }

  @Override
  public Answer send(Request request) {
    if (TestPings.isPing(request.target())) {
      return new TestPings(stores).send(request, clock.instant());
    }
    var response = handle(request);
    return new Answer(response.status(), response.headers(), response.body());
  }

  @Override
  public Keys project() {
    var id = new ProjectId(UUID.randomUUID());
    var keys = new Keys(id.toString(), secret("hcw_"), secret("hcr_"), secret(""), secret(""));
    stores
        .projects()
        .create(
            new Project(
                id,
                "Test",
                keys.ping(),
                keys.badge(),
                Project.CHECK_LIMIT,
                Project.PING_LOG_LIMIT));
    keep(keys.readWrite(), id, ApiKey.Access.READ_WRITE);
    keep(keys.readOnly(), id, ApiKey.Access.READ_ONLY);
    projects.add(id);
    return keys;
  }

  @Override
  public void limit(String project, Map<String, Integer> limits) {
    stores
        .projects()
        .change(
            new ProjectId(UUID.fromString(project)),
            before ->
                new Project(
                    before.id(),
                    before.name(),
                    before.pingKey(),
                    before.badgeKey(),
                    limits.getOrDefault("check_limit", before.checkLimit()),
                    limits.getOrDefault("ping_log_limit", before.pingLogLimit())));
  }

  @Override
  public String channel(String project, Map<String, Object> channel) {
    var id = new ChannelId(UUID.randomUUID());
    stores
        .integrations()
        .create(
            new Integration(
                id,
                new ProjectId(UUID.fromString(project)),
                String.valueOf(channel.get("kind")),
                String.valueOf(channel.getOrDefault("name", "")),
                Map.of(),
                secrets.signing(),
                false,
                null,
                clock.instant()));
    clock.advance(Duration.ofMillis(1));
    return id.toString();
  }

  @Override
  public void advance(long seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  @Override
  public List<Hook> sweep() {
    var now = clock.instant();
    projects.stream()
        .flatMap(project -> stores.catalog().list(project).stream())
        .forEach(record -> stores.checks().save(record.item(), now, check -> check.sweep(now)));
    return List.of();
  }

  @Override
  public void answerHooks(List<Integer> statuses) {
    throw new UnsupportedOperationException("no webhooks here");
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public void close() {
    tables.close();
  }

  private HttpResponse handle(Request request) {
    clock.advance(Duration.ofMillis(1));
    var target = request.target().split("\\?", 2);
    var response =
        api.handle(
            new HttpRequest(
                UUID.randomUUID().toString(),
                request.method(),
                target[0],
                target.length > 1 ? target[1] : "",
                request.headers().entrySet().stream()
                    .collect(
                        Collectors.toMap(
                            header -> header.getKey().toLowerCase(Locale.ROOT),
                            Map.Entry::getValue)),
                "127.0.0.1",
                request.body()));
    var exchange =
        new Exchange(
            request.method(),
            request.target(),
            request.body(),
            response.status(),
            response.headers(),
            response.body());
    assertThat(witness.see(exchange)).isEmpty();
    return response;
  }

  private void keep(String secret, ProjectId project, ApiKey.Access access) {
    var prefix = secret.substring(0, ApiKey.PREFIX_LENGTH);
    stores.projects().keep(secret, new ApiKey(project, access, prefix, clock.instant()));
  }

  private static String secret(String prefix) {
    return (prefix + UUID.randomUUID().toString().replace("-", "")).substring(0, 32);
  }
}
