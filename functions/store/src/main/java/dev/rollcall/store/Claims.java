package dev.rollcall.store;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/// Whose turn it is to make something, so that two that ask for the same check at once make one.
/// Checks of a project are listed by an index that follows the table by some milliseconds; a claim
/// does not, and it names whoever had the turn before.
///
/// A claim holds for [#HOLD] and is forgotten soon after, so it is kept in the log.
public final class Claims {

  /// Longer than any request takes, and than the index lags.
  public static final Duration HOLD = Duration.ofSeconds(60);

  private static final String CHECK = "check";
  private static final String UNTIL = "until";
  private static final String SETTLED = "settled";
  private static final String EARLIER = "earlier";

  /// How many that had the turn are remembered: more than are made before the index has them.
  private static final int REMEMBERED = 50;

  private final Dynamo dynamo;

  public Claims(DynamoDbClient client, Tables tables) {
    dynamo = new Dynamo(client, tables.log());
  }

  /// The wish to make a check.
  ///
  /// @param identity of the turn; two claims of the same identity exclude each other
  /// @param check its id, if it comes to be made
  public record Claim(ProjectId project, String identity, CheckId check, Instant at) {}

  /// Whose claim holds.
  ///
  /// @param isSettled the check has been made, or it turned out that it cannot be
  /// @param earlier whose claims held before, the last one last
  public record Holder(CheckId check, boolean isSettled, List<CheckId> earlier) {

    /// All that may have been made, the holder's included.
    public List<CheckId> all() {
      return Stream.concat(earlier.stream(), Stream.of(check)).toList();
    }
  }

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
                          ":now", number(Micros.of(claim.at()))))
                  .returnValuesOnConditionCheckFailure(
                      ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return new Holder(claim.check(), false, List.of());
    } catch (ConditionalCheckFailedException held) {
      var holder = Row.of(held.item());
      return new Holder(id(holder.text(CHECK)), holder.flag(SETTLED), earlier(holder));
    }
  }

  /// Says that there is nothing more to wait for: whoever finds no check under the claim's id from
  /// now on need not expect one.
  public void settle(Claim claim) {
    var _ =
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

  /// Takes the turn from `holder`, who is done with it or has died. Safe to say again.
  ///
  /// @return whether it was still the holder's
  public boolean take(Claim claim, Holder holder) {
    var until = claim.at().plus(HOLD);
    var all = holder.all();
    var remembered =
        all.subList(Math.max(0, all.size() - REMEMBERED), all.size()).stream()
            .map(check -> AttributeValue.fromS(check.toString()))
            .toList();
    return conditionally(() ->
        dynamo
            .client()
            .updateItem(update ->
                update
                    .tableName(dynamo.table())
                    .key(Keys.claim(claim.project(), claim.identity()))
                    .updateExpression(
                        "SET #check = :mine, #until = :until, #expires = :expires,"
                            + " #earlier = :earlier REMOVE #settled")
                    .conditionExpression("#check = :holder OR #check = :mine")
                    .expressionAttributeNames(
                        Map.of(
                            "#check", CHECK,
                            "#until", UNTIL,
                            "#expires", Keys.EXPIRES,
                            "#earlier", EARLIER,
                            "#settled", SETTLED))
                    .expressionAttributeValues(
                        Map.of(
                            ":mine", AttributeValue.fromS(claim.check().toString()),
                            ":holder", AttributeValue.fromS(holder.check().toString()),
                            ":until", number(Micros.of(until)),
                            ":expires", number(until.getEpochSecond()),
                            ":earlier", AttributeValue.fromL(remembered)))));
  }

  private static List<CheckId> earlier(Row row) {
    var earlier = row.value(EARLIER);
    return earlier == null ? List.of() : earlier.l().stream().map(check -> id(check.s())).toList();
  }

  private static CheckId id(String text) {
    return new CheckId(UUID.fromString(text));
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  /// @return whether the condition held
  private static boolean conditionally(Runnable write) {
    try {
      write.run();
      return true;
    } catch (ConditionalCheckFailedException anotherHolds) {
      // The claim has passed on: it is no longer ours to change.
      return false;
    }
  }
}
