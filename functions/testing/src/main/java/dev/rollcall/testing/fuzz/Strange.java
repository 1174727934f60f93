package dev.rollcall.testing.fuzz;

import dev.rollcall.testing.Items;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// An item as a release to come might write it, or as damage leaves it: with one attribute, at any
/// depth, that is missing, of another type, or another word or number than any release knows today.
///
/// @param what is strange, for whoever reads of a failure
public record Strange(String what, Map<String, AttributeValue> item) {

  /// All of these. The key stays.
  public static List<Strange> variantsOf(Map<String, AttributeValue> item) {
    var variants = new ArrayList<Strange>();
    var name = Items.value(item, "sk").s();
    item.keySet().stream()
        .filter(attribute -> !attribute.equals("pk") && !attribute.equals("sk"))
        .sorted()
        .forEach(attribute ->
            variants(item, attribute)
                .forEach(other -> variants.add(new Strange(name + " " + other.what, other.item))));
    var more = new HashMap<>(item);
    more.put("unheardOf", AttributeValue.fromM(Map.of("of", AttributeValue.fromN("1"))));
    variants.add(new Strange(name + " with an attribute more", more));
    return variants;
  }

  private static Stream<Strange> variants(Map<String, AttributeValue> item, String attribute) {
    var value = Items.value(item, attribute);
    var without = new HashMap<>(item);
    without.remove(attribute);
    var flat =
        Stream.concat(
            Stream.of(new Strange(attribute + " missing", without)),
            others(value).map(other -> with(item, attribute, attribute + " is " + other, other)));
    return value.hasM()
        ? Stream.concat(
            flat,
            value.m().keySet().stream()
                .sorted()
                .flatMap(inner -> variants(value.m(), inner))
                .map(inner ->
                    with(
                        item,
                        attribute,
                        attribute + "." + inner.what,
                        AttributeValue.fromM(inner.item))))
        : flat;
  }

  private static Strange with(
      Map<String, AttributeValue> item, String attribute, String what, AttributeValue value) {
    var changed = new HashMap<>(item);
    changed.put(attribute, value);
    return new Strange(what, changed);
  }

  private static Stream<AttributeValue> others(AttributeValue value) {
    return Stream.of(
            AttributeValue.fromS("unheard_of"),
            AttributeValue.fromN("0"),
            AttributeValue.fromN("-7"),
            AttributeValue.fromN("1.5"),
            AttributeValue.fromN("99999999999999999999"),
            AttributeValue.fromBool(false),
            AttributeValue.fromB(SdkBytes.fromUtf8String("bytes")),
            AttributeValue.fromL(List.of(AttributeValue.fromN("1"))),
            AttributeValue.fromM(Map.of("of", AttributeValue.fromS("unheard_of"))))
        .filter(other -> !other.equals(value));
  }
}
