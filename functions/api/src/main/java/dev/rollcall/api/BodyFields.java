package dev.rollcall.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the body of a request may say: each field with the rule for its value, in the order in
/// which they are looked at. Only the first fault is reported, `null` is a value of the wrong type,
/// and fields that are not known are ignored.
///
/// A call reads a body by these fields only, so that what the API's description is held to is all
/// that there is.
record BodyFields(List<Field> fields) {

  record Field(String name, boolean isRequired, FieldRule rule) {}

  static Field required(String name, FieldRule rule) {
    return new Field(name, true, rule);
  }

  static Field optional(String name, FieldRule rule) {
    return new Field(name, false, rule);
  }

  static BodyFields of(Field... fields) {
    return new BodyFields(List.of(fields));
  }

  /// The first thing that is wrong with a body, or empty when it says what may be said.
  Optional<Problem.Invalid> fault(ObjectNode body) {
    return fields.stream()
        .filter(field -> field.isRequired() || body.has(field.name()))
        .<Problem.Invalid>flatMap(field ->
            field.rule().fault(body.path(field.name())).stream()
                .map(fault -> new Problem.Invalid(fault.formatted(field.name()))))
        .findFirst();
  }

  /// Answers by what is wrong with a body, or else by what it says.
  Answer answer(ObjectNode body, Function<Said, Answer> next) {
    return fault(body)
        .<Answer>map(fault -> fault)
        .orElseGet(() -> next.apply(new Said(this, body)));
  }

  /// What a body says in which no fault was found. Whoever asks for a field that is not one of its
  /// `fields` has forgotten to add it to them.
  static final class Said {
    private final BodyFields fields;
    private final ObjectNode body;

    Said(BodyFields fields, ObjectNode body) {
      this.fields = fields;
      this.body = body;
    }

    Optional<JsonNode> value(String field) {
      if (fields.fields().stream().noneMatch(known -> known.name().equals(field))) {
        throw new IllegalArgumentException("no field is called " + field);
      }
      return Optional.ofNullable(body.get(field));
    }

    Optional<String> text(String field) {
      return value(field).map(JsonNode::stringValue);
    }

    Optional<Boolean> flag(String field) {
      return value(field).map(JsonNode::booleanValue);
    }
  }
}
