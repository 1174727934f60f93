package dev.rollcall.core.check;

import static dev.rollcall.core.check.DetailsBuilder.details;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.core.project.ChannelId;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DetailsTest {

  private static final ChannelId CHANNEL = new ChannelId(new UUID(0, 1));

  @Test
  void keep_their_own_copy_of_the_channels() {
    var channels = new TreeSet<>(List.of(CHANNEL));
    var details = details().telling(channels).build();

    channels.clear();

    assertThat(details.channels()).containsExactly(CHANNEL);
  }

  @Test
  void let_nobody_change_the_channels() {
    var channels = details().build().channels();

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> channels.add(CHANNEL));
  }

  @Test
  void keep_everything_else_when_the_channels_change() {
    var channels = new TreeSet<>(List.of(CHANNEL));

    assertThat(details().build().telling(channels)).isEqualTo(details().telling(channels).build());
  }

  @Test
  void say_what_their_texts_are_searched_for_and_where() {
    var keywords = new Keywords("begin", "done", "error");

    assertThat(details().words(keywords).searching(true, false).build().filters())
        .isEqualTo(new Filters(keywords, true, false));
    assertThat(details().words(keywords).searching(false, true).build().filters())
        .isEqualTo(new Filters(keywords, false, true));
  }
}
