package dev.rollcall.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.schema.Schema;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class SchemaRowTest {

  @ParameterizedTest
  @EnumSource
  void reads_what_it_wrote(Schema.Phase phase) {
    var schema = new Schema(7, 6, 5, 4, phase);
    assertThat(SchemaRow.read(SchemaRow.write(schema))).isEqualTo(SchemaItem.of(schema));
  }

  @Test
  void a_phase_of_a_newer_release_wants_a_person_and_keeps_its_bounds() {
    var item = new HashMap<>(SchemaRow.write(new Schema(7, 6, 5, 4, Schema.Phase.STEADY)));
    item.put("phase", AttributeValue.fromS("folding"));
    var read = SchemaRow.read(item);
    assertThat(read.schema()).hasValue(new Schema(7, 6, 5, 4, Schema.Phase.BLOCKED));
    assertThat(read.unclear())
        .containsExactly("SCHEMA: `phase` is `folding`, a word that this release does not know");
  }

  @Test
  void attributes_of_a_newer_release_are_no_obstacle() {
    var schema = new Schema(7, 6, 5, 4, Schema.Phase.STEADY);
    var item = new HashMap<>(SchemaRow.write(schema));
    item.put("gen", AttributeValue.fromN("12"));
    assertThat(SchemaRow.read(item)).isEqualTo(SchemaItem.of(schema));
  }

  @ParameterizedTest
  @ValueSource(strings = {"level", "writeLevel", "minReader", "minWriter"})
  void without_a_level_nobody_can_tell_what_it_may_do(String attribute) {
    var item = new HashMap<>(SchemaRow.write(new Schema(7, 6, 5, 4, Schema.Phase.STEADY)));
    item.remove(attribute);
    assertThat(SchemaRow.read(item).schema()).isEmpty();
    assertThat(SchemaRow.read(item).unclear())
        .containsExactly("SCHEMA: `" + attribute + "` is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "2147483648", "9e99"})
  void no_level_is_understood_that_does_not_count_from_1(String number) {
    var item = new HashMap<>(SchemaRow.write(new Schema(7, 6, 5, 4, Schema.Phase.STEADY)));
    item.put("minReader", AttributeValue.fromN(number));
    var read = SchemaRow.read(item);
    assertThat(read.schema()).isEmpty();
    assertThat(read.level()).hasValue(7);
    assertThat(read.unclear()).singleElement().asString().startsWith("SCHEMA: `minReader` is no");
  }

  @Test
  void what_is_no_word_is_not_repeated() {
    var item = new HashMap<>(SchemaRow.write(new Schema(7, 6, 5, 4, Schema.Phase.STEADY)));
    item.put("phase", AttributeValue.fromS("https://example.org/secret"));
    assertThat(SchemaRow.read(item).unclear())
        .containsExactly("SCHEMA: `phase` is no word that this release knows");
  }

  @Test
  void a_release_that_says_what_is_not_understood_is_none() {
    var item =
        Map.of(
            "pk", AttributeValue.fromS("META"),
            "sk", AttributeValue.fromS("REL#9.0.0"),
            "level", AttributeValue.fromS("nine"),
            "readsFrom", AttributeValue.fromN("7"));
    assertThat(SchemaRow.release(item)).isEmpty();
  }
}
