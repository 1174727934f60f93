package dev.rollcall.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndingTest {

  @Nested
  class Of_a_text_that_fits {
    @ParameterizedTest
    @CsvSource({"'', 0", "abc, 3", "ä, 2", "abc, 4"})
    void is_all_of_it(String text, int limit) {
      assertThat(Ending.of(text, limit)).isEqualTo(new Ending(text, 0));
      assertThat(Ending.of(text, limit).isWhole()).isTrue();
    }
  }

  @Nested
  class Of_a_text_that_does_not_fit {
    @Test
    void begins_with_a_line() {
      assertThat(Ending.of("one\ntwo\nthree", 11)).isEqualTo(new Ending("two\nthree", 4));
      assertThat(Ending.of("one\ntwo\nthree", 10)).isEqualTo(new Ending("two\nthree", 4));
      assertThat(Ending.of("one\ntwo\nthree", 9)).isEqualTo(new Ending("two\nthree", 4));
      assertThat(Ending.of("one\ntwo\nthree", 8)).isEqualTo(new Ending("three", 8));
      assertThat(Ending.of("one\ntwo\nthree", 8).isWhole()).isFalse();
    }

    @Test
    void begins_within_a_line_where_little_would_be_left() {
      assertThat(Ending.of("a long line\nx", 6)).isEqualTo(new Ending("line\nx", 7));
      assertThat(Ending.of("123\n1234", 7)).isEqualTo(new Ending("1234", 4));
      assertThat(Ending.of("1234\n123", 7)).isEqualTo(new Ending("234\n123", 1));
      assertThat(Ending.of("a long line", 4)).isEqualTo(new Ending("line", 7));
    }

    @Test
    void cuts_no_character() {
      assertThat(Ending.of("ää", 3)).isEqualTo(new Ending("ä", 2));
      assertThat(Ending.of("a€€", 5)).isEqualTo(new Ending("€", 4));
      assertThat(Ending.of("😀", 3)).isEqualTo(new Ending("", 4));
    }
  }

  @Nested
  class What_the_log_keeps_of_a_mail {
    @Test
    void is_its_subject_and_text() {
      assertThat(Ping.Mail.of("Backup", "done", true, 4))
          .isEqualTo(new Ping.Mail("Backup", "done"));
    }

    @Test
    void is_the_end_of_a_long_text_with_a_mark() {
      assertThat(Ping.Mail.of("", "one\ntwo", true, 3)).isEqualTo(new Ping.Mail("", "[…]\ntwo"));
      assertThat(Ping.Mail.of("", "two", false, 3)).isEqualTo(new Ping.Mail("", "[…]\ntwo"));
    }

    @Test
    void is_the_beginning_of_a_long_subject() {
      assertThat(Ping.Mail.of("s".repeat(500), "", true, 3).subject()).hasSize(500);
      assertThat(Ping.Mail.of("s".repeat(501), "", true, 3).subject()).isEqualTo("s".repeat(500));
      assertThat(Ping.Mail.of("s".repeat(499) + "😀", "", true, 3).subject())
          .isEqualTo("s".repeat(499));
    }
  }
}
