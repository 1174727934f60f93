package dev.rollcall.store;

import static java.util.stream.Collectors.toMap;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckDocument;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Details;
import dev.rollcall.core.project.ProjectId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// The checks of a project: made, described, found by any of their names, deleted. What happens to
/// a check is [CheckStore]'s.
///
/// A check that exists has its hot item. Making writes that together with everything else; deleting
/// removes it first. So whoever finds a name or a description without a hot item has found a check
/// that is being deleted, and treats it as gone.
public final class CheckCatalog {

  /// How often a change of a description is taken anew after losing a race.
  private static final int TRIES = 20;

  private static final String CHECK = "check";
  private static final String CHECKS = "checks";

  private final Dynamo dynamo;

  public CheckCatalog(DynamoDbClient client, Tables tables) {
    dynamo = new Dynamo(client, tables.state());
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

  /// Makes a check.
  ///
  /// @param limit how many checks the project may hold with this one
  /// @param slugMustBeNew refuse when the project has a check with this slug: of two that make it
  ///   at once, one succeeds
  public Made create(Check check, Details details, int limit, boolean slugMustBeNew) {
    if (!reserve(check.project(), limit)) {
      return new Made.LimitReached();
    }
    var item = new CheckItem(check, 1, null, List.of(), null);
    var writes = new ArrayList<TransactWriteItem>();
    writes.add(putNew(CheckRow.write(item)));
    writes.add(putNew(DetailRow.write(check.project(), details, 1)));
    writes.add(putNew(lookup(Keys.uniqueKey(CheckDocument.uniqueKey(check.id())), check.id())));
    writes.add(putNew(lookup(Keys.badgeKey(details.badgeKey().toString()), check.id())));
    if (!details.slug().isEmpty()) {
      writes.add(addSlug(check.project(), details.slug(), check.id(), slugMustBeNew));
    }
    try {
      transact(writes);
      return new Made.Done(new CheckRecord(item, details));
    } catch (TransactionCanceledException refused) {
      release(check.project());
      if (slugMustBeNew && failedCondition(refused, writes.size() - 1)) {
        return new Made.SlugTaken();
      }
      throw refused;
    }
  }

  /// A check with its description, both strongly consistent, in one call.
  public Optional<CheckRecord> find(CheckId id) {
    return joined(collection(id));
  }

  /// The description of a check, strongly consistent.
  public Optional<Details> details(CheckId id) {
    return dynamo.read(Keys.detail(id)).map(DetailRow::read);
  }

  /// All checks of a project, oldest first. A check made within the last moments may be missing:
  /// the index follows the table by some milliseconds.
  public List<CheckRecord> list(ProjectId project) {
    var ids = childKeys(project).map(row -> Keys.checkId(row.text(Keys.PK))).toList();
    var keys = ids.stream().flatMap(id -> Stream.of(Keys.hot(id), Keys.detail(id))).toList();
    var items =
        dynamo.readAll(keys).stream()
            .collect(
                toMap(
                    item -> Row.of(item).text(Keys.PK) + Row.of(item).text(Keys.SK),
                    Function.identity()));
    return ids.stream()
        .map(id ->
            Stream.of(Keys.HOT, Keys.DETAIL)
                .flatMap(sk -> Stream.ofNullable(items.get(Keys.check(id) + sk)))
                .toList())
        .flatMap(both -> joined(both).stream())
        .toList();
  }

  /// The checks that have this slug; more than one when a person gave it twice.
  public List<CheckId> bySlug(ProjectId project, String slug) {
    return dynamo.read(Keys.slug(project, slug)).map(Row::of).stream()
        .flatMap(row -> row.texts(CHECKS).stream())
        .map(id -> new CheckId(UUID.fromString(id)))
        .toList();
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
  public Optional<Details> describe(CheckId id, UnaryOperator<Details> change) {
    for (int turn = 0; turn < TRIES; turn++) {
      var stored = dynamo.read(Keys.detail(id));
      if (stored.isEmpty()) {
        return Optional.empty();
      }
      var row = Row.of(stored.get());
      var before = DetailRow.read(stored.get());
      var after = change.apply(before);
      if (after.equals(before) || rewrite(row, before, after)) {
        return Optional.of(after);
      }
    }
    throw new Contended(id);
  }

  /// Deletes a check. What its log holds expires by itself. Safe to say again; whatever an
  /// interrupted deletion left is removed.
  ///
  /// @return whether there was such a check
  public boolean delete(CheckId id) {
    var details = details(id);
    var existed = deleteHot(id);
    details.ifPresent(this::forget);
    return existed;
  }

  private Optional<CheckRecord> joined(List<Map<String, AttributeValue>> items) {
    return item(items, Keys.HOT)
        .flatMap(hot ->
            item(items, Keys.DETAIL)
                .map(detail -> new CheckRecord(CheckRow.read(hot), DetailRow.read(detail))));
  }

  private static Optional<Map<String, AttributeValue>> item(
      List<Map<String, AttributeValue>> items, String sk) {
    return items.stream().filter(item -> Row.of(item).text(Keys.SK).equals(sk)).findFirst();
  }

  private List<Map<String, AttributeValue>> collection(CheckId id) {
    return dynamo.query(query ->
        query
            .keyConditionExpression("#pk = :pk")
            .expressionAttributeNames(Map.of("#pk", Keys.PK))
            .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(Keys.check(id))))
            .consistentRead(true));
  }

  private Stream<Row> childKeys(ProjectId project) {
    return dynamo
        .query(query ->
            query
                .indexName(Keys.BY_PARENT)
                .keyConditionExpression("#parent = :parent AND begins_with(#child, :checks)")
                .expressionAttributeNames(Map.of("#parent", Keys.PARENT, "#child", Keys.CHILD))
                .expressionAttributeValues(
                    Map.of(
                        ":parent", AttributeValue.fromS(Keys.project(project)),
                        ":checks", AttributeValue.fromS(Keys.CHECK_PREFIX))))
        .stream()
        .map(Row::of);
  }

  /// Counts a check that is about to be made. The count may run ahead of the truth when a process
  /// dies in between; it is counted anew before anybody is refused.
  private boolean reserve(ProjectId project, int limit) {
    if (count(project, limit)) {
      return true;
    }
    var truth = childKeys(project).count();
    if (truth >= limit) {
      return false;
    }
    dynamo
        .client()
        .updateItem(
            countUpdate(project)
                .updateExpression("SET #checks = :truth")
                .expressionAttributeValues(Map.of(":truth", number(truth)))
                .build());
    return count(project, limit);
  }

  private boolean count(ProjectId project, int limit) {
    try {
      dynamo
          .client()
          .updateItem(
              countUpdate(project)
                  .updateExpression("ADD #checks :one")
                  .conditionExpression("attribute_not_exists(#checks) OR #checks < :limit")
                  .expressionAttributeValues(Map.of(":one", number(1), ":limit", number(limit)))
                  .build());
      return true;
    } catch (ConditionalCheckFailedException full) {
      return false;
    }
  }

  private void release(ProjectId project) {
    dynamo
        .client()
        .updateItem(
            countUpdate(project)
                .updateExpression("ADD #checks :less")
                .expressionAttributeValues(Map.of(":less", number(-1)))
                .build());
  }

  private UpdateItemRequest.Builder countUpdate(ProjectId project) {
    return UpdateItemRequest.builder()
        .tableName(dynamo.table())
        .key(Keys.checkCount(project))
        .expressionAttributeNames(Map.of("#checks", CHECKS))
        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
  }

  private boolean rewrite(Row row, Details before, Details after) {
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
        writes.add(removeSlug(project, before.slug(), before.id()));
      }
      if (!after.slug().isEmpty()) {
        writes.add(addSlug(project, after.slug(), after.id(), false));
      }
    }
    try {
      transact(writes);
      return true;
    } catch (TransactionCanceledException raced) {
      return false;
    }
  }

  private boolean deleteHot(CheckId id) {
    try {
      dynamo
          .client()
          .deleteItem(delete ->
              delete
                  .tableName(dynamo.table())
                  .key(Keys.hot(id))
                  .conditionExpression("attribute_exists(#pk)")
                  .expressionAttributeNames(Map.of("#pk", Keys.PK))
                  .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
      return true;
    } catch (ConditionalCheckFailedException gone) {
      return false;
    }
  }

  /// Removes the description and the names of a deleted check, and its place in the project's
  /// count.
  private void forget(Details details) {
    var project =
        dynamo
            .read(Keys.detail(details.id()))
            .map(Row::of)
            .map(row -> Keys.projectId(row.text(Keys.PARENT)));
    if (project.isEmpty()) {
      return;
    }
    var writes = new ArrayList<TransactWriteItem>();
    writes.add(remove(Keys.detail(details.id())));
    writes.add(remove(Keys.uniqueKey(CheckDocument.uniqueKey(details.id()))));
    writes.add(remove(Keys.badgeKey(details.badgeKey().toString())));
    if (!details.slug().isEmpty()) {
      writes.add(removeSlug(project.get(), details.slug(), details.id()));
    }
    transact(writes);
    release(project.get());
  }

  private Optional<CheckId> lookUp(Map<String, AttributeValue> key) {
    return dynamo.read(key).map(item -> new CheckId(UUID.fromString(Row.of(item).text(CHECK))));
  }

  private Map<String, AttributeValue> lookup(Map<String, AttributeValue> key, CheckId id) {
    return Row.at(key).number(CheckRow.V, 1L).text(CHECK, id.toString()).attributes();
  }

  private TransactWriteItem putNew(Map<String, AttributeValue> item) {
    return TransactWriteItem.builder()
        .put(
            Put.builder()
                .tableName(dynamo.table())
                .item(item)
                .conditionExpression("attribute_not_exists(#pk)")
                .expressionAttributeNames(Map.of("#pk", Keys.PK))
                .build())
        .build();
  }

  private TransactWriteItem remove(Map<String, AttributeValue> key) {
    return TransactWriteItem.builder()
        .delete(Delete.builder().tableName(dynamo.table()).key(key).build())
        .build();
  }

  private TransactWriteItem addSlug(ProjectId project, String slug, CheckId id, boolean mustBeNew) {
    var update =
        Update.builder()
            .tableName(dynamo.table())
            .key(Keys.slug(project, slug))
            .updateExpression("SET #v = :v ADD #checks :check")
            .expressionAttributeNames(Map.of("#v", CheckRow.V, "#checks", CHECKS))
            .expressionAttributeValues(
                Map.of(":v", number(1), ":check", AttributeValue.fromSs(List.of(id.toString()))));
    if (mustBeNew) {
      update.conditionExpression("attribute_not_exists(#checks)");
    }
    return TransactWriteItem.builder().update(update.build()).build();
  }

  private TransactWriteItem removeSlug(ProjectId project, String slug, CheckId id) {
    return TransactWriteItem.builder()
        .update(
            Update.builder()
                .tableName(dynamo.table())
                .key(Keys.slug(project, slug))
                .updateExpression("DELETE #checks :check")
                .expressionAttributeNames(Map.of("#checks", CHECKS))
                .expressionAttributeValues(
                    Map.of(":check", AttributeValue.fromSs(List.of(id.toString()))))
                .build())
        .build();
  }

  private void transact(List<TransactWriteItem> writes) {
    dynamo
        .client()
        .transactWriteItems(request ->
            request.transactItems(writes).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
  }

  private static boolean failedCondition(TransactionCanceledException refused, int index) {
    var reasons = refused.cancellationReasons();
    return index < reasons.size()
        && Optional.of(reasons.get(index))
            .map(CancellationReason::code)
            .filter("ConditionalCheckFailed"::equals)
            .isPresent();
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
