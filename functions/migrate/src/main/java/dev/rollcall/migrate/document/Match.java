package dev.rollcall.migrate.document;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Which items a document is about: one kind, by its keys.
///
/// @param entity what people call the kind
/// @param pkPrefix what the items' `pk` begins with, up to and with a `#`
/// @param sk their `sk`, or its beginning when it ends with `*`
/// @param version the `_v` that they have before
public record Match(String entity, String pkPrefix, String sk, int version) {
  private static final String HOT = "HOT";

  boolean covers(Map<String, AttributeValue> item) {
    var key = Key.of(item);
    return key.pk().startsWith(pkPrefix)
        && (sk.endsWith("*")
            ? key.sk().startsWith(sk.substring(0, sk.length() - 1))
            : key.sk().equals(sk));
  }

  /// Whether pings write these items. They stay small: their attic is an item of its own.
  boolean isHot() {
    return sk.equals(HOT);
  }
}
