package dev.rollcall.store;

import dev.rollcall.core.project.ProjectId;
import java.util.Map;
import java.util.function.LongSupplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// How many checks a project has, as far as is needed to keep it within its limit.
///
/// Every attempt to make a check counts and no deletion does, so the count runs ahead of the truth.
/// Before anybody is refused, the checks themselves are counted. A count that also went down could
/// fall behind the truth by one lost answer, and nobody would notice.
record CheckCount(Dynamo dynamo) {
  private static final String CHECKS = "checks";

  /// Counts a check that is about to be made, unless the project is full.
  ///
  /// Checks that are being made at the very moment when the limit is reached may exceed it by their
  /// number: nothing holds them together but this count.
  ///
  /// @param truth counts the checks that there are
  boolean reserve(ProjectId project, int limit, LongSupplier truth) {
    return add(project, limit) || (recount(project, limit, truth) && add(project, limit));
  }

  private boolean add(ProjectId project, int limit) {
    return update(
        project,
        "SET #v = if_not_exists(#v, :v) ADD #checks :one",
        "attribute_not_exists(#checks) OR #checks < :limit",
        Map.of(":one", number(1), ":limit", number(limit), ":v", number(1)));
  }

  /// @return whether there is room
  private boolean recount(ProjectId project, int limit, LongSupplier truth) {
    var seen = dynamo.read(Keys.checkCount(project)).map(item -> item.get(CHECKS));
    var checks = truth.getAsLong();
    if (checks >= limit) {
      return false;
    }
    // Refused when somebody counted meanwhile: what they wrote is as good.
    seen.ifPresent(count ->
        update(
            project,
            "SET #v = if_not_exists(#v, :v), #checks = :truth",
            "#checks = :seen",
            Map.of(":truth", number(checks), ":seen", count, ":v", number(1))));
    return true;
  }

  private boolean update(
      ProjectId project, String expression, String condition, Map<String, AttributeValue> values) {
    try {
      dynamo
          .client()
          .updateItem(
              UpdateItemRequest.builder()
                  .tableName(dynamo.table())
                  .key(Keys.checkCount(project))
                  .updateExpression(expression)
                  .conditionExpression(condition)
                  .expressionAttributeNames(Map.of("#v", CheckRow.V, "#checks", CHECKS))
                  .expressionAttributeValues(values)
                  .build());
      return true;
    } catch (ConditionalCheckFailedException refused) {
      return false;
    }
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
