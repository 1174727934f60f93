package dev.rollcall.migrate.engine;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// How large an item is, as DynamoDB counts, or a little more.
final class ItemSize {
  /// What DynamoDB takes: 400 KB, less some room for what pings and people add.
  static final int LARGEST = 400 * 1024 - 4096;

  static final String TOO_LARGE = "the item would become larger than DynamoDB takes (400 KB)";

  private ItemSize() {}

  /// One that is so large already may shrink.
  static boolean isTooLarge(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
    var size = of(after);
    return size > LARGEST && size > of(before);
  }

  static int of(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .mapToInt(attribute -> utf8(attribute.getKey()) + of(attribute.getValue()))
        .sum();
  }

  /// An item after an update.
  static Map<String, AttributeValue> updated(
      Map<String, AttributeValue> item, Map<String, AttributeValue> set, Set<String> remove) {
    var after = new HashMap<>(item);
    after.putAll(set);
    after.keySet().removeAll(remove);
    return after;
  }

  private static int of(AttributeValue value) {
    return switch (value.type()) {
      case S -> utf8(value.s());
      case N -> 1 + (value.n().length() + 1) / 2 + 1;
      case B -> value.b().asByteArrayUnsafe().length;
      case SS -> value.ss().stream().mapToInt(ItemSize::utf8).sum();
      case NS -> value.ns().stream().mapToInt(number -> 2 + (number.length() + 1) / 2).sum();
      case BS -> value.bs().stream().mapToInt(bytes -> bytes.asByteArrayUnsafe().length).sum();
      case BOOL, NUL -> 1;
      case L -> 3 + value.l().stream().mapToInt(entry -> 1 + of(entry)).sum();
      case M -> 3 + value.m().size() + of(value.m());
      case UNKNOWN_TO_SDK_VERSION -> LARGEST;
    };
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
