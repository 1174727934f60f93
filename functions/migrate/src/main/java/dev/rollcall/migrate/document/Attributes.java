package dev.rollcall.migrate.document;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Attribute values in the JSON that DynamoDB gives them: `{"S": "x"}`, `{"N": "1"}`.
final class Attributes {
  static final List<String> TYPES =
      List.of("S", "N", "BOOL", "B", "SS", "NS", "BS", "L", "M", "NULL");

  /// How deep values may lie in one another.
  private static final int DEEPEST = 32;

  /// Powers of ten between which DynamoDB keeps numbers.
  private static final int SMALLEST = -130;

  private static final int LARGEST = 125;

  private static final String EXAMPLE = "write {S: text}, {N: \"1\"} or {BOOL: true}";

  private Attributes() {}

  static Json.Fields write(Map<String, AttributeValue> attributes) {
    var fields = new LinkedHashMap<String, Json>();
    attributes.forEach((name, value) -> fields.put(name, write(value)));
    return new Json.Fields(0, fields);
  }

  static Json.Fields write(AttributeValue value) {
    return switch (value.type()) {
      case S -> typed("S", new Json.Text(0, value.s()));
      case N -> typed("N", new Json.Text(0, value.n()));
      case BOOL -> typed("BOOL", new Json.Flag(0, value.bool()));
      case NUL -> typed("NULL", new Json.Flag(0, true));
      case B -> typed("B", new Json.Text(0, base64(value.b())));
      case SS -> typed("SS", sorted(value.ss()));
      case NS -> typed("NS", sorted(value.ns()));
      case BS -> typed("BS", sorted(value.bs().stream().map(Attributes::base64).toList()));
      case L ->
          typed("L", new Json.Items(0, value.l().stream().<Json>map(Attributes::write).toList()));
      case M -> typed("M", write(value.m()));
      case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("an unknown type");
    };
  }

  private static Json.Fields typed(String type, Json value) {
    return new Json.Fields(0, new LinkedHashMap<>(Map.of(type, value)));
  }

  /// A set has no order of its own.
  private static Json.Items sorted(List<String> texts) {
    return new Json.Items(
        0, texts.stream().sorted().<Json>map(text -> new Json.Text(0, text)).toList());
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
  }

  /// Empty when it is none; the faults say why.
  static Optional<AttributeValue> read(Json json, Faults faults) {
    if (!(json instanceof Json.Fields(int line, var fields)) || fields.size() != 1) {
      faults.add(json.line(), "an attribute's value has one type", EXAMPLE);
      return Optional.empty();
    }
    var type = fields.firstEntry().getKey();
    var value = fields.firstEntry().getValue();
    var read =
        switch (type) {
          case "S" -> text(value).map(AttributeValue::fromS);
          case "N" -> text(value).flatMap(Attributes::number).map(AttributeValue::fromN);
          case "BOOL" -> flag(value).map(AttributeValue::fromBool);
          case "NULL" -> flag(value).filter(isSet -> isSet).map(AttributeValue::fromNul);
          case "B" -> text(value).flatMap(Attributes::bytes).map(AttributeValue::fromB);
          case "SS" -> texts(value).map(AttributeValue::fromSs);
          case "NS" ->
              texts(value)
                  .filter(all -> all.stream().allMatch(text -> number(text).isPresent()))
                  .map(AttributeValue::fromNs);
          case "BS" ->
              texts(value)
                  .map(all -> all.stream().flatMap(text -> bytes(text).stream()).toList())
                  .map(AttributeValue::fromBs);
          case "L" -> list(value, faults).map(AttributeValue::fromL);
          case "M" -> map(value, faults).map(AttributeValue::fromM);
          default -> Optional.<AttributeValue>empty();
        };
    if (read.filter(whole -> depth(whole) > DEEPEST).isPresent()) {
      faults.add(line, "the value lies more than 32 deep", "DynamoDB takes none that does");
    }
    if (read.isEmpty() && faults.areNone()) {
      faults.add(
          line,
          TYPES.contains(type)
              ? "the value does not go with its type " + type
              : "`" + type + "` is not a type of DynamoDB's",
          EXAMPLE);
    }
    return read;
  }

  private static int depth(AttributeValue value) {
    var inner =
        value.hasL() ? value.l().stream() : value.hasM() ? value.m().values().stream() : null;
    return inner == null ? 0 : 1 + inner.mapToInt(Attributes::depth).max().orElse(0);
  }

  /// An item's attributes, by name.
  static Optional<Map<String, AttributeValue>> map(Json json, Faults faults) {
    if (!(json instanceof Json.Fields(_, var fields))) {
      return Optional.empty();
    }
    var attributes = new HashMap<String, AttributeValue>();
    fields.forEach((name, value) ->
        read(value, faults).ifPresent(attribute -> attributes.put(name, attribute)));
    if (attributes.containsKey("")) {
      faults.add(json.line(), "an attribute has no name", "DynamoDB wants one");
    }
    return attributes.size() == fields.size() ? Optional.of(attributes) : Optional.empty();
  }

  private static Optional<List<AttributeValue>> list(Json json, Faults faults) {
    if (!(json instanceof Json.Items(_, var items))) {
      return Optional.empty();
    }
    var values = new ArrayList<AttributeValue>();
    items.forEach(item -> read(item, faults).ifPresent(values::add));
    return values.size() == items.size() ? Optional.of(values) : Optional.empty();
  }

  private static Optional<String> text(Json json) {
    return json instanceof Json.Text(_, var text) ? Optional.of(text) : Optional.empty();
  }

  private static Optional<Boolean> flag(Json json) {
    return json instanceof Json.Flag(_, var isSet) ? Optional.of(isSet) : Optional.empty();
  }

  /// DynamoDB has no empty sets.
  private static Optional<List<String>> texts(Json json) {
    if (!(json instanceof Json.Items(_, var items)) || items.isEmpty()) {
      return Optional.empty();
    }
    var texts = items.stream().flatMap(item -> text(item).stream()).distinct().toList();
    return texts.size() == items.size() ? Optional.of(texts) : Optional.empty();
  }

  private static Optional<String> number(String text) {
    try {
      var number = new BigDecimal(text);
      var power = number.precision() - number.scale() - 1;
      var isKept = number.signum() == 0 || (power >= SMALLEST && power <= LARGEST);
      return number.precision() <= 38 && isKept ? Optional.of(text) : Optional.empty();
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  private static Optional<SdkBytes> bytes(String text) {
    try {
      return Optional.of(SdkBytes.fromByteArray(Base64.getDecoder().decode(text)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
