package dev.rollcall.store;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/// Who is making which check, so that two that ask for the same one at once make one. Checks of a
/// project are listed by an index that follows the table by some milliseconds; a claim does not.
///
/// A claim holds for [#HOLD] and is forgotten soon after, so it is kept in the log.
public final class Claims {

  /// Longer than any request takes, and than the index lags.
  public static final Duration HOLD = Duration.ofSeconds(60);

  private static final String CHECK = "check";
  private static final String UNTIL = "until";
  private static final String SETTLED = "settled";

  private final Dynamo dynamo;

  public Claims(DynamoDbClient client, Tables tables) {
    dynamo = new Dynamo(client, tables.log());
  }

  /// The wish to make a check.
  ///
  /// @param identity what the check is found by; two claims of the same identity exclude each other
  /// @param check its id, if it comes to be made
  public record Claim(ProjectId project, String identity, CheckId check, Instant at) {}

  /// Whose claim holds.
  ///
  /// @param isSettled the check has been made, or it turned out that it cannot be
  public record Holder(CheckId check, boolean isSettled) {}

  /// Stakes a claim, unless another holds.
  public Holder stake(Claim claim) {
    var until = claim.at().plus(HOLD);
    var row =
        Row.at(Keys.claim(claim.project(), claim.identity()))
            .text(CHECK, claim.check().toString())
            .number(UNTIL, Micros.of(until))
            .number(Keys.EXPIRES, until.getEpochSecond());
    try {
      dynamo
          .client()
          .putItem(put ->
              put.tableName(dynamo.table())
                  .item(row.attributes())
                  .conditionExpression(
                      "attribute_not_exists(#check) OR #check = :check OR #until < :now")
                  .expressionAttributeNames(Map.of("#check", CHECK, "#until", UNTIL))
                  .expressionAttributeValues(
                      Map.of(
                          ":check", AttributeValue.fromS(claim.check().toString()),
                          ":now", AttributeValue.fromN(Long.toString(Micros.of(claim.at())))))
                  .returnValuesOnConditionCheckFailure(
                      ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return new Holder(claim.check(), false);
    } catch (ConditionalCheckFailedException held) {
      var holder = Row.of(held.item());
      return new Holder(new CheckId(UUID.fromString(holder.text(CHECK))), holder.flag(SETTLED));
    }
  }

  /// Says that there is nothing more to wait for: whoever finds no check under the claim's id from
  /// now on need not expect one.
  public void settle(Claim claim) {
    conditionally(() ->
        dynamo
            .client()
            .updateItem(update ->
                update
                    .tableName(dynamo.table())
                    .key(Keys.claim(claim.project(), claim.identity()))
                    .updateExpression("SET #settled = :true")
                    .conditionExpression("#check = :check")
                    .expressionAttributeNames(Map.of("#settled", SETTLED, "#check", CHECK))
                    .expressionAttributeValues(
                        Map.of(
                            ":true", AttributeValue.fromBool(true),
                            ":check", AttributeValue.fromS(claim.check().toString())))));
  }

  /// Withdraws the claim that `holder` has to the same identity: its check is gone, or is another
  /// one by now.
  public void release(Claim claim, CheckId holder) {
    conditionally(() ->
        dynamo
            .client()
            .deleteItem(delete ->
                delete
                    .tableName(dynamo.table())
                    .key(Keys.claim(claim.project(), claim.identity()))
                    .conditionExpression("#check = :check")
                    .expressionAttributeNames(Map.of("#check", CHECK))
                    .expressionAttributeValues(
                        Map.of(":check", AttributeValue.fromS(holder.toString())))));
  }

  private static void conditionally(Runnable write) {
    try {
      write.run();
    } catch (ConditionalCheckFailedException anotherHolds) {
      // The claim has passed on: it is no longer ours to change.
    }
  }
}
