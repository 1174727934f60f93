package dev.rollcall.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Two examples of what a migration brings, and how a store writes while the data is not there yet,
/// or is on its way back.
class ShapeTest {

  /// Level 3 adds an attribute.
  @Nested
  class An_attribute_more {
    private final Shape<Map<String, Object>> notes = new Shape<>(3, ShapeTest::withoutNote);
    private final Map<String, Object> check = Map.of("_v", 3, "name", "Backup", "note", "by night");

    @Test
    void is_written_from_its_level_on() {
      assertThat(notes.of(check, 3)).isEqualTo(check);
      assertThat(notes.of(check, 4)).isEqualTo(check);
    }

    @Test
    void is_not_written_below_its_level() {
      var before = Map.<String, Object>of("_v", 2, "name", "Backup");
      assertThat(notes.of(check, 2)).isEqualTo(before);
      assertThat(notes.of(before, 2)).isEqualTo(before);
      assertThat(notes.of(check, 1)).isEqualTo(before);
    }
  }

  /// Level 3 keeps seconds where level 2 kept minutes, under another name.
  @Nested
  class An_attribute_that_changes {
    private final Shape<Map<String, Object>> seconds = new Shape<>(3, ShapeTest::inMinutes);

    @Test
    void is_as_new_from_its_level_on() {
      var check = Map.<String, Object>of("_v", 3, "seconds", 90);
      assertThat(seconds.of(check, 3)).isEqualTo(check);
    }

    @Test
    void is_as_before_below_its_level() {
      var before = Map.<String, Object>of("_v", 2, "minutes", 2);
      assertThat(seconds.of(Map.of("_v", 3, "seconds", 90), 2)).isEqualTo(before);
      assertThat(seconds.of(before, 2)).isEqualTo(before);
    }
  }

  private static Map<String, Object> withoutNote(Map<String, Object> check) {
    var older = new HashMap<>(check);
    older.remove("note");
    older.put("_v", 2);
    return older;
  }

  /// Upwards: what is asked to be patient stays so.
  private static Map<String, Object> inMinutes(Map<String, Object> check) {
    return check.get("seconds") instanceof Integer seconds
        ? Map.of("_v", 2, "minutes", Math.ceilDiv(seconds, 60))
        : check;
  }
}
