package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.channel.Field;
import dev.rollcall.testing.openapi.Description;
import dev.rollcall.testing.openapi.Description.Operation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

  /// What reads the bodies of a schema.
  private static final Map<String, BodyFields> READERS =
      Map.of(
          "CheckChange", CheckFields.COMPATIBLE,
          "OwnCheckChange", CheckFields.OWN,
          "NewChannel", NewChannel.FIELDS,
          "PreviewRequest", SchedulePreview.FIELDS);

  /// The schema of bodies in which nothing is read but the key.
  private static final String KEY_ALONE = "KeyInBody";

  /// In a body of any call that needs a read-write key, and read before what the call itself reads.
  private static final String KEY = "api_key";

  @Nested
  class A_body_that_is_sent {
    /// What only reading the value can tell, the schema does not say.
    private static final Set<String> READ =
        Set.of(
            "CheckChange.schedule",
            "CheckChange.tz",
            "OwnCheckChange.schedule",
            "OwnCheckChange.tz",
            "NewChannel.kind",
            "PreviewRequest.tz",
            "PreviewRequest.after");

    static Stream<Map.Entry<String, BodyFields>> readers() {
      return READERS.entrySet().stream();
    }

    @Test
    void is_of_a_schema_that_these_tests_hold_to_what_reads_it() {
      var sent =
          ApiUnderTest.OPERATIONS.stream()
              .map(operation -> schema(operation).path("$ref").asString(""))
              .map(reference -> reference.replaceAll(".*/", ""))
              .filter(name -> !name.isEmpty() && !name.equals(KEY_ALONE));
      assertThat(sent.collect(Collectors.toSet())).isEqualTo(READERS.keySet());
    }

    @Test
    void may_have_the_key_where_one_is_needed() {
      assertThat(ApiUnderTest.OPERATIONS)
          .filteredOn(operation -> operation.method().equals("POST"))
          .filteredOn(operation -> operation.node().path("security").toString().contains("Write"))
          .allSatisfy(operation ->
              assertThat(DESCRIPTION.resolve(schema(operation)).path("properties").has(KEY))
                  .isTrue());
    }

    @ParameterizedTest
    @MethodSource("readers")
    void has_the_fields_that_are_documented(Map.Entry<String, BodyFields> reader) {
      var documented = new TreeSet<>(properties(reader.getKey()).propertyNames());
      documented.remove(KEY);
      assertThat(reader.getValue().fields())
          .extracting(BodyFields.Field::name)
          .containsExactlyInAnyOrderElementsOf(documented);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void must_have_the_fields_that_are_documented_as_required(
        Map.Entry<String, BodyFields> reader) {
      assertThat(reader.getValue().fields())
          .filteredOn(BodyFields.Field::isRequired)
          .extracting(BodyFields.Field::name)
          .containsExactlyInAnyOrderElementsOf(required(reader.getKey()));
    }

    @ParameterizedTest
    @MethodSource("readers")
    void is_taken_with_each_example(Map.Entry<String, BodyFields> reader) {
      for (var field : properties(reader.getKey()).properties()) {
        for (var value : field.getValue().path("examples")) {
          var body = body(reader.getKey(), field.getKey(), value);
          assertThat(reader.getValue().fault(body)).as(body.toString()).isEmpty();
        }
      }
    }

    @ParameterizedTest
    @MethodSource("readers")
    void is_refused_where_its_schema_refuses_it(Map.Entry<String, BodyFields> reader) {
      for (var field : properties(reader.getKey()).properties()) {
        if (field.getKey().equals(KEY)) {
          continue;
        }
        for (var value : candidates(field.getValue())) {
          var bySchema = DESCRIPTION.schemas().faults(field.getValue(), value).isEmpty();
          var body = body(reader.getKey(), field.getKey(), value);
          var byRules = reader.getValue().fault(body).isEmpty();
          if (READ.contains(reader.getKey() + "." + field.getKey()) && bySchema) {
            continue;
          }
          assertThat(byRules).as(field.getKey() + " = " + brief(value)).isEqualTo(bySchema);
        }
      }
    }
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

  private static JsonNode schema(Operation operation) {
    return DESCRIPTION
        .resolve(operation.node().path("requestBody"))
        .at("/content/application~1json/schema");
  }

  private static JsonNode properties(String schema) {
    return ROOT.at("/components/schemas/" + schema + "/properties");
  }

  private static List<String> required(String schema) {
    return ROOT.at("/components/schemas/" + schema + "/required")
        .valueStream()
        .map(name -> name.asString(""))
        .toList();
  }

  /// A body with this field, and examples of those that it must have.
  private static ObjectNode body(String schema, String field, JsonNode value) {
    var body = JSON.objectNode();
    required(schema)
        .forEach(name -> body.set(name, properties(schema).path(name).path("examples").path(0)));
    body.set(field, value);
    return body;
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
