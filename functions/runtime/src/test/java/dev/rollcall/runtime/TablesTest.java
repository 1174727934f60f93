package dev.rollcall.runtime;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.store.Tables;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/// The tables of the template against those that the code makes for tests and the desk.
class TablesTest {
  private static final Template TEMPLATE = Template.ofTheProject();
  private static final Tables CODE = new Tables("state", "log");

  @Test
  void state_is_keyed_and_indexed_alike() {
    assertThat(shape(TEMPLATE.properties("StateTable"))).isEqualTo(shape(CODE.stateTable()));
  }

  @Test
  void log_is_keyed_alike() {
    assertThat(shape(TEMPLATE.properties("LogTable"))).isEqualTo(shape(CODE.logTable()));
  }

  @Test
  void log_forgets_by_the_same_attribute() {
    assertThat(Template.map(TEMPLATE.properties("LogTable"), "TimeToLiveSpecification"))
        .isEqualTo(Map.of("AttributeName", Tables.logExpiry().attributeName(), "Enabled", true));
  }

  /// What a table is made of. Keys are `name HASH` and `name RANGE`.
  private record Shape(
      Map<String, String> attributes, List<String> key, Map<String, Index> indexes) {}

  private record Index(List<String> key, String projection) {}

  private static Shape shape(CreateTableRequest table) {
    return new Shape(
        table.attributeDefinitions().stream()
            .collect(
                toMap(
                    attribute -> attribute.attributeName(),
                    attribute -> attribute.attributeTypeAsString())),
        key(table.keySchema()),
        table.globalSecondaryIndexes().stream()
            .collect(
                toMap(
                    index -> index.indexName(),
                    index ->
                        new Index(
                            key(index.keySchema()), index.projection().projectionTypeAsString()))));
  }

  private static List<String> key(List<KeySchemaElement> schema) {
    return schema.stream()
        .map(element -> element.attributeName() + " " + element.keyTypeAsString())
        .toList();
  }

  private static Shape shape(Map<String, Object> table) {
    return new Shape(
        list(table, "AttributeDefinitions").stream()
            .collect(
                toMap(
                    attribute -> Template.text(attribute, "AttributeName"),
                    attribute -> Template.text(attribute, "AttributeType"))),
        key(table),
        list(table, "GlobalSecondaryIndexes").stream()
            .collect(
                toMap(
                    index -> Template.text(index, "IndexName"),
                    index ->
                        new Index(
                            key(index),
                            Template.text(Template.map(index, "Projection"), "ProjectionType")))));
  }

  private static List<String> key(Map<String, Object> keyed) {
    return list(keyed, "KeySchema").stream()
        .map(element ->
            Template.text(element, "AttributeName") + " " + Template.text(element, "KeyType"))
        .toList();
  }

  private static List<Map<String, Object>> list(Map<String, Object> parent, String key) {
    return ((List<?>) parent.getOrDefault(key, List.of()))
        .stream().map(element -> Template.map(element)).toList();
  }
}
