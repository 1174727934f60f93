package dev.rollcall.testing.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Body;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WitnessTest {
  /// `/special` shows what `/plain` shows, and one field more.
  private static final String DOCUMENT =
      """
      {
        "paths": {
          "/plain": {"get": {"responses": {"200": {"content": {"application/json": {"schema":
            {"$ref": "#/components/schemas/Plain"}}}}}}},
          "/special": {"get": {"responses": {"200": {"content": {"application/json": {"schema":
            {"anyOf": [{"$ref": "#/components/schemas/Special"}]}}}}}}}
        },
        "components": {
          "schemas": {
            "Plain": {"type": "object", "properties": {"name": {"type": "string"}}},
            "Special": {
              "allOf": [{"$ref": "#/components/schemas/Plain"}],
              "type": "object",
              "properties": {"extra": {"type": "string"}}
            }
          }
        }
      }
      """;

  private final Witness witness = new Witness(Description.read(DOCUMENT));

  private boolean isAsDocumented(String path, String body) {
    var got = Body.of(body.getBytes(StandardCharsets.UTF_8));
    var headers = Map.of("content-type", "application/json");
    return witness.see(new Exchange("GET", path, Body.EMPTY, 200, headers, got)).isEmpty();
  }

  @Nested
  class Of_schemas_that_build_on_each_other {

    @ParameterizedTest
    @CsvSource({"/plain, false", "/special, true"})
    void only_the_one_that_adds_a_field_has_it(String path, boolean hasIt) {
      assertThat(isAsDocumented(path, "{\"name\": \"a\"}")).isTrue();
      assertThat(isAsDocumented(path, "{\"name\": \"a\", \"extra\": \"b\"}")).isEqualTo(hasIt);
    }

    @Test
    void neither_has_a_field_that_none_of_them_adds() {
      assertThat(isAsDocumented("/plain", "{\"other\": \"a\"}")).isFalse();
      assertThat(isAsDocumented("/special", "{\"other\": \"a\"}")).isFalse();
    }
  }
}
