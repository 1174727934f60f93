package dev.rollcall.store;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A tree of texts, booleans, numbers, maps and lists, as in JSON, as one attribute. Keys whose
/// value is null are left out.
final class Tree {
  private Tree() {}

  static AttributeValue write(Object value) {
    return switch (value) {
      case String text -> AttributeValue.fromS(text);
      case Boolean flag -> AttributeValue.fromBool(flag);
      case Number number -> AttributeValue.fromN(number.toString());
      case List<?> list -> AttributeValue.fromL(list.stream().map(Tree::write).toList());
      case Map<?, ?> map -> {
        var attributes = new LinkedHashMap<String, AttributeValue>();
        map.forEach((key, entry) -> {
          if (entry != null) {
            attributes.put(key.toString(), write(entry));
          }
        });
        yield AttributeValue.fromM(attributes);
      }
      default -> throw new IllegalArgumentException("no JSON value: " + value.getClass().getName());
    };
  }

  static Map<String, Object> readMap(Map<String, AttributeValue> attributes) {
    var map = new LinkedHashMap<String, Object>();
    attributes.forEach((key, value) -> map.put(key, read(value)));
    return map;
  }

  private static Object read(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s();
      case BOOL -> value.bool();
      case N -> new BigDecimal(value.n());
      case L -> value.l().stream().map(Tree::read).toList();
      case M -> readMap(value.m());
      case B, SS, NS, BS, NUL, UNKNOWN_TO_SDK_VERSION ->
          throw new UnreadableItem("no settings value of type " + value.type());
    };
  }
}
