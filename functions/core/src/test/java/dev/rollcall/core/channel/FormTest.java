package dev.rollcall.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormTest {

  private static final Field NUMBER = Field.of("priority", "Priority", Field.Type.NUMBER, 3);

  private static Reading<Form> read(Object value) {
    return Form.read(List.of(NUMBER), Map.of("priority", value), Reading.Valid::new);
  }

  @Test
  void takes_a_number_where_one_is_asked_for() {
    assertThat(read(5)).isInstanceOf(Reading.Valid.class);
  }

  @Test
  void refuses_a_text_where_a_number_is_asked_for() {
    assertThat(read("5")).isEqualTo(new Reading.Invalid<>("priority", "is not a number"));
  }
}
