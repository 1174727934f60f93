package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlugsTest {

  @ParameterizedTest
  @CsvSource({
    "My Åwesome Job!, my-awesome-job",
    "'  a  -- b  ', a-b",
    "_x_, x",
    "ﬁle, file",
    "日本, ''",
    "a.b/c, abc"
  })
  void keep_what_fits_into_a_url(String name, String slug) {
    assertThat(Slugs.of(name)).isEqualTo(slug);
  }

  @Test
  void are_no_longer_than_a_slug_may_be() {
    assertThat(Slugs.of("ﬁ".repeat(100))).hasSize(100);
  }
}
