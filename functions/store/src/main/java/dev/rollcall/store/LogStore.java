package dev.rollcall.store;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.check.Ping;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/// The log: what happened to checks. Append-only; entries are keyed by check and number, so writing
/// one again changes nothing, and a crash may leave a number out. Every reader accepts that.
public final class LogStore {

  /// How long flips and notifications are kept: 13 months, for reports about the same month of the
  /// year before.
  public static final Duration HISTORY = Duration.ofDays(400);

  private final Dynamo dynamo;

  /// What names a flip.
  ///
  /// @param number its number among its check's, from 1 on
  public record FlipId(CheckId check, long number) {}

  public LogStore(DynamoDbClient client, Tables tables) {
    dynamo = new Dynamo(client, tables.log());
  }

  /// Appends a ping.
  ///
  /// @param keep how long it is kept at least
  public void append(Ping ping, Duration keep) {
    var row = Row.at(Keys.key(Keys.check(ping.check()), Keys.ping(ping.number())));
    PingRow.write(ping, row);
    put(row, ping.at().plus(keep));
  }

  /// Appends a flip.
  public void append(Flip flip) {
    put(row(flip), flip.at().plus(HISTORY));
  }

  /// Appends flips, many in a call.
  ///
  /// @throws IllegalStateException when the table puts some off again and again
  public void appendFlips(Collection<Flip> flips) {
    dynamo.putAll(
        flips.stream().map(flip -> expiring(row(flip), flip.at().plus(HISTORY))).toList());
  }

  /// Appends what became of a delivery.
  public void append(Notification notification) {
    put(row(notification), notification.at().plus(HISTORY));
  }

  /// Appends what became of deliveries, many in a call.
  ///
  /// @throws IllegalStateException when the table puts some off again and again
  public void appendNotifications(Collection<Notification> notifications) {
    dynamo.putAll(
        notifications.stream().map(told -> expiring(row(told), told.at().plus(HISTORY))).toList());
  }

  /// The newest pings, newest first.
  ///
  /// @param after only those with a higher number
  public List<Ping> pings(CheckId check, long after, int limit) {
    return newest(check, Keys.ping(after + 1), Keys.PING_PREFIX + "~", limit)
        .map(row -> PingRow.read(check, number(row, Keys.PING_PREFIX), row))
        .toList();
  }

  /// One ping, or empty when it has expired or was never written.
  public Optional<Ping> ping(CheckId check, long number) {
    return dynamo
        .read(Keys.key(Keys.check(check), Keys.ping(number)))
        .map(item -> PingRow.read(check, number, Row.of(item)));
  }

  /// What names a ping.
  ///
  /// @param number its number among its check's, from 1 on
  public record PingId(CheckId check, long number) {}

  /// Those of these pings that are in the log, in no order.
  public List<Ping> pings(Set<PingId> ids) {
    return dynamo
        .readAll(
            ids.stream()
                .map(id -> Keys.key(Keys.check(id.check()), Keys.ping(id.number())))
                .toList())
        .stream()
        .map(Row::of)
        .map(row ->
            PingRow.read(Keys.checkId(row.text(Keys.PK)), number(row, Keys.PING_PREFIX), row))
        .toList();
  }

  /// The newest flips, newest first. One that leads from or to what only a newer release knows is
  /// left out: nobody could say whether that is up.
  public List<Flip> flips(CheckId check, int limit) {
    return newest(check, Keys.FLIP_PREFIX, Keys.FLIP_PREFIX + "~", limit)
        .filter(FlipRow::isKnown)
        .map(row -> FlipRow.read(check, number(row, Keys.FLIP_PREFIX), row))
        .toList();
  }

  /// The newest flips with a number below `below`, newest first.
  public List<Flip> flips(CheckId check, long below, int limit) {
    return newest(check, Keys.FLIP_PREFIX, Keys.flip(below - 1), limit)
        .map(row -> FlipRow.read(check, number(row, Keys.FLIP_PREFIX), row))
        .toList();
  }

  /// One flip, or empty when it has expired or was never written.
  public Optional<Flip> flip(CheckId check, long number) {
    return dynamo
        .read(Keys.key(Keys.check(check), Keys.flip(number)))
        .map(item -> FlipRow.read(check, number, Row.of(item)));
  }

  /// Those of these flips that are in the log, in no order.
  public List<Flip> flips(Set<FlipId> ids) {
    return dynamo
        .readAll(
            ids.stream()
                .map(id -> Keys.key(Keys.check(id.check()), Keys.flip(id.number())))
                .toList())
        .stream()
        .map(Row::of)
        .map(row ->
            FlipRow.read(Keys.checkId(row.text(Keys.PK)), number(row, Keys.FLIP_PREFIX), row))
        .toList();
  }

  /// All notifications of a check that are kept, in no order.
  public List<Notification> notifications(CheckId check) {
    return newest(
            check, Keys.NOTIFICATION_PREFIX, Keys.NOTIFICATION_PREFIX + "~", Integer.MAX_VALUE)
        .map(row -> NotificationRow.read(check, row))
        .toList();
  }

  /// What became of telling a channel of a check's flips from `from` on, in no order, strongly
  /// consistent.
  public List<Notification> told(Route route, long from) {
    var prefix = Keys.notifications(route.channel());
    return newest(
            route.check(),
            Keys.notification(route.channel(), from),
            prefix + "~",
            Integer.MAX_VALUE)
        .map(row -> NotificationRow.read(route.check(), row))
        .toList();
  }

  private Stream<Row> newest(CheckId check, String from, String to, int limit) {
    var items = new ArrayList<Map<String, AttributeValue>>();
    Map<String, AttributeValue> next = Map.of();
    var more = limit > 0;
    while (more) {
      var start = next;
      var page =
          dynamo.page(query ->
              query
                  .keyConditionExpression("#pk = :pk AND #sk BETWEEN :from AND :to")
                  .expressionAttributeNames(Map.of("#pk", Keys.PK, "#sk", Keys.SK))
                  .expressionAttributeValues(
                      Map.of(
                          ":pk", AttributeValue.fromS(Keys.check(check)),
                          ":from", AttributeValue.fromS(from),
                          ":to", AttributeValue.fromS(to)))
                  .scanIndexForward(false)
                  .consistentRead(true)
                  .limit(limit - items.size())
                  .exclusiveStartKey(start.isEmpty() ? null : start));
      items.addAll(page.items());
      next = page.lastEvaluatedKey();
      more = !next.isEmpty() && items.size() < limit;
    }
    return items.stream().map(Row::of);
  }

  private static Row row(Flip flip) {
    var row = Row.at(Keys.key(Keys.check(flip.check()), Keys.flip(flip.number())));
    FlipRow.write(flip, row);
    return row;
  }

  private static Row row(Notification told) {
    var row =
        Row.at(Keys.key(Keys.check(told.check()), Keys.notification(told.channel(), told.flip())));
    NotificationRow.write(told, row);
    return row;
  }

  private static Map<String, AttributeValue> expiring(Row row, Instant expires) {
    return row.number(Keys.EXPIRES, expires.getEpochSecond()).attributes();
  }

  private void put(Row row, Instant expires) {
    dynamo
        .client()
        .putItem(
            PutItemRequest.builder()
                .tableName(dynamo.table())
                .item(expiring(row, expires))
                .build());
  }

  private static long number(Row row, String prefix) {
    return Long.parseLong(row.text(Keys.SK).substring(prefix.length()));
  }
}
