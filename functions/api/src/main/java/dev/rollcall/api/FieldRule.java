package dev.rollcall.api;

import dev.rollcall.core.zone.Zones;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Finds what is wrong with the value of a field: a sentence with `%s` for the field's name.
interface FieldRule {
  Optional<String> fault(JsonNode value);

  default FieldRule and(FieldRule next) {
    return value -> fault(value).or(() -> next.fault(value));
  }

  static FieldRule of(Predicate<JsonNode> holds, String fault) {
    return value -> holds.test(value) ? Optional.empty() : Optional.of(fault);
  }

  static FieldRule string() {
    return of(JsonNode::isString, "%s is not a string");
  }

  /// @param longest how many characters it may have
  static FieldRule string(int longest) {
    return string().and(of(value -> length(value) <= longest, "%s is too long"));
  }

  static FieldRule zone() {
    return string()
        .and(
            of(
                value -> Zones.parse(value.stringValue()).isPresent(),
                "%s is not a valid timezone"));
  }

  static FieldRule bool() {
    return of(JsonNode::isBoolean, "%s is not a boolean");
  }

  static FieldRule integer() {
    return of(JsonNode::isIntegralNumber, "%s is not a number");
  }

  /// Takes booleans for the numbers 1 and 0, as the reference does.
  static FieldRule number(int least, int most) {
    return of(value -> value.isIntegralNumber() || value.isBoolean(), "%s is not a number")
        .and(of(value -> !isLess(value, least), "%s is too small"))
        .and(of(value -> isLess(value, most + 1), "%s is too large"));
  }

  static FieldRule oneOf(Collection<String> texts) {
    return of(value -> isOneOf(value, texts), "%s has unexpected value");
  }

  static FieldRule object() {
    return of(JsonNode::isObject, "%s is not an object");
  }

  static FieldRule listOf(List<String> texts) {
    return of(JsonNode::isArray, "%s is not an array")
        .and(
            of(
                value ->
                    StreamSupport.stream(value.spliterator(), false)
                        .allMatch(item -> isOneOf(item, texts)),
                "an item in '%s' has unexpected value"));
  }

  private static boolean isOneOf(JsonNode value, Collection<String> texts) {
    return value.isString() && texts.contains(value.stringValue());
  }

  private static boolean isLess(JsonNode value, int bound) {
    return value.isBoolean()
        ? (value.booleanValue() ? 1 : 0) < bound
        : value.bigIntegerValue().compareTo(BigInteger.valueOf(bound)) < 0;
  }

  private static int length(JsonNode value) {
    var text = value.stringValue();
    return text.codePointCount(0, text.length());
  }
}
