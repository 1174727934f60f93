package dev.rollcall.store;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A ping that waits, as an item of the log table. Its layout is frozen: a release that cannot read
/// the data writes it, and any other may have to drain it. Attributes may be added.
final class InboxRow {
  static final String TRIES = "tries";

  private static final String ID = "id";
  private static final String AT = "at";
  private static final String METHOD = "method";
  private static final String PATH = "path";
  private static final String QUERY = "query";
  private static final String AGENT = "agent";
  private static final String SCHEME = "scheme";
  private static final String ADDRESS = "address";

  private InboxRow() {}

  static Map<String, AttributeValue> write(int shard, WaitingPing ping) {
    var row =
        Row.at(Keys.key(Keys.inbox(shard), Keys.waiting(ping.arrivedAt(), ping.id())))
            .text(ID, ping.id())
            .number(AT, Micros.of(ping.arrivedAt()))
            .text(METHOD, ping.method())
            .text(PATH, ping.path())
            .text(QUERY, ping.query())
            .text(AGENT, ping.agent())
            .text(SCHEME, ping.scheme())
            .text(ADDRESS, ping.address());
    BodyAttribute.write(ping.body(), row);
    return row.attributes();
  }

  /// @throws UnreadableItem when this is no ping
  static WaitingPing read(Map<String, AttributeValue> item) {
    var row = Row.of(item);
    return new WaitingPing(
        row.textOrEmpty(ID),
        Micros.instant(row.number(AT)),
        row.textOrEmpty(METHOD),
        row.text(PATH),
        row.textOrEmpty(QUERY),
        row.textOrEmpty(AGENT),
        row.textOrEmpty(SCHEME),
        row.textOrEmpty(ADDRESS),
        BodyAttribute.read(row));
  }
}
