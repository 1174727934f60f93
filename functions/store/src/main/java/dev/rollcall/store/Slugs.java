package dev.rollcall.store;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ProjectId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/// Which checks of a project have which slug: one lookup item a slug, there as long as a check has
/// it.
record Slugs(Dynamo dynamo, SchemaView schema) {
  private static final String CHECKS = "checks";
  private static final Map<String, String> NAMES = Map.of("#checks", CHECKS);

  List<CheckId> holders(ProjectId project, String slug) {
    return texts(project, slug).stream().map(id -> new CheckId(UUID.fromString(id))).toList();
  }

  /// The write that gives a check this slug.
  ///
  /// @param mustBeNew refuse where a check has it already
  TransactWriteItem add(ProjectId project, String slug, CheckId check, boolean mustBeNew) {
    var update =
        Update.builder()
            .tableName(dynamo.table())
            .key(Keys.slug(project, slug))
            .updateExpression("SET #v = if_not_exists(#v, :v) ADD #checks :check")
            .expressionAttributeNames(Map.of("#v", CheckRow.V, "#checks", CHECKS))
            .expressionAttributeValues(
                Map.of(":v", AttributeValue.fromN("1"), ":check", set(check)));
    if (mustBeNew) {
      update.conditionExpression("attribute_not_exists(#checks)");
    }
    return TransactWriteItem.builder().update(update.build()).build();
  }

  /// The write that takes this slug from a check, and removes the lookup with its last check; empty
  /// when the check does not have it. It is refused when the holders have changed meanwhile so that
  /// it would leave an empty lookup, or remove one that is in use.
  Optional<TransactWriteItem> remove(ProjectId project, String slug, CheckId check) {
    var holders = texts(project, slug);
    if (!holders.contains(check.toString())) {
      return Optional.empty();
    }
    var key = Keys.slug(project, slug);
    return Optional.of(holders.size() == 1 ? removeLast(key, check) : removeOne(key, check));
  }

  private TransactWriteItem removeLast(Map<String, AttributeValue> key, CheckId check) {
    return TransactWriteItem.builder()
        .delete(
            Delete.builder()
                .tableName(dynamo.table())
                .key(key)
                .conditionExpression("#checks = :check")
                .expressionAttributeNames(NAMES)
                .expressionAttributeValues(Map.of(":check", set(check)))
                .build())
        .build();
  }

  private TransactWriteItem removeOne(Map<String, AttributeValue> key, CheckId check) {
    return TransactWriteItem.builder()
        .update(
            Update.builder()
                .tableName(dynamo.table())
                .key(key)
                .updateExpression("DELETE #checks :check")
                .conditionExpression("size(#checks) > :one")
                .expressionAttributeNames(NAMES)
                .expressionAttributeValues(
                    Map.of(":one", AttributeValue.fromN("1"), ":check", set(check)))
                .build())
        .build();
  }

  private List<String> texts(ProjectId project, String slug) {
    return dynamo
        .read(Keys.slug(project, slug))
        .map(Row::of)
        .map(row -> {
          schema.admit(row, CheckCatalog.LOOKUP_VERSION, "slug");
          return row.texts(CHECKS);
        })
        .orElse(List.of());
  }

  private static AttributeValue set(CheckId check) {
    return AttributeValue.fromSs(List.of(check.toString()));
  }
}
