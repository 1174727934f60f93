package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.channel.Field;
import dev.rollcall.testing.openapi.Description;
import dev.rollcall.testing.openapi.Description.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class OpenApiTest {
  private static final Description DESCRIPTION = ApiUnderTest.DESCRIPTION;
  private static final JsonNode ROOT = DESCRIPTION.root();

  /// The operations that the API's function has; the others are pings.
  private static final List<Operation> OPERATIONS =
      DESCRIPTION.operations().stream().filter(OpenApiTest::isOfTheApi).toList();

  private static boolean isOfTheApi(Operation operation) {
    return !operation.path().startsWith("/ping/");
  }

  @Nested
  class The_document {
    @Test
    void has_every_route_and_no_other() {
      try (var api = new ApiUnderTest()) {
        var routes = new TreeSet<String>();
        for (var route : api.api().routes().all()) {
          endpoints(route)
              .keySet()
              .forEach(method -> routes.add(method + " " + shape(route.path().template())));
        }
        assertThat(OPERATIONS)
            .extracting(operation -> operation.method() + " " + shape(operation.path()))
            .containsExactlyInAnyOrderElementsOf(routes);
      }
    }

    @Test
    void says_for_each_path_what_becomes_of_other_methods() {
      try (var api = new ApiUnderTest()) {
        for (var route : api.api().routes().all()) {
          var rule =
              switch (route) {
                case Route.Shared _ -> "shared";
                case Route.Page _ -> "page";
                case Route.Public _ -> "badge";
                case Route.Callback _ -> "callback";
              };
          assertThat(ROOT.path("paths").properties())
              .filteredOn(path -> shape(path.getKey()).equals(shape(route.path().template())))
              .extracting(path -> path.getValue().path("x-other-methods").asString(""))
              .containsExactly(rule);
        }
      }
    }

    @Test
    void asks_for_the_keys_that_the_routes_ask_for() {
      var needs = new TreeMap<String, String>();
      try (var api = new ApiUnderTest()) {
        for (var route : api.api().routes().all()) {
          if (route instanceof Route.Shared(var path, var endpoints)) {
            endpoints.forEach((method, endpoint) ->
                needs.merge(
                    method + " " + shape(path.template()),
                    switch (endpoint.need()) {
                      case NOTHING -> "[]";
                      case READ -> "[{\"ReadWriteKey\":[]},{\"ReadOnlyKey\":[]}]";
                      case READ_WHERE_READABLE -> "[{\"ReadWriteKey\":[]},{\"ReadOnlyKey\":[]},{}]";
                      case WRITE -> "[{\"ReadWriteKey\":[]}]";
                    },
                    (one, other) -> one.equals(other) ? one : "different"));
          }
        }
      }
      assertThat(OPERATIONS)
          .filteredOn(operation -> needs.containsKey(name(operation)))
          .allSatisfy(operation ->
              assertThat(operation.node().path("security"))
                  .hasToString(needs.get(name(operation))));
    }

    @Test
    void says_where_it_depends_on_the_data_and_where_it_changes_it() {
      try (var api = new ApiUnderTest()) {
        for (var route : api.api().routes().all()) {
          endpoints(route)
              .forEach((method, endpoint) ->
                  assertThat(OPERATIONS)
                      .filteredOn(operation ->
                          name(operation).equals(method + " " + shape(route.path().template())))
                      .singleElement()
                      .satisfies(operation -> {
                        var responses = operation.node().path("responses");
                        var asksTheTables =
                            endpoint.usesTables()
                                || endpoint.need() == Endpoint.Need.READ_WHERE_READABLE;
                        assertThat(responses.has("503")).isEqualTo(asksTheTables);
                        assertThat(responses.has("409")).isEqualTo(endpoint.changes(method));
                      }));
        }
      }
    }

    @Test
    void says_wherever_a_key_is_shown_that_wrong_ones_are_limited() {
      assertThat(OPERATIONS)
          .allSatisfy(operation ->
              assertThat(operation.node().path("responses").has("429"))
                  .as(operation.toString())
                  .isEqualTo(
                      !operation.node().path("security").isEmpty()
                          || operation.path().endsWith("/{key}")));
    }

    @Test
    void says_where_a_slash_may_be_forgotten() {
      assertThat(OPERATIONS)
          .allSatisfy(operation ->
              assertThat(operation.node().path("responses").has("301"))
                  .as(operation.toString())
                  .isEqualTo(operation.path().endsWith("/")));
    }

    @Test
    void says_what_each_call_with_a_key_in_the_body_takes() {
      assertThat(OPERATIONS)
          .filteredOn(operation -> operation.method().equals("POST"))
          .filteredOn(operation -> operation.node().path("security").toString().contains("Write"))
          .allSatisfy(operation -> {
            var schema = operation.node().at("/requestBody/content/application~1json/schema");
            assertThat(DESCRIPTION.resolve(schema).path("properties").has("api_key")).isTrue();
          });
    }

    @Test
    void refers_to_all_that_it_has_and_to_nothing_else() {
      var used =
          ROOT.findValuesAsString("$ref").stream().collect(Collectors.toCollection(TreeSet::new));
      var there = new TreeSet<String>();
      for (var kind : List.of("schemas", "parameters", "headers", "responses", "requestBodies")) {
        for (var component : ROOT.path("components").path(kind).properties()) {
          there.add("#/components/" + kind + "/" + component.getKey());
        }
      }
      assertThat(used).containsExactlyElementsOf(there);
    }

    @Test
    void says_the_version_of_the_release() throws IOException {
      assertThat(Files.readString(Path.of("..", "..", "pom.xml")))
          .containsPattern(
              "<version>"
                  + Pattern.quote(ROOT.at("/info/version").asString(""))
                  + "(-SNAPSHOT)?</version>");
    }

    @Test
    void names_each_operation_once_under_a_tag_that_it_explains() {
      assertThat(DESCRIPTION.operations())
          .extracting(operation -> operation.node().path("operationId").asString(""))
          .doesNotHaveDuplicates()
          .doesNotContain("");
      var tags = ROOT.path("tags").findValuesAsString("name");
      assertThat(DESCRIPTION.operations())
          .allSatisfy(
              operation -> assertThat(tags).contains(operation.node().at("/tags/0").asString("")));
    }

    @Test
    void gives_examples_that_are_as_it_says() {
      var wrong = new TreeSet<String>();
      examples("", ROOT, wrong);
      assertThat(wrong).isEmpty();
    }

    @Test
    void explains_every_field_and_parameter() {
      var unexplained = new TreeSet<String>();
      explained("", ROOT, unexplained);
      assertThat(unexplained).isEmpty();
    }

    @Test
    void has_a_variable_in_each_path_for_each_parameter_of_it() {
      assertThat(DESCRIPTION.operations())
          .allSatisfy(operation ->
              assertThat(
                      DESCRIPTION
                          .parameters(operation)
                          .filter(parameter -> parameter.path("in").asString("").equals("path"))
                          .map(parameter -> "{" + parameter.path("name").asString("") + "}"))
                  .as(operation.toString())
                  .containsExactlyInAnyOrderElementsOf(
                      Pattern.compile("\\{[A-Za-z]+}")
                          .matcher(operation.path())
                          .results()
                          .map(found -> found.group())
                          .toList()));
    }
  }

  @Nested
  class The_API {

    /// Types of fields that no kind of channel asks for at present.
    private static final Set<String> UP_TO_THE_CHANNELS =
        Set.of("out ChannelField.type = \"text\"", "out ChannelField.type = \"number\"");

    @Test
    void shows_all_that_is_documented_and_nothing_else() {
      try (var api = new ApiUnderTest(EveryOperation.WRONG_KEYS)) {
        for (var operation : OPERATIONS) {
          EveryOperation.WAYS.stream()
              .filter(way -> way.isFor(operation))
              .forEach(way -> way.deed().accept(new EveryOperation(api), operation));
        }
        DescribedCalls.ALL.forEach(scenario -> scenario.accept(new DescribedCalls(api)));
        try (var other = api.another()) {
          new DescribedMigration(other).happen();
        }
        var unseen = new TreeSet<>(api.witness().unseen(OPERATIONS));
        unseen.removeAll(UP_TO_THE_CHANNELS);
        assertThat(unseen).isEmpty();
      }
    }

    @Test
    void serves_the_document_to_everybody() {
      try (var api = new ApiUnderTest()) {
        var answer = api.call("GET", "/api/openapi.json", "", "");
        assertThat(answer.body()).isEqualTo(OpenApi.Held.TEXT);
        assertThat(answer.headers()).containsEntry("access-control-allow-origin", "*");
      }
    }
  }

  @Nested
  class A_check_that_is_sent {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

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

  private static Map<String, Endpoint> endpoints(Route route) {
    return switch (route) {
      case Route.Shared(_, var endpoints) -> endpoints;
      case Route.Callback(_, var endpoints) -> endpoints;
      case Route.Page(_, var endpoint) -> Map.of("GET", endpoint);
      case Route.Public(_, var handler) -> Map.of("GET", Endpoint.open(handler));
    };
  }

  private static String name(Operation operation) {
    return operation.method() + " " + shape(operation.path());
  }

  /// A path whose variables have no names: OpenAPI has one path for an id and for a unique key.
  private static String shape(String template) {
    return template.replaceAll("\\{[A-Za-z]+}", "{}");
  }

  private static void examples(String where, JsonNode node, Set<String> wrong) {
    if (node.has("examples") && node.path("examples").isArray()) {
      node.path("examples")
          .forEach(example ->
              DESCRIPTION
                  .schemas()
                  .faults(node, example)
                  .forEach(fault -> wrong.add(where + ": " + fault)));
    }
    if (node.has("schema") && node.path("examples").isObject()) {
      node.path("examples")
          .forEach(example ->
              DESCRIPTION
                  .schemas()
                  .faults(node.path("schema"), example.path("value"))
                  .forEach(fault -> wrong.add(where + ": " + fault)));
    }
    inside(node).forEach(inner -> examples(where + "/" + inner.getKey(), inner.getValue(), wrong));
  }

  private static void explained(String where, JsonNode node, Set<String> unexplained) {
    Predicate<JsonNode> isSilent =
        said -> !said.has("$ref") && said.path("description").asString("").isEmpty();
    for (var field : node.path("properties").properties()) {
      if (isSilent.test(field.getValue())) {
        unexplained.add(where + "/properties/" + field.getKey());
      }
    }
    node.path("parameters")
        .valueStream()
        .filter(isSilent)
        .forEach(parameter ->
            unexplained.add(where + "/parameters/" + parameter.path("name").asString("")));
    inside(node)
        .filter(inner -> !inner.getKey().equals("example") && !inner.getKey().equals("value"))
        .forEach(inner -> explained(where + "/" + inner.getKey(), inner.getValue(), unexplained));
  }

  private static Stream<Map.Entry<String, JsonNode>> inside(JsonNode node) {
    return node.isArray()
        ? node.valueStream().map(item -> Map.entry("*", item))
        : node.properties().stream();
  }
}
