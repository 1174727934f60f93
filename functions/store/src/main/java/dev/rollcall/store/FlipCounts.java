package dev.rollcall.store;

import dev.rollcall.core.check.CheckId;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// How many flips each check has had. Reads the whole state table, page by page: for whoever takes
/// tables over, and no call that somebody waits for.
public final class FlipCounts {
  private final Dynamo dynamo;

  public FlipCounts(DynamoDbClient client, Tables tables) {
    dynamo = new Dynamo(client, tables.state());
  }

  /// @param use is given each check, and the number of its newest flip; 0 for none
  public void each(ObjLongConsumer<CheckId> use) {
    dynamo
        .client()
        .scanPaginator(scan ->
            scan.tableName(dynamo.table())
                .consistentRead(true)
                .filterExpression("#sk = :hot")
                .projectionExpression("#pk, #sk, #flips")
                .expressionAttributeNames(
                    Map.of("#pk", Keys.PK, "#sk", Keys.SK, "#flips", CheckRow.FLIPS))
                .expressionAttributeValues(Map.of(":hot", AttributeValue.fromS(Keys.HOT))))
        .items()
        .forEach(item -> {
          var row = Row.of(item);
          var flips = row.numberOrNull(CheckRow.FLIPS);
          Keys.asCheck(row.text(Keys.PK), row.text(Keys.SK))
              .ifPresent(check -> use.accept(check, flips == null ? 0 : flips));
        });
  }
}
