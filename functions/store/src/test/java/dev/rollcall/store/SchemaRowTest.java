package dev.rollcall.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.schema.Schema;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class SchemaRowTest {

  @ParameterizedTest
  @EnumSource
  void reads_what_it_wrote(Schema.Phase phase) {
    var schema = new Schema(7, 6, 5, 4, phase);
    assertThat(SchemaRow.read(SchemaRow.write(schema))).isEqualTo(schema);
  }

  @Test
  void a_phase_of_a_newer_release_wants_a_person_and_keeps_its_bounds() {
    var item = new HashMap<>(SchemaRow.write(new Schema(7, 6, 5, 4, Schema.Phase.STEADY)));
    item.put("phase", AttributeValue.fromS("folding"));
    assertThat(SchemaRow.read(item)).isEqualTo(new Schema(7, 6, 5, 4, Schema.Phase.BLOCKED));
  }

  @Test
  void attributes_of_a_newer_release_are_no_obstacle() {
    var schema = new Schema(7, 6, 5, 4, Schema.Phase.STEADY);
    var item = new HashMap<>(SchemaRow.write(schema));
    item.put("gen", AttributeValue.fromN("12"));
    assertThat(SchemaRow.read(item)).isEqualTo(schema);
  }
}
