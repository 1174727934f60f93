package dev.rollcall.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// Counts failed authentication by the minute, in the log, which forgets it. A count may run ahead:
/// a call whose answer was lost is made again and counts twice.
public final class FailedAttempts {
  private static final String ATTEMPTS = "attempts";

  /// A count is of no use once its minute is over.
  private static final Duration KEPT = Duration.ofMinutes(2);

  private final Dynamo dynamo;

  public FailedAttempts(DynamoDbClient client, Tables tables) {
    dynamo = new Dynamo(client, tables.log());
  }

  /// Counts one more within the minute of `now`. One call, one write unit.
  ///
  /// @param from what they have in common: an address, or the first characters of a key
  /// @return how many there were in this minute, with this one
  public long add(String from, Instant now) {
    var response =
        dynamo
            .client()
            .updateItem(
                UpdateItemRequest.builder()
                    .tableName(dynamo.table())
                    .key(Keys.failed(from, now.getEpochSecond() / 60))
                    .updateExpression("ADD #attempts :one SET #expires = :expires")
                    .expressionAttributeNames(
                        Map.of("#attempts", ATTEMPTS, "#expires", Keys.EXPIRES))
                    .expressionAttributeValues(
                        Map.of(
                            ":one", AttributeValue.fromN("1"),
                            ":expires",
                                AttributeValue.fromN(
                                    Long.toString(now.plus(KEPT).getEpochSecond()))))
                    .returnValues(ReturnValue.UPDATED_NEW)
                    .build());
    return Row.of(response.attributes()).number(ATTEMPTS);
  }
}
