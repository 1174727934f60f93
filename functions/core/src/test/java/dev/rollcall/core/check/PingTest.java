package dev.rollcall.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PingTest {

  @Nested
  class The_name_of_a_client {

    @Test
    void is_kept_up_to_its_limit() {
      var longest = "a".repeat(199) + "z";

      assertThat(agent(longest)).isEqualTo(longest);
      assertThat(agent("")).isEmpty();
    }

    @Test
    void is_cut_behind_it() {
      assertThat(agent("a".repeat(200) + "z")).isEqualTo("a".repeat(200));
    }

    private static String agent(String name) {
      return new Ping.Source("https", null, "GET", name).agent();
    }
  }
}
