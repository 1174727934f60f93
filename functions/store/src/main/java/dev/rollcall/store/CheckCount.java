package dev.rollcall.store;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// How many checks a project has, as far as is needed to keep it within its limit.
///
/// Every attempt to make a check counts and no deletion does, so the count runs ahead of the truth.
/// Before anybody is refused, the checks themselves are counted, together with those that are being
/// made: the count names them, since nobody sees them yet. A count that also went down could fall
/// behind the truth by one lost answer, and nobody would notice.
record CheckCount(Dynamo dynamo) {
  private static final String CHECKS = "checks";

  /// Who is being made: ids, each with the second in which that began.
  private static final String MAKING = "making";

  /// How many places were ever taken. The count and the names may be again what they were; this may
  /// not.
  private static final String BEGUN = "begun";

  /// Longer than it takes to make a check. Whoever takes longer has died.
  private static final Duration MAKING_TIME = Duration.ofSeconds(60);

  /// A check that is about to be made.
  record Place(ProjectId project, CheckId check, Instant at) {
    private String text() {
      return check + "@" + at.getEpochSecond();
    }

    /// Whether another check is being made, as `text` has it.
    private boolean isBesides(String text) {
      return !text.startsWith(check + "@")
          && Long.parseLong(text.substring(text.indexOf('@') + 1))
              >= at.minus(MAKING_TIME).getEpochSecond();
    }

    private static CheckId check(String text) {
      return new CheckId(UUID.fromString(text.substring(0, text.indexOf('@'))));
    }
  }

  /// Counts a check that is about to be made, unless the project is full. Safe to say again: who
  /// has died while making a check is in nobody's way for longer than [#MAKING_TIME], and not in
  /// its own.
  ///
  /// @param truth the checks that there are. A check made milliseconds ago may be missing, by which
  ///   the limit may be exceeded
  boolean reserve(Place place, int limit, Supplier<Set<CheckId>> truth) {
    return add(place, limit) || (recount(place, limit, truth) && add(place, limit));
  }

  /// Says that the check has been made, or will not be.
  void leave(Place place) {
    try {
      update(
          place.project(),
          "DELETE #making :place",
          "attribute_exists(#making)",
          Map.of(":place", AttributeValue.fromSs(List.of(place.text()))));
    } catch (SdkException unanswered) {
      // The check counts as being made for a minute more, which is no reason to deny it.
    }
  }

  private boolean add(Place place, int limit) {
    return update(
        place.project(),
        "SET #v = if_not_exists(#v, :v) ADD #checks :one, #begun :one, #making :place",
        "attribute_not_exists(#checks) OR #checks < :limit",
        Map.of(
            ":one", number(1),
            ":limit", number(limit),
            ":v", number(1),
            ":place", AttributeValue.fromSs(List.of(place.text()))));
  }

  /// @return whether there is room
  private boolean recount(Place place, int limit, Supplier<Set<CheckId>> truth) {
    var seen = dynamo.read(Keys.checkCount(place.project())).map(Row::of);
    if (seen.isEmpty()) {
      return true;
    }
    var count = seen.get();
    var checks = new HashSet<>(truth.get());
    count.texts(MAKING).stream().filter(place::isBesides).map(Place::check).forEach(checks::add);
    if (checks.size() >= limit) {
      return false;
    }
    var values = new HashMap<String, AttributeValue>();
    values.put(":v", number(1));
    values.put(":truth", number(checks.size()));
    values.put(":seen", number(count.number(CHECKS)));
    var begun = count.numberOrNull(BEGUN);
    if (begun != null) {
      values.put(":begun", number(begun));
    }
    // Refused when somebody counted meanwhile: what they wrote is as good.
    update(
        place.project(),
        "SET #v = if_not_exists(#v, :v), #checks = :truth",
        "#checks = :seen AND "
            + (begun == null ? "attribute_not_exists(#begun)" : "#begun = :begun"),
        values);
    return true;
  }

  private boolean update(
      ProjectId project, String expression, String condition, Map<String, AttributeValue> values) {
    var names = new HashMap<>(Map.of("#v", CheckRow.V, "#checks", CHECKS));
    names.put("#begun", BEGUN);
    names.put("#making", MAKING);
    names.keySet().removeIf(name -> !expression.contains(name) && !condition.contains(name));
    try {
      dynamo
          .client()
          .updateItem(
              UpdateItemRequest.builder()
                  .tableName(dynamo.table())
                  .key(Keys.checkCount(project))
                  .updateExpression(expression)
                  .conditionExpression(condition)
                  .expressionAttributeNames(names)
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
