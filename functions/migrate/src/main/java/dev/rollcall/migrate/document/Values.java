package dev.rollcall.migrate.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Attribute values: what a migration asks of them.
final class Values {
  static final AttributeValue NULL = AttributeValue.fromNul(true);
  static final AttributeValue TRUE = AttributeValue.fromBool(true);

  private Values() {}

  static boolean isNull(AttributeValue value) {
    return Boolean.TRUE.equals(value.nul());
  }

  /// Numbers are the same however many zeros they are written with.
  static boolean same(AttributeValue one, AttributeValue other) {
    return (one.n() != null && other.n() != null)
        ? new BigDecimal(one.n()).compareTo(new BigDecimal(other.n())) == 0
        : one.equals(other);
  }

  static AttributeValue pair(AttributeValue one, AttributeValue other) {
    return AttributeValue.fromL(List.of(one, other));
  }

  /// The first of a pair whose second is this.
  static Optional<AttributeValue> partnerOf(AttributeValue second, AttributeValue pair) {
    return pair.hasL() && pair.l().size() == 2 && same(pair.l().get(1), second)
        ? Optional.of(pair.l().get(0))
        : Optional.empty();
  }

  /// What DynamoDB counts for an item, in bytes, or a little more.
  static int size(Map<String, AttributeValue> item) {
    var size = 0;
    for (var attribute : item.entrySet()) {
      size += attribute.getKey().getBytes(UTF_8).length + size(attribute.getValue());
    }
    return size;
  }

  private static int size(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s().getBytes(UTF_8).length;
      case N -> numberSize(value.n());
      case B -> value.b().asByteArrayUnsafe().length;
      case BOOL, NUL -> 1;
      case SS -> value.ss().stream().mapToInt(text -> text.getBytes(UTF_8).length).sum();
      case NS -> value.ns().stream().mapToInt(Values::numberSize).sum();
      case BS -> value.bs().stream().mapToInt(bytes -> bytes.asByteArrayUnsafe().length).sum();
      case L -> 3 + value.l().stream().mapToInt(element -> 1 + size(element)).sum();
      case M -> 3 + value.m().size() + size(value.m());
      case UNKNOWN_TO_SDK_VERSION -> 0;
    };
  }

  /// A byte for two digits, and one or two more.
  private static int numberSize(String number) {
    return number.length() / 2 + 2;
  }
}
