package dev.rollcall.testing.conformance;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// JSON as plain maps, lists, texts and numbers.
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static <T> T read(String json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }

  static @Nullable Object read(String json) {
    return MAPPER.readValue(json, Object.class);
  }

  static String write(@Nullable Object value) {
    return MAPPER.writeValueAsString(value);
  }

  @SuppressWarnings("unchecked") // JSON objects have texts for names
  static Map<String, @Nullable Object> object(@Nullable Object value) {
    return value == null ? Map.of() : (Map<String, @Nullable Object>) value;
  }

  static List<?> list(@Nullable Object value) {
    return value == null ? List.of() : (List<?>) value;
  }
}
