package dev.rollcall.core.check;

import static dev.rollcall.core.check.CheckBuilder.ID;
import static dev.rollcall.core.check.CheckBuilder.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FlipTest {

  @Nested
  class News {

    @ParameterizedTest
    @EnumSource(names = {"NEW", "UP", "PAUSED"})
    void is_every_outage(Status from) {
      assertThat(flip(from, Status.DOWN, Reason.TIMEOUT).isNews()).isTrue();
    }

    @Test
    void is_the_end_of_an_outage() {
      assertThat(flip(Status.DOWN, Status.UP, null).isNews()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
      "NEW, UP",
      "PAUSED, UP",
      "UP, PAUSED",
      "DOWN, PAUSED",
      "NEW, PAUSED",
      "PAUSED, NEW"
    })
    void is_nothing_else(Status from, Status to) {
      assertThat(flip(from, to, null).isNews()).isFalse();
    }
  }

  @Nested
  class A_flip {

    @Test
    void leads_neither_from_nor_to_lateness() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> flip(Status.UP, Status.LATE, null))
          .withMessageContaining("lateness");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> flip(Status.LATE, Status.DOWN, Reason.TIMEOUT))
          .withMessageContaining("lateness");
    }

    @Test
    void has_a_reason_exactly_when_it_leads_down() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> flip(Status.UP, Status.DOWN, null))
          .withMessageContaining("reason");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> flip(Status.DOWN, Status.UP, Reason.FAILURE))
          .withMessageContaining("reason");
    }
  }

  private static Flip flip(Status from, Status to, @Nullable Reason reason) {
    return new Flip(ID, 1, NOON, from, to, reason, 0);
  }
}
