package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testing.openapi.Description;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The description of the API: sound in itself, and all of it shown by the API.
class OpenApiTest {
  private static final Description DESCRIPTION = ApiUnderTest.DESCRIPTION;
  private static final JsonNode ROOT = DESCRIPTION.root();

  @Nested
  class The_document {
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
        for (var operation : ApiUnderTest.OPERATIONS) {
          EveryOperation.WAYS.stream()
              .filter(way -> way.isFor(operation))
              .forEach(way -> way.deed().accept(new EveryOperation(api), operation));
        }
        DescribedCalls.ALL.forEach(scenario -> scenario.accept(new DescribedCalls(api)));
        try (var other = api.another()) {
          new DescribedMigration(other).happen();
        }
        var unseen = new TreeSet<>(api.witness().unseen(ApiUnderTest.OPERATIONS));
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
