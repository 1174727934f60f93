package dev.rollcall.store;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The one conditional update by which a success ping on a healthy check costs one write unit and
/// no read. It must leave the item as [CheckStore#save] of the same ping would; a property test
/// holds the two together.
final class FastPath {
  static final String UPDATE =
      "SET #last = :now, #pings = #pings + :one, #rev = #rev + :one, #request = :request"
          + " REMOVE #duration";

  static final String CONDITION =
      "#state = :up AND #v <= :v AND #last <= :now"
          + " AND attribute_not_exists(#run) AND attribute_not_exists(#rules)"
          + " AND (attribute_not_exists(#due) OR #due > :now)"
          + " AND (attribute_not_exists(#request) OR #request <> :request)";

  static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("#last", CheckRow.LAST),
          Map.entry("#pings", CheckRow.PINGS),
          Map.entry("#rev", CheckRow.REV),
          Map.entry("#request", CheckRow.REQUEST),
          Map.entry("#duration", CheckRow.DURATION),
          Map.entry("#state", CheckRow.STATE),
          Map.entry("#v", CheckRow.V),
          Map.entry("#run", CheckRow.RUN),
          Map.entry("#rules", CheckRow.RULES),
          Map.entry("#due", Keys.DUE));

  private static final AttributeValue ONE = AttributeValue.fromN("1");
  private static final AttributeValue UP = AttributeValue.fromS("up");
  private static final AttributeValue VERSION =
      AttributeValue.fromN(Long.toString(CheckRow.VERSION));

  private FastPath() {}

  static Map<String, AttributeValue> values(Instant now, String request) {
    return Map.of(
        ":now", AttributeValue.fromN(Long.toString(Micros.of(now))),
        ":request", AttributeValue.fromS(request),
        ":one", ONE,
        ":up", UP,
        ":v", VERSION);
  }
}
