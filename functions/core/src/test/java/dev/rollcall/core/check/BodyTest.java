package dev.rollcall.core.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BodyTest {

  @Nested
  class A_body {
    private final Body body = body("ok Ω");

    @Test
    void is_its_bytes() {
      assertThat(body.bytes()).isEqualTo("ok Ω".getBytes(UTF_8));
      assertThat(body.size()).isEqualTo(5);
      assertThat(body.isEmpty()).isFalse();
      assertThat(body.text()).isEqualTo("ok Ω");
    }

    @Test
    void does_not_change_with_the_bytes_it_was_made_of_or_gave_away() {
      var bytes = "ok".getBytes(UTF_8);
      var kept = Body.of(bytes);

      bytes[0] = '?';
      kept.bytes()[1] = '?';

      assertThat(kept.text()).isEqualTo("ok");
    }

    @Test
    void equals_another_of_the_same_bytes() {
      assertThat(body).isEqualTo(body("ok Ω")).hasSameHashCodeAs(body("ok Ω"));
      assertThat(body.hashCode()).isNotEqualTo(body("no").hashCode());
      assertThat(body).isNotEqualTo(body("no")).isNotEqualTo("ok Ω");
    }

    @Test
    void shows_its_size_and_never_itself() {
      assertThat(body).hasToString("Body[5 bytes]");
    }
  }

  @Nested
  class A_body_without_bytes {
    @Test
    void is_the_empty_one() {
      assertThat(Body.of(new byte[0])).isSameAs(Body.EMPTY);
      assertThat(Body.cut(new byte[0], 3)).isSameAs(Body.EMPTY);
      assertThat(Body.EMPTY.isEmpty()).isTrue();
      assertThat(Body.EMPTY.size()).isZero();
      assertThat(Body.EMPTY.text()).isEmpty();
    }
  }

  @Nested
  class A_body_that_is_cut {

    @Test
    void stays_whole_up_to_the_limit() {
      assertThat(Body.cut("abc".getBytes(UTF_8), 3)).isEqualTo(body("abc"));
    }

    @Test
    void keeps_its_first_bytes() {
      assertThat(Body.cut("abcd".getBytes(UTF_8), 3)).isEqualTo(body("abc"));
    }

    @Test
    void may_end_in_half_a_character() {
      assertThat(Body.cut("aΩ".getBytes(UTF_8), 2).text()).isEqualTo("a\uFFFD");
    }
  }

  private static Body body(String text) {
    return Body.of(text.getBytes(UTF_8));
  }
}
