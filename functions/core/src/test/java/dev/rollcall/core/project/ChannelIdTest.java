package dev.rollcall.core.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChannelIdTest {

  private final ChannelId low =
      new ChannelId(UUID.fromString("10000000-0000-4000-8000-000000000000"));
  private final ChannelId high =
      new ChannelId(UUID.fromString("f0000000-0000-4000-8000-000000000000"));

  /// As the texts are, which the API lists in order; the UUIDs themselves compare as signed.
  @Test
  void comes_before_another_when_its_text_does() {
    assertThat(low).isLessThan(high);
    assertThat(high).isGreaterThan(low);
    assertThat(low).isEqualByComparingTo(new ChannelId(low.value()));
  }
}
