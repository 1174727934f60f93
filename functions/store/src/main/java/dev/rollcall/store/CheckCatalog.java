package dev.rollcall.store;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckDocument;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Details;
import dev.rollcall.core.check.Filters;
import dev.rollcall.core.project.ProjectId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/// The checks of a project: made, described, found by any of their names, deleted. What happens to
/// a check is [CheckStore]'s.
///
/// Making writes all items of a check in one transaction, and deleting removes them in one, so that
/// no crash leaves a part of a check. These are the only transactions that touch a hot item: a ping
/// can only meet one while its check is being deleted.
public final class CheckCatalog {

  /// How often a transaction is tried anew after losing a race.
  private static final int TRIES = 20;

  static final long LOOKUP_VERSION = 1;

  private static final String CHECK = "check";

  private final Dynamo dynamo;
  private final Slugs slugs;
  private final CheckCount count;
  private final SchemaView schema;

  public CheckCatalog(DynamoDbClient client, Tables tables) {
    this(client, tables, SchemaView.of(client, tables));
  }

  /// @param schema asked when an item is newer than this release
  public CheckCatalog(DynamoDbClient client, Tables tables, SchemaView schema) {
    dynamo = new Dynamo(client, tables.state());
    slugs = new Slugs(dynamo, schema);
    count = new CheckCount(dynamo);
    this.schema = schema;
  }

  /// What became of an attempt to make a check.
  public sealed interface Made {
    /// It is there.
    record Done(CheckRecord check) implements Made {}

    /// The project may hold no more.
    record LimitReached() implements Made {}

    /// The slug was to be new, and is not.
    record SlugTaken() implements Made {}
  }

  /// Makes a check. Safe to say again: the check that an earlier try made is found.
  ///
  /// @param limit how many checks the project may hold with this one
  /// @param slugMustBeNew refuse when the project has a check with this slug: of two that make it
  ///   at once, one succeeds
  /// @throws Contended when it lost [#TRIES] races
  public Made create(Check check, Details details, int limit, boolean slugMustBeNew) {
    var unique = slugMustBeNew && !details.slug().isEmpty();
    var project = check.project();
    var place = new CheckCount.Place(project, check.id(), details.createdAt());
    if (count.reserve(place, limit, () -> Set.copyOf(ids(project)))) {
      try {
        return make(check, details, unique);
      } finally {
        count.leave(place);
      }
    }
    // The last place may have gone to this very check, or to one with its slug, a moment ago.
    var earlier = find(check.id());
    if (earlier.isPresent()) {
      return new Made.Done(earlier.get());
    }
    return unique && !bySlug(project, details.slug()).isEmpty()
        ? new Made.SlugTaken()
        : new Made.LimitReached();
  }

  /// A check with its description, both strongly consistent, in one call.
  public Optional<CheckRecord> find(CheckId id) {
    var items = collection(id);
    return joined(item(items, Keys.HOT), item(items, Keys.DETAIL));
  }

  /// The description of a check, strongly consistent.
  public Optional<Details> details(CheckId id) {
    return dynamo.read(Keys.detail(id)).map(this::describing);
  }

  /// By what the texts of a check's pings are judged, strongly consistent.
  ///
  /// @throws UnreadableItem when the check has no description: without its filters, a failure would
  ///   pass for a success
  public Filters filters(CheckId id) {
    return details(id)
        .map(Details::filters)
        .orElseThrow(() -> new UnreadableItem("a check without its detail item"));
  }

  /// The checks of a project.
  ///
  /// @param checks oldest first
  /// @param unreadable those of which this release cannot read an item
  public record Listing(List<CheckRecord> checks, List<CheckId> unreadable) {}

  /// All checks of a project, oldest first. A check made within the last moments may be missing:
  /// the index follows the table by some milliseconds.
  ///
  /// @throws UnreadableItem when this release cannot read one of them
  public List<CheckRecord> list(ProjectId project) {
    return findAll(ids(project));
  }

  /// As [#list], with those that cannot be read by themselves.
  public Listing listing(ProjectId project) {
    var ids = ids(project);
    var items = items(ids);
    var checks = new ArrayList<CheckRecord>();
    var unreadable = new ArrayList<CheckId>();
    for (var id : ids) {
      var item = items.get(Keys.check(id));
      if (item == null || item.hot() == null) {
        continue;
      }
      try {
        joined(item.hot(), item.detail()).ifPresentOrElse(checks::add, () -> unreadable.add(id));
      } catch (UnreadableItem strange) {
        unreadable.add(id);
      }
    }
    return new Listing(checks, unreadable);
  }

  /// How many checks a project has, but for those made within the last moments.
  public int count(ProjectId project) {
    return Math.toIntExact(childKeys(project).count());
  }

  /// Those of these checks that exist, in the given order, strongly consistent.
  public List<CheckRecord> findAll(List<CheckId> ids) {
    var items = items(ids);
    return ids.stream()
        .flatMap(id -> Stream.ofNullable(items.get(Keys.check(id))))
        .flatMap(item -> joined(item.hot(), item.detail()).stream())
        .toList();
  }

  private record Items(
      @Nullable Map<String, AttributeValue> hot, @Nullable Map<String, AttributeValue> detail) {}

  /// Both items of each check, by their partition key.
  private Map<String, Items> items(List<CheckId> ids) {
    var keys = ids.stream().flatMap(id -> Stream.of(Keys.hot(id), Keys.detail(id))).toList();
    var found = new HashMap<String, Items>();
    for (var item : dynamo.readAll(keys)) {
      var row = Row.of(item);
      var isHot = row.text(Keys.SK).equals(Keys.HOT);
      found.merge(
          row.text(Keys.PK),
          new Items(isHot ? item : null, isHot ? null : item),
          (one, other) ->
              isHot ? new Items(item, one.detail()) : new Items(one.hot(), other.detail()));
    }
    return found;
  }

  /// The checks that have this slug; more than one when a person gave it twice.
  public List<CheckId> bySlug(ProjectId project, String slug) {
    return slugs.holders(project, slug);
  }

  /// The check whose [unique key][CheckDocument#uniqueKey] this is.
  public Optional<CheckId> byUniqueKey(String uniqueKey) {
    return lookUp(Keys.uniqueKey(uniqueKey));
  }

  /// The check whose badge has this key.
  public Optional<CheckId> byBadgeKey(UUID badgeKey) {
    return lookUp(Keys.badgeKey(badgeKey.toString()));
  }

  /// Changes the description of a check. Taken anew when another change came first.
  ///
  /// @return the description as it is now, or empty when the check is gone
  /// @throws Contended when it lost [#TRIES] races
  public Optional<Details> describe(CheckId id, UnaryOperator<Details> change) {
    for (int turn = 0; turn < TRIES; turn++) {
      var stored = dynamo.read(Keys.detail(id));
      if (stored.isEmpty()) {
        return Optional.empty();
      }
      var before = describing(stored.get());
      var after = change.apply(before);
      if (after.equals(before)
          || dynamo.transact(rewrite(Row.of(stored.get()), before, after))
              instanceof Transacted.Written) {
        return Optional.of(after);
      }
    }
    throw new Contended(id);
  }

  /// Deletes a check. What its log holds expires by itself. Safe to say again.
  ///
  /// @return whether there was such a check
  /// @throws Contended when it lost [#TRIES] races
  public boolean delete(CheckId id) {
    for (int turn = 0; turn < TRIES; turn++) {
      var stored = dynamo.read(Keys.detail(id));
      if (stored.isEmpty()) {
        return false;
      }
      if (dynamo.transact(removal(Row.of(stored.get()))) instanceof Transacted.Written) {
        return true;
      }
    }
    throw new Contended(id);
  }

  private Made make(Check check, Details details, boolean slugMustBeNew) {
    var item = new CheckItem(check, 1, check.deadline().orElse(null), List.of(), null);
    var writes = new ArrayList<TransactWriteItem>();
    writes.add(dynamo.putNew(CheckRow.write(item)));
    writes.add(dynamo.putNew(DetailRow.write(check.project(), details, 1)));
    writes.add(
        dynamo.putNew(lookup(Keys.uniqueKey(CheckDocument.uniqueKey(check.id())), check.id())));
    writes.add(dynamo.putNew(lookup(Keys.badgeKey(details.badgeKey().toString()), check.id())));
    if (!details.slug().isEmpty()) {
      writes.add(slugs.add(check.project(), details.slug(), check.id(), slugMustBeNew));
    }
    for (int turn = 0; turn < TRIES; turn++) {
      switch (dynamo.transact(writes)) {
        case Transacted.Written() -> {
          return new Made.Done(new CheckRecord(item, details));
        }
        case Transacted.Refused refused -> {
          var earlier = refused.condition(0) ? find(check.id()) : Optional.<CheckRecord>empty();
          if (earlier.isPresent()) {
            return new Made.Done(earlier.get());
          }
          if (slugMustBeNew && refused.condition(writes.size() - 1)) {
            return new Made.SlugTaken();
          }
        }
      }
    }
    throw new Contended(check.id());
  }

  private Optional<CheckRecord> joined(
      @Nullable Map<String, AttributeValue> hot, @Nullable Map<String, AttributeValue> detail) {
    return hot == null || detail == null
        ? Optional.empty()
        : Optional.of(new CheckRecord(CheckRow.read(hot, schema), describing(detail)));
  }

  private static @Nullable Map<String, AttributeValue> item(
      List<Map<String, AttributeValue>> items, String sk) {
    return items.stream()
        .filter(item -> Row.of(item).text(Keys.SK).equals(sk))
        .findFirst()
        .orElse(null);
  }

  private List<Map<String, AttributeValue>> collection(CheckId id) {
    return dynamo.query(query ->
        query
            .keyConditionExpression("#pk = :pk")
            .expressionAttributeNames(Map.of("#pk", Keys.PK))
            .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(Keys.check(id))))
            .consistentRead(true));
  }

  private List<CheckId> ids(ProjectId project) {
    return childKeys(project).map(row -> Keys.checkId(row.text(Keys.PK))).toList();
  }

  private Stream<Row> childKeys(ProjectId project) {
    return dynamo
        .query(query ->
            query
                .indexName(Keys.BY_PARENT)
                .keyConditionExpression("#parent = :parent AND begins_with(#child, :checks)")
                .projectionExpression("#pk")
                .expressionAttributeNames(
                    Map.of("#parent", Keys.PARENT, "#child", Keys.CHILD, "#pk", Keys.PK))
                .expressionAttributeValues(
                    Map.of(
                        ":parent", AttributeValue.fromS(Keys.project(project)),
                        ":checks", AttributeValue.fromS(Keys.CHECK_PREFIX))))
        .stream()
        .map(Row::of);
  }

  private List<TransactWriteItem> rewrite(Row row, Details before, Details after) {
    var project = Keys.projectId(row.text(Keys.PARENT));
    var rev = row.number(CheckRow.REV);
    var change =
        Change.between(
            DetailRow.write(project, before, rev), DetailRow.write(project, after, rev + 1));
    var names = new HashMap<>(change.names());
    names.put("#rev", CheckRow.REV);
    var values = new HashMap<>(change.values());
    values.put(":rev", number(rev));
    var writes = new ArrayList<TransactWriteItem>();
    writes.add(
        TransactWriteItem.builder()
            .update(
                Update.builder()
                    .tableName(dynamo.table())
                    .key(Keys.detail(before.id()))
                    .updateExpression(change.expression())
                    .conditionExpression("#rev = :rev")
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values)
                    .build())
            .build());
    if (!before.slug().equals(after.slug())) {
      if (!before.slug().isEmpty()) {
        slugs.remove(project, before.slug(), before.id()).ifPresent(writes::add);
      }
      if (!after.slug().isEmpty()) {
        writes.add(slugs.add(project, after.slug(), after.id(), false));
      }
    }
    return writes;
  }

  /// The removal of a check, as long as its description is still this one.
  private List<TransactWriteItem> removal(Row row) {
    var details = describing(row.attributes());
    var writes = new ArrayList<TransactWriteItem>();
    writes.add(
        remove(
            Keys.hot(details.id()),
            delete ->
                delete
                    .conditionExpression("attribute_exists(#pk)")
                    .expressionAttributeNames(Map.of("#pk", Keys.PK))));
    writes.add(
        remove(
            Keys.detail(details.id()),
            delete ->
                delete
                    .conditionExpression("#rev = :rev")
                    .expressionAttributeNames(Map.of("#rev", CheckRow.REV))
                    .expressionAttributeValues(Map.of(":rev", number(row.number(CheckRow.REV))))));
    writes.add(remove(Keys.uniqueKey(CheckDocument.uniqueKey(details.id())), _ -> {}));
    writes.add(remove(Keys.badgeKey(details.badgeKey().toString()), _ -> {}));
    if (!details.slug().isEmpty()) {
      var project = Keys.projectId(row.text(Keys.PARENT));
      slugs.remove(project, details.slug(), details.id()).ifPresent(writes::add);
    }
    return writes;
  }

  private TransactWriteItem remove(
      Map<String, AttributeValue> key, Consumer<Delete.Builder> condition) {
    var delete = Delete.builder().tableName(dynamo.table()).key(key);
    condition.accept(delete);
    return TransactWriteItem.builder().delete(delete.build()).build();
  }

  private Optional<CheckId> lookUp(Map<String, AttributeValue> key) {
    return dynamo
        .read(key)
        .map(Row::of)
        .map(row -> {
          schema.admit(row, LOOKUP_VERSION, "lookup");
          return new CheckId(UUID.fromString(row.text(CHECK)));
        });
  }

  private Details describing(Map<String, AttributeValue> item) {
    return DetailRow.read(item, schema);
  }

  private static Map<String, AttributeValue> lookup(Map<String, AttributeValue> key, CheckId id) {
    return Row.at(key).number(CheckRow.V, LOOKUP_VERSION).text(CHECK, id.toString()).attributes();
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
