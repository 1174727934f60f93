package dev.rollcall.testing.openapi;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The schemas of an OpenAPI document. Of answers they are read more strictly than they are
/// written: a client has to put up with fields that it does not know, a test has not.
public final class Schemas {
  private final JsonNode root;
  private final JsonNode closed;

  /// Schemas that others build on. They see only a part of a value there, so whoever refers to one
  /// as a whole closes it.
  private final Set<String> bases = new HashSet<>();

  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final IdentityHashMap<JsonNode, Schema> open = new IdentityHashMap<>();
  private final IdentityHashMap<JsonNode, Schema> strict = new IdentityHashMap<>();

  Schemas(JsonNode root) {
    this.root = root;
    closed = root.path("components").path("schemas").deepCopy();
    root.findValues("allOf").forEach(parts -> parts.forEach(part -> bases.add(referred(part))));
    for (var schema : closed.properties()) {
      close(schema.getValue(), bases.contains(schema.getKey()));
    }
  }

  /// What is wrong with a value by a schema of the document.
  public List<String> faults(JsonNode schema, JsonNode value) {
    synchronized (this) {
      return open
          .computeIfAbsent(schema, _ -> compile(schema, root.path("components").path("schemas")))
          .validate(value)
          .stream()
          .map(Object::toString)
          .toList();
    }
  }

  /// The same, and fields that the schema does not have besides.
  List<String> strictFaults(JsonNode schema, JsonNode value) {
    synchronized (this) {
      return strict
          .computeIfAbsent(
              schema,
              _ -> {
                var copy = schema.deepCopy();
                close(copy, false);
                return compile(copy, closed);
              })
          .validate(value)
          .stream()
          .map(Object::toString)
          .toList();
    }
  }

  /// Tells what of a schema a value shows: each field, each value of an `enum`, each type and each
  /// choice of several.
  ///
  /// @param name what the schema is called where it has no name of its own
  void shown(String name, JsonNode schema, JsonNode value, Consumer<String> told) {
    if (schema.has("$ref")) {
      shown(referred(schema), target(schema), value, told);
      return;
    }
    if (schema.path("type").isArray()) {
      told.accept(name + " as " + type(value));
    }
    if (schema.has("enum")) {
      told.accept(name + " = " + value);
    }
    for (var field : schema.path("properties").properties()) {
      if (value.has(field.getKey())) {
        var inner = name + "." + field.getKey();
        told.accept(inner);
        shown(inner, field.getValue(), value.path(field.getKey()), told);
      }
    }
    if (schema.path("additionalProperties").isObject()) {
      value.forEach(item -> shown(name + ".*", schema.path("additionalProperties"), item, told));
    }
    if (value.isArray()) {
      value.forEach(item -> shown(name + "[]", schema.path("items"), item, told));
    }
    schema.path("allOf").forEach(part -> shown(name, part, value, told));
    var choice = 0;
    for (var part : schema.path("anyOf")) {
      choice++;
      if (strictFaults(part, value).isEmpty()) {
        told.accept(name + ", choice " + choice);
        shown(name, part, value, told);
      }
    }
  }

  /// Tells what values of a schema can show.
  void showable(String name, JsonNode schema, Set<String> visited, Consumer<String> told) {
    if (schema.has("$ref")) {
      if (visited.add(referred(schema))) {
        showable(referred(schema), target(schema), visited, told);
      }
      return;
    }
    if (schema.path("type").isArray()) {
      schema.path("type").forEach(type -> told.accept(name + " as " + type.asString("")));
    }
    schema.path("enum").forEach(value -> told.accept(name + " = " + value));
    for (var field : schema.path("properties").properties()) {
      var inner = name + "." + field.getKey();
      told.accept(inner);
      showable(inner, field.getValue(), visited, told);
    }
    if (schema.path("additionalProperties").isObject()) {
      showable(name + ".*", schema.path("additionalProperties"), visited, told);
    }
    if (schema.has("items")) {
      showable(name + "[]", schema.path("items"), visited, told);
    }
    schema.path("allOf").forEach(part -> showable(name, part, visited, told));
    var choice = 0;
    for (var part : schema.path("anyOf")) {
      choice++;
      told.accept(name + ", choice " + choice);
      showable(name, part, visited, told);
    }
  }

  private Schema compile(JsonNode schema, JsonNode named) {
    var whole = (ObjectNode) schema.deepCopy();
    whole.putObject("components").set("schemas", named);
    return registry.getSchema(whole);
  }

  private JsonNode target(JsonNode schema) {
    return root.at(schema.path("$ref").asString("").substring(1));
  }

  private static String referred(JsonNode schema) {
    return schema.path("$ref").asString("").replaceAll(".*/", "");
  }

  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL -> "null";
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case ARRAY -> "array";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      case OBJECT, POJO -> "object";
      case BINARY, MISSING -> "nothing";
    };
  }

  /// @param isPart whether others build on it, so that it does not see all of a value
  private void close(JsonNode schema, boolean isPart) {
    if (!(schema instanceof ObjectNode object)) {
      return;
    }
    var isObject = object.has("properties") || bases.contains(referred(object));
    if (isObject && !object.has("additionalProperties") && !isPart) {
      object.put("unevaluatedProperties", false);
    }
    object.path("properties").forEach(field -> close(field, false));
    close(object.path("additionalProperties"), false);
    close(object.path("items"), false);
    object.path("anyOf").forEach(part -> close(part, false));
    object.path("allOf").forEach(part -> close(part, true));
  }
}
