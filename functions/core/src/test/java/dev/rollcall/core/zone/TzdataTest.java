package dev.rollcall.core.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TzdataTest {
  private static final String HEADER =
      """
      # version 2026f
      # released 2026-10-28
      # This zic input file is in the public domain.
      """;

  private static Tzdata database(String lines) {
    return new Tzdata(HEADER + lines);
  }

  private static ZoneRules rules(String name, String lines) {
    return database(lines).rules(name).orElseThrow();
  }

  /// The changes of a zone `X/Y`, each as its instant and the offset after it.
  private static List<String> changes(String lines) {
    return changes(rules("X/Y", lines)).toList();
  }

  private static Stream<String> changes(ZoneRules rules) {
    return rules.getTransitions().stream()
        .map(change -> change.getInstant() + " " + change.getOffsetAfter());
  }

  @Test
  void says_of_which_edition_it_is() {
    assertThat(database("").version()).isEqualTo("2026f");
    assertThat(database("").released()).isEqualTo("2026-10-28");
  }

  @Nested
  class A_zone {

    @Test
    void may_never_change_its_clock() {
      var rules = rules("X/Y", "Z X/Y -4:30 - ABC\n");
      assertThat(rules.getOffset(Instant.EPOCH)).hasToString("-04:30");
      assertThat(rules.getTransitions()).isEmpty();
    }

    @Test
    void is_found_by_its_whole_name() {
      var lines = "Z X/YZ 1 - A\nZ A/X 2 - A\nZ X 3 - B\nZ X/Y 4 - C\n";
      assertThat(rules("X", lines).getOffset(Instant.EPOCH)).hasToString("+03:00");
      assertThat(rules("X/Y", lines).getOffset(Instant.EPOCH)).hasToString("+04:00");
      assertThat(database(lines).rules("Y")).isEmpty();
    }

    @Test
    void may_have_other_names() {
      var lines = "Z X/Y 4 - C\nZ X/Z 5 - D\nL X/Z Old/Z\nL X/Y Old\nL X/Y Old/Y\n";
      assertThat(rules("Old", lines).getOffset(Instant.EPOCH)).hasToString("+04:00");
      assertThat(rules("Old/Z", lines).getOffset(Instant.EPOCH)).hasToString("+05:00");
    }

    @Test
    void is_not_found_by_the_letters_of_a_rule() {
      assertThat(database("R r 1980 o - Ja 1 0 0 GMT\nZ X/Y 0 r A\nL X/Y Old\n").rules("GMT"))
          .isEmpty();
    }

    @Test
    void changes_its_standard_time_from_an_era_to_the_next() {
      assertThat(
              changes(
                  """
                  Z X/Y 0:36:12 - LMT 1890
                  1 - A 1900 D
                  2 - B 1950 May 5
                  -3 - C 1960 Au lastSu 2:30
                  2 1 D 1970 Ja 1 0s
                  2 0:20 E
                  """))
          .containsExactly(
              "1889-12-31T23:23:48Z +01:00",
              "1900-11-30T23:00:00Z +02:00",
              "1950-05-04T22:00:00Z -03:00",
              "1960-08-28T05:30:00Z +03:00",
              "1969-12-31T22:00:00Z +02:20");
    }

    @Test
    void ends_where_another_begins() {
      assertThat(changes("Z X/Y 0 - A\nZ X/Z 1 - A 1970\n2 - B\nL X/Y Q\n")).isEmpty();
    }
  }

  @Nested
  class Rules {

    @Test
    void set_the_clock_forward_and_back_year_after_year() {
      var changes =
          changes(
              """
              R r 1980 1981 - Mar 1 2 1 S
              R r 1980 1981 - O 1 2 0 -
              Z X/Y 1 r A
              """);
      assertThat(changes)
          .containsExactly(
              "1980-03-01T01:00:00Z +02:00",
              "1980-10-01T00:00:00Z +01:00",
              "1981-03-01T01:00:00Z +02:00",
              "1981-10-01T00:00:00Z +01:00");
    }

    @Test
    void of_other_names_do_not_count() {
      assertThat(
              changes(
                  """
                  R q 1980 o - Mar 1 2 1 S
                  R r 1981 o - Mar 1 2 1 S
                  R q 1981 o - Jun 1 2 0 S
                  R rr 1982 o - Mar 1 2 2 S
                  R r 1983 o - Mar 1 2 0 S
                  Z X/Y 0 r A
                  """))
          .containsExactly("1981-03-01T02:00:00Z +01:00", "1983-03-01T01:00:00Z Z");
    }

    @Test
    void may_go_on_for_ever_and_are_followed_to_the_end_of_2199() {
      var changes = changes("R r 1980 ma - Mar 1 2 1 S\nR r 1980 ma - O 1 2 0 -\nZ X/Y 1 r A\n");
      assertThat(changes)
          .hasSize(440)
          .startsWith("1980-03-01T01:00:00Z +02:00")
          .endsWith("2199-10-01T00:00:00Z +01:00");
    }

    @Test
    void apply_in_the_order_of_time_whatever_that_of_the_lines() {
      assertThat(
              changes(
                  """
                  R r 1980 o - N 1 0 0:20 -
                  R r 1980 o - Mar 1 0 1 -
                  R r 1980 o - S 1 0 2 -
                  R r 1980 o - Jun 1 0 0 -
                  Z X/Y 0 r A
                  """))
          .containsExactly(
              "1980-03-01T00:00:00Z +01:00",
              "1980-05-31T23:00:00Z Z",
              "1980-09-01T00:00:00Z +02:00",
              "1980-10-31T22:00:00Z +00:20");
    }

    @Test
    void may_go_below_standard_time() {
      assertThat(changes("R r 1980 o - O 1 1u -1 -\nR r 1981 o - Mar 1 1u 0 -\nZ X/Y 1 r A\n"))
          .containsExactly("1980-10-01T01:00:00Z Z", "1981-03-01T01:00:00Z +01:00");
    }

    @Test
    void that_change_nothing_are_no_changes() {
      assertThat(changes("R r 1980 1999 - O 1 1u 0 -\nZ X/Y 1 r A\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
      "1, 1980-03-01",
      "31, 1980-03-31",
      "lastSu, 1980-03-30",
      "lastM, 1980-03-31",
      "lastTu, 1980-03-25",
      "W>=5, 1980-03-05",
      "Th>=5, 1980-03-06",
      "F>=31, 1980-04-04",
      "Sa<=15, 1980-03-15",
      "Su<=15, 1980-03-09",
      "M<=1, 1980-02-25"
    })
    void apply_on_a_day(String day, String date) {
      assertThat(changes("R r 1980 o - Mar " + day + " 0u 1 -\nZ X/Y 0 r A\n"))
          .containsExactly(date + "T00:00:00Z +01:00");
    }

    @ParameterizedTest
    @CsvSource({
      "Ja, 01", "F, 02", "Mar, 03", "Ap, 04", "May, 05", "Jun, 06", "Jul, 07", "Au, 08", "S, 09",
      "O, 10", "N, 11", "D, 12"
    })
    void apply_in_a_month(String month, String number) {
      assertThat(changes("R r 1980 o - " + month + " 1 0u 1 -\nZ X/Y 0 r A\n"))
          .containsExactly("1980-" + number + "-01T00:00:00Z +01:00");
    }

    /// The clock is 5 hours ahead of UTC then, one of them by daylight saving.
    @ParameterizedTest
    @CsvSource({
      "2, 1980-10-04T21:00:00Z",
      "2:30, 1980-10-04T21:30:00Z",
      "24, 1980-10-05T19:00:00Z",
      "-1, 1980-10-04T18:00:00Z",
      "2s, 1980-10-04T22:00:00Z",
      "2:30s, 1980-10-04T22:30:00Z",
      "2u, 1980-10-05T02:00:00Z",
      "2:30:15u, 1980-10-05T02:30:15Z",
    })
    void apply_at_a_time_of_a_clock(String time, String instant) {
      assertThat(
              changes(
                  "R r 1980 o - Mar 1 0u 1 -\nR r 1980 o - O 5 " + time + " 0 -\nZ X/Y 4 r A\n"))
          .containsExactly("1980-03-01T00:00:00Z +05:00", instant + " +04:00");
    }
  }

  @Nested
  class Where_an_era_with_rules_begins {
    private static final String RULES =
        """
        R r 1970 o - Mar 1 0u 2 -
        R r 1980 1984 - Mar 1 0u 1 -
        R r 1980 1984 - O 1 0u 0 -
        """;

    @Test
    void the_last_rule_before_it_says_how() {
      assertThat(changes(RULES + "Z X/Y 3 - A 1982 Jun 1 0u\n4 r A\n"))
          .startsWith(
              "1982-06-01T00:00:00Z +05:00",
              "1982-10-01T00:00:00Z +04:00",
              "1983-03-01T00:00:00Z +05:00");
    }

    @Test
    void a_rule_at_that_very_moment_says_how() {
      assertThat(changes(RULES + "Z X/Y 3 - A 1982 Mar 1 0u\n4 r A\n"))
          .startsWith("1982-03-01T00:00:00Z +05:00", "1982-10-01T00:00:00Z +04:00");
    }

    @Test
    void before_all_rules_it_is_standard_time() {
      assertThat(changes(RULES + "Z X/Y 3 1 A 1960 Jun 1 0u\n5 r A\n"))
          .startsWith("1960-06-01T00:00:00Z +05:00", "1970-03-01T00:00:00Z +07:00");
    }
  }

  @Nested
  class Where_an_era_with_rules_ends {
    private static final String RULES =
        """
        R r 1980 1984 - Mar 1 0u 1 -
        R r 1980 1984 - O 1 0u 0 -
        """;

    @Test
    void its_rules_end() {
      assertThat(changes(RULES + "Z X/Y 3 r A 1981 Mar 1 3\n4 - A\n"))
          .containsExactly(
              "1980-03-01T00:00:00Z +04:00",
              "1980-10-01T00:00:00Z +03:00",
              "1981-03-01T00:00:00Z +04:00");
    }

    @Test
    void the_end_is_shown_by_the_clock_as_it_is_set_then() {
      assertThat(changes(RULES + "Z X/Y 3 r A 1980 Jun 1 6\n5 - A\n"))
          .containsExactly("1980-03-01T00:00:00Z +04:00", "1980-06-01T02:00:00Z +05:00");
    }

    /// As in Moscow in 1991: a change of standard time, made an hour behind one of daylight saving.
    @Test
    void a_change_that_only_takes_back_the_one_before_is_one_with_it() {
      assertThat(
              changes(
                  """
                  R r 1980 1982 - Mar lastSu 2s 1 -
                  R r 1980 1982 - O 1 0 0 -
                  Z X/Y 3 r A 1981 Mar 29 2s
                  2 r A
                  """))
          .containsExactly(
              "1980-03-29T23:00:00Z +04:00",
              "1980-09-30T20:00:00Z +03:00",
              "1981-09-30T21:00:00Z +02:00",
              "1982-03-28T00:00:00Z +03:00",
              "1982-09-30T21:00:00Z +02:00");
    }

    @Test
    void such_a_change_may_leave_one_that_is_less() {
      assertThat(
              changes(
                  """
                  R r 1981 o - Mar lastSu 2s 1 -
                  Z X/Y 3 r A 1981 Mar 29 2s
                  1 r A
                  """))
          .containsExactly("1981-03-28T23:00:00Z +02:00");
    }
  }

  @Test
  void lies_beside_the_classes() {
    assertThat(Bundled.database().version()).matches("20\\d\\d[a-z]+");
  }

  @Test
  void what_it_does_not_understand_is_a_fault_of_the_build() {
    assertThatThrownBy(() -> changes("R r 1980 o - Xyz 1 0u 1 -\nZ X/Y 0 r A\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Xyz");
  }
}
