package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.channel.Field;
import dev.rollcall.testing.openapi.Description;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The fields of requests, as the description has them and as the API reads them.
class DescribedFieldsTest {
  private static final Description DESCRIPTION = ApiUnderTest.DESCRIPTION;
  private static final JsonNode ROOT = DESCRIPTION.root();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Nested
  class A_check_that_is_sent {
    static Stream<Map.Entry<String, CheckFields>> kinds() {
      return Stream.of(
          Map.entry("CheckChange", CheckFields.COMPATIBLE),
          Map.entry("OwnCheckChange", CheckFields.OWN));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void has_the_fields_that_are_documented(Map.Entry<String, CheckFields> kind) {
      var documented = new TreeSet<>(properties(kind.getKey()).propertyNames());
      documented.remove("api_key");
      assertThat(kind.getValue().names()).containsExactlyInAnyOrderElementsOf(documented);
    }

    /// What only reading the value can tell, the schema does not say.
    @ParameterizedTest
    @MethodSource("kinds")
    void is_refused_where_its_schema_refuses_it(Map.Entry<String, CheckFields> kind) {
      var read = Set.of("schedule", "tz");
      for (var field : properties(kind.getKey()).properties()) {
        if (field.getKey().equals("api_key")) {
          continue;
        }
        for (var value : candidates(field.getValue())) {
          ObjectNode request = JSON.objectNode().set(field.getKey(), value);
          var bySchema = DESCRIPTION.schemas().faults(field.getValue(), value).isEmpty();
          var byRules = kind.getValue().fault(request).isEmpty();
          if (read.contains(field.getKey()) && bySchema) {
            continue;
          }
          assertThat(byRules).as(field.getKey() + " = " + brief(value)).isEqualTo(bySchema);
        }
      }
    }
  }

  @Test
  void each_call_with_a_key_in_the_body_has_it_documented() {
    assertThat(ApiUnderTest.OPERATIONS)
        .filteredOn(operation -> operation.method().equals("POST"))
        .filteredOn(operation -> operation.node().path("security").toString().contains("Write"))
        .allSatisfy(operation -> {
          var schema = operation.node().at("/requestBody/content/application~1json/schema");
          assertThat(DESCRIPTION.resolve(schema).path("properties").has("api_key")).isTrue();
        });
  }

  @Test
  void a_channel_asks_for_the_types_of_fields_that_are_documented() {
    var types =
        ROOT.at("/components/schemas/ChannelField/properties/type/enum")
            .valueStream()
            .map(type -> type.asString(""));
    assertThat(types)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Field.Type.values())
                .map(type -> type.name().toLowerCase(Locale.ROOT))
                .toList());
  }

  private static ObjectNode properties(String schema) {
    return (ObjectNode) ROOT.path("components").path("schemas").path(schema).path("properties");
  }

  /// Values at and beyond each limit of a schema, and of every type.
  private static List<JsonNode> candidates(JsonNode schema) {
    var some =
        Stream.<JsonNode>of(
            JSON.nullNode(),
            JSON.booleanNode(true),
            JSON.numberNode(0),
            JSON.numberNode(-1),
            JSON.numberNode(60.5),
            JSON.numberNode(Long.MAX_VALUE),
            JSON.stringNode(""),
            JSON.stringNode("a"),
            JSON.stringNode("A"),
            JSON.stringNode("POST"),
            JSON.stringNode("GET"),
            JSON.arrayNode(),
            JSON.arrayNode().add("name"),
            JSON.arrayNode().add("uuid"),
            JSON.arrayNode().add(1),
            JSON.objectNode());
    var bounds =
        Stream.of("minimum", "maximum")
            .filter(schema::has)
            .map(bound -> schema.path(bound).asLong())
            .flatMap(bound -> Stream.of(bound - 1, bound, bound + 1))
            .<JsonNode>map(JSON::numberNode);
    var lengths =
        Stream.of("maxLength")
            .filter(schema::has)
            .map(length -> schema.path(length).asInt())
            .flatMap(length -> Stream.of(length, length + 1))
            .<JsonNode>map(length -> JSON.stringNode("a".repeat(length)));
    return Stream.of(some, bounds, lengths).flatMap(values -> values).toList();
  }

  private static String brief(JsonNode value) {
    var text = value.toString();
    return text.length() < 100 ? text : text.length() + " characters";
  }
}
