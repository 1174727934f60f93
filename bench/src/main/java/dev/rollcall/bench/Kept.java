package dev.rollcall.bench;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.testing.Items;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What the tables know of pings in the end.
///
/// @param counted pings by the checks' own count, without the one that each was made with
/// @param logged pings in the log
/// @param waiting pings that wait in the inbox
/// @param flips of checks, without the one that each was made with
record Kept(long counted, long logged, long waiting, long flips) {

  /// Whether that is all of so many pings. One that waits may be counted or logged already: then
  /// the table had it, and its answer came too late.
  boolean holds(long accepted) {
    return waiting == 0
        ? counted == accepted && logged == accepted
        : counted + waiting >= accepted && logged + waiting >= accepted;
  }

  static Kept in(DynamoDbClient client, List<CheckId> checks) {
    long counted = -checks.size();
    long flips = -checks.size();
    for (var item : all(client, Cloud.TABLES.state())) {
      if (text(item, "sk").equals("HOT")) {
        counted += number(item, "pings");
        flips += number(item, "flips");
      }
    }
    long logged = 0;
    long waiting = 0;
    for (var item : all(client, Cloud.TABLES.log())) {
      if (text(item, "pk").startsWith("INBOX#")) {
        waiting++;
      } else if (text(item, "sk").startsWith("P#")) {
        logged++;
      }
    }
    return new Kept(counted, logged, waiting, flips);
  }

  private static Iterable<Map<String, AttributeValue>> all(DynamoDbClient client, String table) {
    return client.scanPaginator(scan -> scan.tableName(table).consistentRead(true)).items();
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return Items.value(item, name).s();
  }

  private static long number(Map<String, AttributeValue> item, String name) {
    return Long.parseLong(Items.value(item, name).n());
  }
}
