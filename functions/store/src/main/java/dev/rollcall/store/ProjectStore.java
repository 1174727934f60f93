package dev.rollcall.store;

import dev.rollcall.core.project.ApiKey;
import dev.rollcall.core.project.Project;
import dev.rollcall.core.project.ProjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// Projects and their keys.
public final class ProjectStore {
  private static final String NAME = "name";
  private static final String PING_KEY = "pingKey";
  private static final String BADGE_KEY = "badgeKey";
  private static final String CHECK_LIMIT = "checkLimit";
  private static final String PING_LOG_LIMIT = "pingLogLimit";
  private static final String PROJECT = "project";
  private static final String ACCESS = "access";
  private static final String PREFIX = "prefix";
  private static final String CREATED = "created";

  private static final long VERSION = 1;

  private final Dynamo dynamo;
  private final SchemaView schema;

  public ProjectStore(DynamoDbClient client, Tables tables) {
    this(client, tables, SchemaView.of(client, tables));
  }

  /// @param schema asked when an item is newer than this release
  public ProjectStore(DynamoDbClient client, Tables tables, SchemaView schema) {
    dynamo = new Dynamo(client, tables.state());
    this.schema = schema;
  }

  /// Makes a project with its ping key and badge key.
  ///
  /// @return whether it is new; a project with this id, or one of its keys, may exist already
  public boolean create(Project project) {
    return create(project, Map.of());
  }

  /// Makes a project as the other [#create], and its keys of the management API with it: all of
  /// that or nothing.
  ///
  /// @param keys by their secrets
  public boolean create(Project project, Map<String, ApiKey> keys) {
    var writes =
        new ArrayList<>(
            List.of(
                dynamo.putNew(write(project, 1)),
                dynamo.putNew(pointer(Keys.pingKey(project.pingKey()), project.id())),
                dynamo.putNew(pointer(Keys.badgeKey(project.badgeKey()), project.id()))));
    keys.forEach((secret, key) -> writes.add(dynamo.putNew(write(secret, key))));
    return dynamo.transact(writes) instanceof Transacted.Written;
  }

  public Optional<Project> find(ProjectId id) {
    return dynamo.read(key(id)).map(this::read);
  }

  /// All that there are, in no order. Reads the whole table: for an operator, and no function.
  public List<Project> all() {
    return dynamo
        .client()
        .scanPaginator(scan ->
            scan.tableName(dynamo.table())
                .consistentRead(true)
                .filterExpression("begins_with(#pk, :project) AND #sk = :item")
                .expressionAttributeNames(Map.of("#pk", Keys.PK, "#sk", Keys.SK))
                .expressionAttributeValues(
                    Map.of(
                        ":project", AttributeValue.fromS(Keys.PROJECT_PREFIX),
                        ":item", AttributeValue.fromS(Keys.ITEM))))
        .items()
        .stream()
        .map(this::read)
        .toList();
  }

  /// Changes the limits and the name of a project; its keys stay.
  public Optional<Project> change(ProjectId id, UnaryOperator<Project> change) {
    while (true) {
      var stored = dynamo.read(key(id));
      if (stored.isEmpty()) {
        return Optional.empty();
      }
      var before = read(stored.get());
      var after = change.apply(before);
      if (after.equals(before)) {
        return Optional.of(after);
      }
      var rev = Row.of(stored.get()).number(CheckRow.REV);
      var difference = Change.between(write(before, rev), write(after, rev + 1));
      var names = new HashMap<>(difference.names());
      names.put("#rev", CheckRow.REV);
      var values = new HashMap<>(difference.values());
      values.put(":rev", AttributeValue.fromN(Long.toString(rev)));
      try {
        dynamo
            .client()
            .updateItem(update ->
                update
                    .tableName(dynamo.table())
                    .key(key(id))
                    .updateExpression(difference.expression())
                    .conditionExpression("#rev = :rev")
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values));
        return Optional.of(after);
      } catch (ConditionalCheckFailedException raced) {
        // Another change came first: take this one anew from there.
      }
    }
  }

  /// The project that this ping key belongs to.
  public Optional<ProjectId> byPingKey(String pingKey) {
    return dynamo.read(Keys.pingKey(pingKey)).map(item -> projectId(admitted(item, "lookup")));
  }

  /// The project that this badge key belongs to. Badge keys of checks belong to none.
  public Optional<ProjectId> byBadgeKey(String badgeKey) {
    return dynamo
        .read(Keys.badgeKey(badgeKey))
        .filter(item -> item.containsKey(PROJECT))
        .map(item -> projectId(admitted(item, "lookup")));
  }

  /// Keeps a key of the management API: a hash of its secret, and what it may do.
  public void keep(String secret, ApiKey key) {
    dynamo.client().putItem(put -> put.tableName(dynamo.table()).item(write(secret, key)));
  }

  /// The key with this secret: one strongly consistent read. What a newer release lets a key do
  /// counts for nothing here.
  public Optional<ApiKey> key(String secret) {
    return dynamo
        .read(Keys.key(Keys.apiKey(secret), Keys.LOOKUP))
        .map(item -> admitted(item, "API key"))
        .flatMap(row ->
            FlipRow.known(ApiKey.Access.class, row.text(ACCESS))
                .map(access -> new ApiKey(projectId(row), access, row.text(PREFIX), created(row))));
  }

  /// The keys of the management API that a project has, oldest first. One that was made within the
  /// last moments may be missing.
  public List<KeptKey> keys(ProjectId project) {
    var found =
        dynamo.query(query ->
            query
                .indexName(Keys.BY_PARENT)
                .keyConditionExpression("#parent = :parent AND begins_with(#child, :keys)")
                .expressionAttributeNames(Map.of("#parent", Keys.PARENT, "#child", Keys.CHILD))
                .expressionAttributeValues(
                    Map.of(
                        ":parent", AttributeValue.fromS(Keys.project(project)),
                        ":keys", AttributeValue.fromS(Keys.API_KEY_PREFIX))));
    return dynamo
        .readAll(
            found.stream().map(item -> Keys.key(Row.of(item).text(Keys.PK), Keys.LOOKUP)).toList())
        .stream()
        .map(item -> admitted(item, "API key"))
        .map(row ->
            new KeptKey(
                row.text(Keys.PK).substring(Keys.API_KEY_PREFIX.length()),
                row.text(PREFIX),
                FlipRow.known(ApiKey.Access.class, row.text(ACCESS)),
                created(row)))
        .sorted(Comparator.comparing(KeptKey::createdAt).thenComparing(KeptKey::hash))
        .toList();
  }

  /// Keeps a key of the management API in the place of others, which are refused from then on: all
  /// of that or nothing.
  ///
  /// @param old may be none
  /// @return whether it is done; one of the others may be gone already, or the secret be in use
  public boolean replace(List<KeptKey> old, String secret, ApiKey key) {
    var writes = new ArrayList<>(List.of(dynamo.putNew(write(secret, key))));
    old.forEach(kept -> writes.add(dynamo.deleteOld(key(kept))));
    return dynamo.transact(writes) instanceof Transacted.Written;
  }

  /// Refuses a key of the management API from now on.
  public void forget(KeptKey kept) {
    dynamo.client().deleteItem(delete -> delete.tableName(dynamo.table()).key(key(kept)));
  }

  private static Map<String, AttributeValue> key(KeptKey kept) {
    return Keys.key(Keys.API_KEY_PREFIX + kept.hash(), Keys.LOOKUP);
  }

  private static Map<String, AttributeValue> key(ProjectId id) {
    return Keys.key(Keys.project(id), Keys.ITEM);
  }

  private static Map<String, AttributeValue> write(Project project, long rev) {
    return Row.at(key(project.id()))
        .number(CheckRow.V, VERSION)
        .number(CheckRow.REV, rev)
        .text(NAME, project.name())
        .text(PING_KEY, project.pingKey())
        .text(BADGE_KEY, project.badgeKey())
        .number(CHECK_LIMIT, (long) project.checkLimit())
        .number(PING_LOG_LIMIT, (long) project.pingLogLimit())
        .attributes();
  }

  static Map<String, AttributeValue> write(String secret, ApiKey key) {
    return Row.at(Keys.key(Keys.apiKey(secret), Keys.LOOKUP))
        .number(CheckRow.V, VERSION)
        .text(Keys.PARENT, Keys.project(key.project()))
        .text(Keys.CHILD, Keys.child(Keys.API_KEY_PREFIX, key.createdAt(), key.prefix()))
        .text(PROJECT, key.project().toString())
        .text(ACCESS, FlipRow.word(key.access()))
        .text(PREFIX, key.prefix())
        .number(CREATED, Micros.of(key.createdAt()))
        .attributes();
  }

  private Project read(Map<String, AttributeValue> item) {
    var row = admitted(item, "project");
    return new Project(
        Keys.projectId(row.text(Keys.PK)),
        row.textOrEmpty(NAME),
        row.text(PING_KEY),
        row.text(BADGE_KEY),
        (int) row.number(CHECK_LIMIT),
        (int) row.number(PING_LOG_LIMIT));
  }

  private static Map<String, AttributeValue> pointer(
      Map<String, AttributeValue> key, ProjectId id) {
    return Row.at(key).number(CheckRow.V, VERSION).text(PROJECT, id.toString()).attributes();
  }

  private Row admitted(Map<String, AttributeValue> item, String kind) {
    var row = Row.of(item);
    schema.admit(row, VERSION, kind);
    return row;
  }

  private static ProjectId projectId(Row row) {
    return new ProjectId(UUID.fromString(row.text(PROJECT)));
  }

  private static Instant created(Row row) {
    return Micros.instant(row.number(CREATED));
  }
}
