package dev.rollcall.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// An item's attributes by name, written and read with their types. A missing attribute stands for
/// null, false, an empty text and an empty collection alike: none of them is stored.
final class Row {
  private final Map<String, AttributeValue> attributes;

  private Row(Map<String, AttributeValue> attributes) {
    this.attributes = attributes;
  }

  static Row at(Map<String, AttributeValue> key) {
    return new Row(new HashMap<>(key));
  }

  static Row of(Map<String, AttributeValue> attributes) {
    return new Row(attributes);
  }

  Map<String, AttributeValue> attributes() {
    return attributes;
  }

  Row text(String name, @Nullable String value) {
    return value == null || value.isEmpty() ? this : with(name, AttributeValue.fromS(value));
  }

  Row number(String name, @Nullable Long value) {
    return value == null ? this : with(name, AttributeValue.fromN(Long.toString(value)));
  }

  Row flag(String name, boolean value) {
    return value ? with(name, AttributeValue.fromBool(true)) : this;
  }

  Row texts(String name, Collection<String> values) {
    return values.isEmpty() ? this : with(name, AttributeValue.fromSs(List.copyOf(values)));
  }

  Row with(String name, AttributeValue value) {
    attributes.put(name, value);
    return this;
  }

  @Nullable AttributeValue value(String name) {
    return attributes.get(name);
  }

  boolean has(String name) {
    return attributes.containsKey(name);
  }

  @Nullable String textOrNull(String name) {
    var value = attributes.get(name);
    return value == null ? null : value.s();
  }

  String textOrEmpty(String name) {
    var value = textOrNull(name);
    return value == null ? "" : value;
  }

  String text(String name) {
    return required(name, textOrNull(name));
  }

  @Nullable Long numberOrNull(String name) {
    var value = attributes.get(name);
    return value == null ? null : Long.valueOf(value.n());
  }

  long number(String name) {
    return required(name, numberOrNull(name));
  }

  boolean flag(String name) {
    var value = attributes.get(name);
    return value != null && Boolean.TRUE.equals(value.bool());
  }

  List<String> texts(String name) {
    var value = attributes.get(name);
    return value == null ? List.of() : value.ss();
  }

  Map<String, AttributeValue> map(String name) {
    var value = attributes.get(name);
    return value == null ? Map.of() : value.m();
  }

  private static <T> T required(String name, @Nullable T value) {
    if (value == null) {
      throw new UnreadableItem("no attribute " + name);
    }
    return value;
  }
}
