package dev.rollcall.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ChannelsTest {
  @Test
  void Each_is_found_by_its_own_kind() {
    assertThat(Channels.ALL)
        .isNotEmpty()
        .allSatisfy(channel -> assertThat(Channels.named(channel.kind())).contains(channel));
    assertThat(Channels.named("pigeon")).isEmpty();
  }

  @Test
  void Each_names_its_fields_once_and_gives_them_initial_values_of_their_type() {
    assertThat(Channels.ALL)
        .allSatisfy(channel -> {
          assertThat(channel.fields()).extracting(Field::name).doesNotHaveDuplicates();
          assertThat(channel.fields())
              .allSatisfy(field -> {
                switch (field.type()) {
                  case CHECKBOX -> assertThat(field.initial()).isInstanceOf(Boolean.class);
                  case NUMBER -> assertThat(field.initial()).isInstanceOf(Number.class);
                  case HEADERS -> assertThat(field.initial()).isInstanceOf(Map.class);
                  case SELECT -> assertThat(field.options()).contains((String) field.initial());
                  case EMAIL, URL, TEXT, TEXTAREA ->
                      assertThat(field.initial()).isInstanceOf(String.class);
                }
              });
        });
  }
}
