package dev.rollcall.testing;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Items as they lie in a table.
public final class Items {
  private Items() {}

  /// All items of a table.
  public static List<Map<String, AttributeValue>> in(DynamoDbClient client, String table) {
    return client.scanPaginator(scan -> scan.tableName(table).consistentRead(true)).items().stream()
        .toList();
  }

  /// Sets one attribute of an item, or removes it, whatever the item is.
  ///
  /// @param value null to remove it
  public static void edit(
      DynamoDbClient client,
      String table,
      String pk,
      String sk,
      String attribute,
      @Nullable AttributeValue value) {
    client.updateItem(update ->
        update
            .tableName(table)
            .key(Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk)))
            .updateExpression(value == null ? "REMOVE #a" : "SET #a = :a")
            .expressionAttributeNames(Map.of("#a", attribute))
            .expressionAttributeValues(value == null ? null : Map.of(":a", value)));
  }

  /// What an item has under this name.
  ///
  /// @throws NoSuchElementException when it has nothing
  public static AttributeValue value(Map<String, AttributeValue> item, String name) {
    var value = item.get(name);
    if (value == null) {
      throw new NoSuchElementException("no attribute " + name);
    }
    return value;
  }

  /// The size of an item in bytes, by which DynamoDB bills.
  ///
  /// The rule is DynamoDB's ("Item sizes and formats" in its developer guide): the UTF-8 bytes of
  /// the names and texts, one byte for a flag, one byte for each two significant digits of a number
  /// and one more, and for a map or list three bytes and one for each entry. Where it says
  /// "approximately", this counts upward: a byte for a sign, and an odd digit as two.
  public static int size(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .mapToInt(attribute -> utf8(attribute.getKey()) + size(attribute.getValue()))
        .sum();
  }

  private static int size(AttributeValue value) {
    return switch (value.type()) {
      case S -> utf8(value.s());
      case N -> number(value.n());
      case B -> value.b().asByteArrayUnsafe().length;
      case SS -> value.ss().stream().mapToInt(Items::utf8).sum();
      case NS -> value.ns().stream().mapToInt(Items::number).sum();
      case BS -> value.bs().stream().mapToInt(bytes -> bytes.asByteArrayUnsafe().length).sum();
      case BOOL, NUL -> 1;
      case L -> 3 + value.l().stream().mapToInt(entry -> 1 + size(entry)).sum();
      case M -> 3 + value.m().size() + size(value.m());
      case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("no size: " + value);
    };
  }

  private static int number(String digits) {
    var number = new BigDecimal(digits).stripTrailingZeros();
    return 1 + (number.precision() + 1) / 2 + (number.signum() < 0 ? 1 : 0);
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
