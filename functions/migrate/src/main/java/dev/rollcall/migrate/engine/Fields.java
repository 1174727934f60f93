package dev.rollcall.migrate.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Attributes of an item in META while it is written, with their types. What is null, false or
/// empty is not stored. Instants are microseconds since 1970. [dev.rollcall.store.Reading] is the
/// other way.
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
}
