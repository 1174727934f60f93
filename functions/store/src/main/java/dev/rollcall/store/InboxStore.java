package dev.rollcall.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/// Pings that wait, raw, in the log table until a release that can read the data takes them. They
/// do not expire. What is here is read only by its own layout, never by that of the data.
///
/// The pings of a shard are kept in the order of their arrival. Whoever drains a shard holds its
/// lease: two that took the same pings at once would count them twice.
public final class InboxStore {

  /// How many shards there are; they are numbered from 0. Frozen, as releases of different age
  /// share them.
  public static final int SHARDS = 4;

  /// Before every ping of a shard, and after it.
  private static final String FIRST = "0";

  private static final String LAST = ":";
  private static final String UNTIL = "until";

  private final Dynamo dynamo;

  public InboxStore(DynamoDbClient client, Tables tables) {
    dynamo = new Dynamo(client, tables.log());
  }

  /// A ping in its shard.
  ///
  /// @param key names it
  /// @param ping empty when what is there is none
  /// @param remains what is there then, for a person to read; else empty
  public record Kept(int shard, String key, Optional<WaitingPing> ping, String remains) {

    @Override
    public String toString() {
      return "Kept[" + shard + "]";
    }
  }

  /// Keeps a ping. Safe to say again.
  public void keep(int shard, WaitingPing ping) {
    dynamo.client().putItem(put -> put.tableName(dynamo.table()).item(InboxRow.write(shard, ping)));
  }

  /// When the oldest ping of a shard arrived, strongly consistent; empty when none waits.
  public Optional<Instant> oldest(int shard) {
    return query(shard, FIRST, 1).items().stream()
        .findFirst()
        .map(item -> arrivedAt(Row.of(item).text(Keys.SK)));
  }

  /// The pings of a shard in the order of their arrival, from just after `after` on, strongly
  /// consistent. Empty at the end.
  ///
  /// @param limit how many at most; there may be fewer, where they are large
  public List<Kept> page(int shard, @Nullable Kept after, int limit) {
    // No key lies between one and itself followed by a blank: the request id after it has none.
    var from = after == null ? FIRST : after.key() + " ";
    return query(shard, from, limit).items().stream().map(item -> kept(shard, item)).toList();
  }

  /// Removes a ping that was taken. Safe to say again.
  public void remove(Kept kept) {
    dynamo.client().deleteItem(delete -> delete.tableName(dynamo.table()).key(key(kept)));
  }

  /// Counts a try that came to nothing.
  ///
  /// @return how many there were, this one included; 0 when the ping is gone
  public long failed(Kept kept) {
    try {
      var after =
          dynamo
              .client()
              .updateItem(update ->
                  update
                      .tableName(dynamo.table())
                      .key(key(kept))
                      .updateExpression("ADD #tries :one")
                      .conditionExpression("attribute_exists(#pk)")
                      .expressionAttributeNames(Map.of("#tries", InboxRow.TRIES, "#pk", Keys.PK))
                      .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1")))
                      .returnValues(ReturnValue.UPDATED_NEW))
              .attributes();
      return Row.of(after).number(InboxRow.TRIES);
    } catch (ConditionalCheckFailedException gone) {
      return 0;
    }
  }

  /// Takes the lease of a shard, unless somebody holds it.
  ///
  /// @param until when it ends by itself; it must outlast its holder
  public boolean lease(int shard, Instant now, Instant until) {
    return conditionally(() ->
        dynamo
            .client()
            .updateItem(update ->
                update
                    .tableName(dynamo.table())
                    .key(lease(shard))
                    .updateExpression("SET #until = :until, #expires = :expires")
                    .conditionExpression("attribute_not_exists(#until) OR #until <= :now")
                    .expressionAttributeNames(Map.of("#until", UNTIL, "#expires", Keys.EXPIRES))
                    .expressionAttributeValues(
                        Map.of(
                            ":now", number(Micros.of(now)),
                            ":until", number(Micros.of(until)),
                            ":expires", number(until.getEpochSecond())))));
  }

  /// Gives back the lease that ends at `until`.
  public void release(int shard, Instant until) {
    var _ =
        conditionally(() ->
            dynamo
                .client()
                .deleteItem(delete ->
                    delete
                        .tableName(dynamo.table())
                        .key(lease(shard))
                        .conditionExpression("#until = :until")
                        .expressionAttributeNames(Map.of("#until", UNTIL))
                        .expressionAttributeValues(Map.of(":until", number(Micros.of(until))))));
  }

  private QueryResponse query(int shard, String from, int limit) {
    return dynamo.page(query ->
        query
            .keyConditionExpression("#pk = :pk AND #sk BETWEEN :from AND :to")
            .expressionAttributeNames(Map.of("#pk", Keys.PK, "#sk", Keys.SK))
            .expressionAttributeValues(
                Map.of(
                    ":pk", AttributeValue.fromS(Keys.inbox(shard)),
                    ":from", AttributeValue.fromS(from),
                    ":to", AttributeValue.fromS(LAST)))
            .consistentRead(true)
            .limit(limit));
  }

  private static Kept kept(int shard, Map<String, AttributeValue> item) {
    var key = Row.of(item).text(Keys.SK);
    try {
      return new Kept(shard, key, Optional.of(InboxRow.read(item)), "");
    } catch (UnreadableItem | IllegalArgumentException malformed) {
      return new Kept(shard, key, Optional.empty(), item.toString());
    }
  }

  /// What has no such key is no ping, and comes before all that are.
  private static Instant arrivedAt(String key) {
    try {
      return Micros.instant(Long.parseLong(key.split("#", 2)[0]));
    } catch (NumberFormatException malformed) {
      return Instant.EPOCH;
    }
  }

  private static boolean conditionally(Runnable write) {
    try {
      write.run();
      return true;
    } catch (ConditionalCheckFailedException anotherHolds) {
      return false;
    }
  }

  private static Map<String, AttributeValue> key(Kept kept) {
    return Keys.key(Keys.inbox(kept.shard()), kept.key());
  }

  private static Map<String, AttributeValue> lease(int shard) {
    return Keys.key(Keys.inbox(shard), Keys.LEASE);
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
