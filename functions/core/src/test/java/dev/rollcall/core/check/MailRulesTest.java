package dev.rollcall.core.check;

import static dev.rollcall.core.check.CheckBuilder.NOON;
import static dev.rollcall.core.check.CheckBuilder.aCheck;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a mail is taken for.
class MailRulesTest {

  private static final Keywords WORDS = new Keywords("begin", "done", "error");
  private static final Signal SUCCESS = new Signal.Success(null);
  private static final Signal FAILURE = new Signal.Failure(null);
  private static final Signal START = new Signal.Start(null);
  private static final Signal IGNORED = new Signal.Ignored(null);

  private final Check plain = aCheck().up(NOON);
  private final Check strict = aCheck().by(new Rules(false, false, true, false)).up(NOON);

  @Nested
  class A_check_that_searches_no_mail {
    private final Filters nothing = new Filters(WORDS, false, false);

    @Test
    void takes_every_mail_for_a_success() {
      assertThat(plain.understand(mail("error", "error"), nothing)).isEqualTo(SUCCESS);
      assertThat(strict.understand(mail("", ""), nothing)).isEqualTo(SUCCESS);
    }

    @Test
    void does_so_though_it_searches_the_bodies_of_other_pings() {
      var searching = aCheck().by(new Rules(false, true, true, false)).up(NOON);

      assertThat(searching.understand(mail("error", "error"), nothing)).isEqualTo(SUCCESS);
    }

    @Test
    void does_so_though_it_takes_only_posts() {
      var postOnly = aCheck().by(new Rules(true, false, false, false)).up(NOON);

      assertThat(postOnly.understand(mail("", ""), nothing)).isEqualTo(SUCCESS);
    }
  }

  @Nested
  class A_check_that_is_resumed_by_hand {
    private final CheckBuilder check = aCheck().by(new Rules(false, false, false, true));
    private final Filters everything = new Filters(WORDS, true, true);

    @Test
    void ignores_mail_while_it_is_paused() {
      assertThat(check.paused(NOON).understand(mail("error", "error"), everything))
          .isEqualTo(IGNORED);
    }

    @Test
    void takes_it_at_any_other_time() {
      assertThat(check.up(NOON).understand(mail("error", ""), everything)).isEqualTo(FAILURE);
    }
  }

  @Nested
  class The_words_that_a_mail_is_read_for {
    private final Keywords words = new Keywords("begin, start", "done,", " ,error");

    @Test
    void are_all_keywords_where_its_text_is_searched() {
      assertThat(new Filters(words, false, true).wordsInMail())
          .containsExactlyInAnyOrder("begin", "start", "done", "error");
    }

    @Test
    void are_none_where_it_is_not() {
      assertThat(new Filters(words, true, false).wordsInMail()).isEmpty();
    }
  }

  @Nested
  class A_check_that_searches_mail {

    @ParameterizedTest
    @CsvSource({
      "true, false, error, '', true",
      "true, false, '', error, false",
      "false, true, error, '', false",
      "false, true, '', error, true",
      "true, true, error, '', true",
      "true, true, '', error, true",
      "true, true, err, or, false",
    })
    void looks_where_it_is_told_to(
        boolean inSubject, boolean inBody, String subject, String body, boolean found) {
      var filters = new Filters(WORDS, inSubject, inBody);

      assertThat(plain.understand(mail(subject, body), filters))
          .isEqualTo(found ? FAILURE : IGNORED);
    }

    @Test
    void finds_failure_first_then_success_then_start_wherever_they_are() {
      var filters = new Filters(WORDS, true, true);

      assertThat(plain.understand(mail("begin done", "error"), filters)).isEqualTo(FAILURE);
      assertThat(plain.understand(mail("begin", "done"), filters)).isEqualTo(SUCCESS);
      assertThat(plain.understand(mail("", "begin"), filters)).isEqualTo(START);
    }

    @Test
    void takes_one_without_a_keyword_for_a_failure_where_that_is_the_rule() {
      var filters = new Filters(WORDS, true, false);

      assertThat(strict.understand(mail("Weekly report", "done"), filters)).isEqualTo(FAILURE);
      assertThat(strict.understand(mail("done", ""), filters)).isEqualTo(SUCCESS);
    }
  }

  private static Arrival mail(String subject, String body) {
    return new Arrival.Mail(subject, body::contains);
  }
}
