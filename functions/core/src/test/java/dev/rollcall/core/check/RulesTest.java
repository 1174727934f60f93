package dev.rollcall.core.check;

import static dev.rollcall.core.check.CheckBuilder.NOON;
import static dev.rollcall.core.check.CheckBuilder.THIS_RUN;
import static dev.rollcall.core.check.CheckBuilder.aCheck;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a ping is taken for.
class RulesTest {

  private static final Keywords KEYWORDS = new Keywords("begin", "done, OK", "error");
  private static final Filters WORDS = new Filters(KEYWORDS, false, false);
  private static final Signal SUCCESS = new Signal.Success(THIS_RUN);
  private static final Signal IGNORED = new Signal.Ignored(THIS_RUN);

  @Nested
  class A_check_without_rules {
    private final Check check = aCheck().paused(NOON);

    @Test
    void takes_every_ping_for_what_its_address_asks() {
      for (var asked :
          List.of(
              new Signal.Start(THIS_RUN),
              SUCCESS,
              new Signal.Failure(THIS_RUN),
              new Signal.Log(THIS_RUN))) {
        assertThat(check.understand(new Arrival.Web(asked, "GET", "error"), WORDS))
            .isEqualTo(asked);
      }
    }
  }

  @Nested
  class A_check_that_takes_only_posts {
    private final Check check = aCheck().by(new Rules(true, false, false, false)).up(NOON);

    @Test
    void takes_a_post() {
      assertThat(check.understand(arrival("POST", ""), WORDS)).isEqualTo(SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "post"})
    void ignores_every_other_method_but_not_which_run_it_names(String method) {
      assertThat(check.understand(arrival(method, ""), WORDS)).isEqualTo(IGNORED);
    }

    @Test
    void ignores_other_methods_whatever_their_body_says() {
      var filtering = aCheck().by(new Rules(true, true, true, false)).up(NOON);

      assertThat(filtering.understand(arrival("PUT", "error"), WORDS)).isEqualTo(IGNORED);
    }
  }

  @Nested
  class A_check_that_is_resumed_by_hand {
    private final CheckBuilder check = aCheck().by(new Rules(false, false, false, true));

    @Test
    void ignores_pings_while_it_is_paused() {
      assertThat(check.paused(NOON).understand(arrival("GET", ""), WORDS)).isEqualTo(IGNORED);
    }

    @Test
    void takes_them_at_any_other_time() {
      assertThat(check.up(NOON).understand(arrival("GET", ""), WORDS)).isEqualTo(SUCCESS);
    }
  }

  @Nested
  class A_check_that_reads_bodies {
    private final Check check = aCheck().by(new Rules(false, true, false, false)).up(NOON);
    private final Check strict = aCheck().by(new Rules(false, true, true, false)).up(NOON);

    @Test
    void finds_failure_first_then_success_then_start() {
      assertThat(heard("begin done error")).isEqualTo(new Signal.Failure(THIS_RUN));
      assertThat(heard("begin done")).isEqualTo(SUCCESS);
      assertThat(heard("begin")).isEqualTo(new Signal.Start(THIS_RUN));
    }

    @Test
    void lets_the_body_say_more_than_the_address() {
      var failed = new Arrival.Web(new Signal.Failure(THIS_RUN), "POST", "done");
      var logged = new Arrival.Web(new Signal.Log(THIS_RUN), "POST", "error");

      assertThat(check.understand(failed, WORDS)).isEqualTo(SUCCESS);
      assertThat(check.understand(logged, WORDS)).isEqualTo(new Signal.Failure(THIS_RUN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing", "ok DONE", "Error"})
    void ignores_a_body_without_a_keyword(String body) {
      assertThat(heard(body)).isEqualTo(IGNORED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing", "ok DONE", "Error"})
    void takes_it_for_a_failure_where_that_is_the_rule(String body) {
      assertThat(strict.understand(arrival("POST", body), WORDS))
          .isEqualTo(new Signal.Failure(THIS_RUN));
      assertThat(strict.understand(arrival("POST", body), Filters.NONE))
          .isEqualTo(new Signal.Failure(THIS_RUN));
    }

    @ParameterizedTest
    @CsvSource({
      "'all done.', 'done, OK'",
      "'LOOKING', 'done, OK'",
      "'well done now', 'fine,  well done  '",
      "'fine', ', ,fine,'",
    })
    void finds_a_word_of_a_list_anywhere_within(String body, String words) {
      var filters = new Filters(new Keywords("", words, ""), false, false);

      assertThat(check.understand(arrival("POST", body), filters)).isEqualTo(SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , "})
    void finds_nothing_by_empty_words(String words) {
      var filters = new Filters(new Keywords(words, words, words), false, false);

      assertThat(check.understand(arrival("POST", "a , b"), filters)).isEqualTo(IGNORED);
    }

    private Signal heard(String body) {
      return check.understand(arrival("POST", body), WORDS);
    }
  }

  private static Arrival arrival(String method, String text) {
    return new Arrival.Web(SUCCESS, method, text);
  }
}
