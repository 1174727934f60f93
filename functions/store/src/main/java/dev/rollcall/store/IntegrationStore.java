package dev.rollcall.store;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.channel.SigningSecret;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.ProjectId;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// The channels that projects have set up.
public final class IntegrationStore {
  private static final String PROJECT = "project";
  private static final String KIND = "kind";
  private static final String NAME = "name";
  private static final String SETTINGS = "settings";
  private static final String SECRET = "secret";
  private static final String DISABLED = "disabled";
  private static final String LAST_ERROR = "lastError";
  private static final String SLOW = "slow";
  private static final String CREATED = "created";

  /// The newest shape of a channel that this release has a name for: that of level 2.
  private static final long KNOWN = 2;

  /// The level from which on every channel has a secret.
  private static final int WITH_SECRETS = 2;

  private static final Shape<Integration> SECRETS =
      new Shape<>(WITH_SECRETS, channel -> channel.withSecret(null));

  private static final Comparator<Integration> OLDEST_FIRST =
      Comparator.comparing(Integration::createdAt)
          .thenComparing(integration -> integration.id().toString());

  private final Dynamo dynamo;
  private final SchemaView schema;

  public IntegrationStore(DynamoDbClient client, Tables tables) {
    this(client, tables, SchemaView.of(client, tables));
  }

  /// @param schema asked when an item is newer than this release
  public IntegrationStore(DynamoDbClient client, Tables tables, SchemaView schema) {
    dynamo = new Dynamo(client, tables.state());
    this.schema = schema;
  }

  /// Makes a channel. Items that are to be written in a level without secrets get none: a migration
  /// gives them one.
  ///
  /// @param integration with a secret, whatever the level
  /// @return the channel as it is stored
  public Integration create(Integration integration) {
    var writeLevel = schema.writeLevel();
    if (SECRETS.isReached(writeLevel) && integration.secret() == null) {
      throw new IllegalArgumentException("a channel of this level has a secret");
    }
    var stored = SECRETS.of(integration, writeLevel);
    dynamo
        .client()
        .putItem(put ->
            put.tableName(dynamo.table())
                .item(write(stored))
                .conditionExpression("attribute_not_exists(#pk)")
                .expressionAttributeNames(Map.of("#pk", Keys.PK)));
    return stored;
  }

  public Optional<Integration> find(ChannelId id) {
    return dynamo.read(key(id)).map(this::read);
  }

  /// Those of these that exist and that this release can read, in no order.
  public List<Integration> readable(List<ChannelId> ids) {
    return dynamo.readAll(ids.stream().distinct().map(IntegrationStore::key).toList()).stream()
        .flatMap(item -> readable(item).stream())
        .toList();
  }

  /// Those of these that exist, in no order.
  public List<Integration> findAll(List<ChannelId> ids) {
    return dynamo.readAll(ids.stream().distinct().map(IntegrationStore::key).toList()).stream()
        .map(this::read)
        .toList();
  }

  /// All of a project, oldest first. One that was made within the last moments may be missing.
  ///
  /// @throws UnreadableItem when this release cannot read one of them
  public List<Integration> list(ProjectId project) {
    return items(project).stream().map(this::read).sorted(OLDEST_FIRST).toList();
  }

  /// The channels of a project.
  ///
  /// @param channels oldest first
  /// @param unreadable those that this release cannot read
  public record Listing(List<Integration> channels, List<ChannelId> unreadable) {}

  /// As [#list], with those that cannot be read by themselves.
  public Listing listing(ProjectId project) {
    var channels = new ArrayList<Integration>();
    var unreadable = new ArrayList<ChannelId>();
    for (var item : items(project)) {
      readable(item).ifPresentOrElse(channels::add, () -> unreadable.add(id(Row.of(item))));
    }
    channels.sort(OLDEST_FIRST);
    return new Listing(channels, unreadable);
  }

  private List<Map<String, AttributeValue>> items(ProjectId project) {
    var keys =
        dynamo.query(query ->
            query
                .indexName(Keys.BY_PARENT)
                .keyConditionExpression("#parent = :parent AND begins_with(#child, :channels)")
                .expressionAttributeNames(Map.of("#parent", Keys.PARENT, "#child", Keys.CHILD))
                .expressionAttributeValues(
                    Map.of(
                        ":parent", AttributeValue.fromS(Keys.project(project)),
                        ":channels", AttributeValue.fromS(Keys.CHANNEL_PREFIX))));
    return dynamo.readAll(
        keys.stream().map(item -> Keys.key(Row.of(item).text(Keys.PK), Keys.ITEM)).toList());
  }

  /// As the other [#report], of a delivery that was not slow.
  public void report(ChannelId id, @Nullable String error, boolean disable) {
    report(id, error, disable, false);
  }

  /// Notes how the last delivery went.
  ///
  /// @param error what went wrong, or null when it went well
  /// @param disable send nothing here from now on
  /// @param slow it took long
  public void report(ChannelId id, @Nullable String error, boolean disable, boolean slow) {
    var sets = new ArrayList<String>();
    var removals = new ArrayList<String>();
    var names = new HashMap<>(Map.of("#pk", Keys.PK, "#error", LAST_ERROR, "#slow", SLOW));
    var values = new HashMap<String, AttributeValue>();
    if (error == null) {
      removals.add("#error");
    } else {
      sets.add("#error = :error");
      values.put(":error", AttributeValue.fromS(error));
    }
    if (slow) {
      sets.add("#slow = :true");
    } else {
      removals.add("#slow");
    }
    if (disable) {
      sets.add("#disabled = :true");
      names.put("#disabled", DISABLED);
    }
    if (slow || disable) {
      values.put(":true", AttributeValue.fromBool(true));
    }
    var expression = clause("SET", sets) + clause("REMOVE", removals);
    try {
      dynamo
          .client()
          .updateItem(update ->
              update
                  .tableName(dynamo.table())
                  .key(key(id))
                  .updateExpression(expression)
                  .conditionExpression("attribute_exists(#pk)")
                  .expressionAttributeNames(names)
                  .expressionAttributeValues(values.isEmpty() ? null : values));
    } catch (ConditionalCheckFailedException deleted) {
      // Nobody is left to read it.
    }
  }

  private static String clause(String word, List<String> changes) {
    return changes.isEmpty() ? "" : word + " " + String.join(", ", changes) + " ";
  }

  public void delete(ChannelId id) {
    dynamo.client().deleteItem(delete -> delete.tableName(dynamo.table()).key(key(id)));
  }

  private static Map<String, AttributeValue> key(ChannelId id) {
    return Keys.key(Keys.channel(id), Keys.ITEM);
  }

  private static Map<String, AttributeValue> write(Integration integration) {
    var secret = integration.secret();
    return Row.at(key(integration.id()))
        .number(CheckRow.V, secret == null ? 1L : 2L)
        .text(SECRET, secret == null ? null : secret.digits())
        .text(Keys.PARENT, Keys.project(integration.project()))
        .text(
            Keys.CHILD,
            Keys.child(Keys.CHANNEL_PREFIX, integration.createdAt(), integration.id().toString()))
        .text(PROJECT, integration.project().toString())
        .text(KIND, integration.kind())
        .text(NAME, integration.name())
        .with(SETTINGS, Tree.write(integration.settings()))
        .flag(DISABLED, integration.disabled())
        .text(LAST_ERROR, integration.lastError())
        .flag(SLOW, integration.slow())
        .number(CREATED, Micros.of(integration.createdAt()))
        .attributes();
  }

  private static ChannelId id(Row row) {
    return new ChannelId(
        UUID.fromString(row.text(Keys.PK).substring(Keys.CHANNEL_PREFIX.length())));
  }

  private Optional<Integration> readable(Map<String, AttributeValue> item) {
    try {
      return Optional.of(read(item));
    } catch (UnreadableItem | IllegalArgumentException | DateTimeException strange) {
      return Optional.empty();
    }
  }

  private Integration read(Map<String, AttributeValue> item) {
    var row = Row.of(item);
    schema.admit(row, KNOWN, "channel");
    var secret = row.textOrNull(SECRET);
    return new Integration(
        id(row),
        new ProjectId(UUID.fromString(row.text(PROJECT))),
        row.text(KIND),
        row.textOrEmpty(NAME),
        Tree.readMap(row.map(SETTINGS)),
        secret == null ? null : new SigningSecret(secret),
        row.flag(DISABLED),
        row.textOrNull(LAST_ERROR),
        row.flag(SLOW),
        Micros.instant(row.number(CREATED)));
  }
}
