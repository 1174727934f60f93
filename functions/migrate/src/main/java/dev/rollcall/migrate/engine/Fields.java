package dev.rollcall.migrate.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Attributes of an item in META, written and read with their types. What is null, false or empty
/// is not stored. Instants are microseconds since 1970.
record Fields(Map<String, AttributeValue> attributes) {

  static Fields none() {
    return new Fields(new HashMap<>());
  }

  Fields text(String name, @Nullable String value) {
    return value == null || value.isEmpty() ? this : with(name, AttributeValue.fromS(value));
  }

  Fields number(String name, long value) {
    return with(name, AttributeValue.fromN(Long.toString(value)));
  }

  Fields instant(String name, @Nullable Instant value) {
    return value == null ? this : number(name, ChronoUnit.MICROS.between(Instant.EPOCH, value));
  }

  Fields flag(String name, boolean value) {
    return value ? with(name, AttributeValue.fromBool(true)) : this;
  }

  Fields texts(String name, List<String> values) {
    return values.isEmpty()
        ? this
        : with(name, AttributeValue.fromL(values.stream().map(AttributeValue::fromS).toList()));
  }

  Fields map(String name, Fields value) {
    return value.attributes.isEmpty()
        ? this
        : with(name, AttributeValue.fromM(Map.copyOf(value.attributes)));
  }

  Fields with(String name, AttributeValue value) {
    attributes.put(name, value);
    return this;
  }

  @Nullable AttributeValue value(String name) {
    return attributes.get(name);
  }

  @Nullable String textOrNull(String name) {
    var value = attributes.get(name);
    return value == null ? null : value.s();
  }

  String text(String name) {
    var value = textOrNull(name);
    return value == null ? "" : value;
  }

  long number(String name) {
    var value = attributes.get(name);
    return value == null ? 0 : Long.parseLong(value.n());
  }

  int integer(String name) {
    return Math.toIntExact(number(name));
  }

  @Nullable Instant instant(String name) {
    var value = attributes.get(name);
    return value == null ? null : Instant.EPOCH.plus(Long.parseLong(value.n()), ChronoUnit.MICROS);
  }

  boolean flag(String name) {
    var value = attributes.get(name);
    return value != null && Boolean.TRUE.equals(value.bool());
  }

  List<String> texts(String name) {
    var value = attributes.get(name);
    return value == null ? List.of() : value.l().stream().map(AttributeValue::s).toList();
  }

  Optional<Fields> map(String name) {
    return Optional.ofNullable(attributes.get(name)).map(value -> new Fields(value.m()));
  }

  Map<String, AttributeValue> values(String name) {
    var value = attributes.get(name);
    return value == null ? Map.of() : value.m();
  }
}
