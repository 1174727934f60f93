package dev.rollcall.api;

import static dev.rollcall.api.BodyFields.optional;
import static dev.rollcall.api.BodyFields.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class BodyFieldsTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final BodyFields fields =
      BodyFields.of(required("kind", FieldRule.string()), optional("count", FieldRule.integer()));

  @Nested
  class A_body_with_faults {

    @Test
    void is_refused_by_the_first_field_that_is_wrong() {
      assertThat(fields.fault(body("{\"count\": \"3\", \"kind\": 5}")))
          .contains(new Problem.Invalid("kind is not a string"));
      assertThat(fields.fault(body("{\"kind\": \"a\", \"count\": null}")))
          .contains(new Problem.Invalid("count is not a number"));
    }

    @Test
    void is_refused_without_a_field_that_it_must_have() {
      assertThat(fields.fault(body("{\"count\": 3}")))
          .contains(new Problem.Invalid("kind is not a string"));
    }
  }

  @Nested
  class A_body_without_a_fault {
    private final BodyFields.Said said =
        new BodyFields.Said(fields, body("{\"kind\": \"a\", \"other\": 5}"));

    @Test
    void says_what_it_has_of_its_fields() {
      assertThat(said.text("kind")).contains("a");
      assertThat(said.value("count")).isEqualTo(Optional.empty());
    }

    @Test
    void cannot_be_asked_for_what_is_not_among_them() {
      assertThatIllegalArgumentException().isThrownBy(() -> said.value("other"));
    }
  }

  private static ObjectNode body(String json) {
    return (ObjectNode) JSON.readTree(json);
  }
}
