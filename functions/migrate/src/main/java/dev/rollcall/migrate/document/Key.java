package dev.rollcall.migrate.document;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Where an item is.
record Key(String pk, String sk) {
  static final String PK = "pk";
  static final String SK = "sk";

  static Key of(Map<String, AttributeValue> item) {
    return new Key(text(item, PK), text(item, SK));
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    var value = item.get(name);
    if (value == null || value.s() == null) {
      throw new IllegalArgumentException("an item has the texts pk and sk");
    }
    return value.s();
  }

  Map<String, AttributeValue> attributes() {
    return Map.of(PK, AttributeValue.fromS(pk), SK, AttributeValue.fromS(sk));
  }

  /// This item under this key instead of its own.
  Map<String, AttributeValue> on(Map<String, AttributeValue> item) {
    var moved = new HashMap<>(item);
    moved.putAll(attributes());
    return moved;
  }
}
