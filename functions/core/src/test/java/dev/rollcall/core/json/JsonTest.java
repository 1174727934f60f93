package dev.rollcall.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonTest {

  @Nested
  class A_value {

    @Test
    void is_written_as_it_stands_when_it_is_a_number_a_truth_or_null() {
      assertThat(Json.write(42)).isEqualTo("42");
      assertThat(Json.write(-1L)).isEqualTo("-1");
      assertThat(Json.write(0.25)).isEqualTo("0.25");
      assertThat(Json.write(true)).isEqualTo("true");
      assertThat(Json.write(null)).isEqualTo("null");
    }

    @Test
    void of_another_kind_is_refused_and_named() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Json.write(new Object()))
          .withMessageContaining("java.lang.Object");
    }
  }

  @Nested
  class A_map {

    @Test
    void is_written_in_its_own_order_with_blanks_after_commas_and_colons() {
      var map = new LinkedHashMap<String, @Nullable Object>();
      map.put("up", 1);
      map.put("a", null);
      map.put("\"", List.of());

      assertThat(Json.write(map)).isEqualTo("{\"up\": 1, \"a\": null, \"\\\"\": []}");
    }

    @Test
    void may_be_empty() {
      assertThat(Json.write(Map.of())).isEqualTo("{}");
    }
  }

  @Nested
  class A_list {
    @Test
    void is_written_in_order_with_blanks_after_commas() {
      assertThat(Json.write(List.of(1, "two", List.of(3)))).isEqualTo("[1, \"two\", [3]]");
    }
  }

  @Nested
  class A_text {

    @Test
    void keeps_every_printable_character_of_ascii() {
      assertThat(Json.write(" !#[]~azAZ09/'")).isEqualTo("\" !#[]~azAZ09/'\"");
    }

    @ParameterizedTest
    @CsvSource({
      "34, \\\"",
      "92, \\\\",
      "8, \\b",
      "9, \\t",
      "10, \\n",
      "12, \\f",
      "13, \\r",
    })
    void escapes_what_json_has_a_letter_for(int character, String expected) {
      assertThat(Json.write(Character.toString(character))).isEqualTo("\"" + expected + "\"");
    }

    @ParameterizedTest
    @CsvSource({
      "0, \\u0000",
      "31, \\u001f",
      "127, \\u007f",
      "228, \\u00e4",
      "0x1F600, \\ud83d\\ude00",
    })
    void escapes_everything_beyond_printable_ascii_by_number(String character, String expected) {
      assertThat(Json.write(Character.toString(Integer.decode(character))))
          .isEqualTo("\"" + expected + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\"b\\c", "\u0000\b\f\n\r\t\u001f \u007f\u0080", "Ω 😀 \uD83D"})
    void is_read_back_as_it_was(String text) {
      var mapper = JsonMapper.shared();

      assertThat(mapper.readValue(Json.write(text), String.class)).isEqualTo(text);
    }
  }
}
