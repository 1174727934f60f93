package dev.rollcall.migrate.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A document's examples, run by this build.
class RehearsalTest {

  @Test
  void Examples_that_come_out_as_they_say_are_passed() {
    assertThat(Texts.good(Texts.ALL).rehearse()).isEmpty();
  }

  @Test
  void The_difference_is_named() {
    assertThat(Texts.good(Texts.all("grace: {N: \"59\"}", "grace: {N: \"60\"}")).rehearse())
        .containsExactly(
            new Disagreement(
                19, "up: `grace` is {\"N\":\"59\"}, and the example says {\"N\":\"60\"}"));
  }

  @Test
  void What_an_example_does_not_expect_is_named() {
    assertThat(Texts.good(Texts.all(", badge: \"@any\"", "")).rehearse())
        .extracting(Disagreement::difference)
        .containsExactly(
            "up: `badge` is {\"S\":\"00000000-0000-4000-8000-000000000000\"}, and the example says"
                + " that it is missing");
  }

  @Test
  void The_way_down_is_run_too() {
    assertThat(Texts.good(Texts.all("{S: simple}, grace", "{S: cron}, grace")).rehearse())
        .extracting(Disagreement::difference)
        .containsExactly(
            "down: `kind` is {\"S\":\"simple\"}, and the example says {\"S\":\"cron\"}");
  }

  @Test
  void Numbers_are_the_same_however_they_are_written() {
    assertThat(Texts.good(Texts.all("grace: {N: \"59\"}", "grace: {N: \"59.0\"}")).rehearse())
        .isEmpty();
  }
}
