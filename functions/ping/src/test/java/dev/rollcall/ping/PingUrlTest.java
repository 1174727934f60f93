package dev.rollcall.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.RunId;
import dev.rollcall.core.check.Signal;
import dev.rollcall.ping.PingUrl.Report;
import dev.rollcall.ping.PingUrl.Target;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PingUrlTest {
  private static final String UUID_TEXT = "6a1d7c40-3c1e-4c55-9d0b-3f5a1c2b4d6e";
  private static final Target CHECK = new Target.ById(new CheckId(UUID.fromString(UUID_TEXT)));
  private static final Target SLUG = new Target.BySlug("pk", "my-job");

  @Nested
  class With_a_uuid {
    @ParameterizedTest
    @ValueSource(strings = {"/ping/%s", "/ping/%s/", "/%s", "/%s/"})
    void is_a_success(String form) {
      assertThat(PingUrl.parse(form.formatted(UUID_TEXT)))
          .contains(new PingUrl(CHECK, new Report.Success()));
    }

    @Test
    void reports_what_its_last_part_says() {
      assertThat(report("/fail")).isEqualTo(new Report.Failure());
      assertThat(report("/start")).isEqualTo(new Report.Start());
      assertThat(report("/log")).isEqualTo(new Report.Log());
      assertThat(report("/01")).isEqualTo(new Report.ExitStatus("01"));
      assertThat(report("/99999999999999999999"))
          .isEqualTo(new Report.ExitStatus("99999999999999999999"));
    }

    @ParameterizedTest
    @CsvSource({
      "/foo, foo",
      "/START, START",
      "/-1, -1",
      "/fail/1, fail",
      "/start/log, start",
    })
    void is_a_slug_of_a_project_with_that_key_where_it_says_something_else(
        String rest, String slug) {
      assertThat(parse("/ping/" + UUID_TEXT + rest).target())
          .isEqualTo(new Target.BySlug(UUID_TEXT, slug));
    }

    @ParameterizedTest
    @ValueSource(strings = {"//", "/1/", "/start/", "/fail/1/", "/fail/foo", "/a/b/c"})
    void is_nothing_with_too_many_parts(String rest) {
      assertThat(PingUrl.parse("/ping/" + UUID_TEXT + rest)).isEmpty();
    }

    private Report report(String rest) {
      var url = parse("/ping/" + UUID_TEXT + rest);
      assertThat(url.target()).isEqualTo(CHECK);
      return url.report();
    }
  }

  @Nested
  class With_a_slug {
    @Test
    void reports_as_with_a_uuid() {
      assertThat(parse("/ping/pk/my-job")).isEqualTo(new PingUrl(SLUG, new Report.Success()));
      assertThat(parse("/pk/my-job/fail")).isEqualTo(new PingUrl(SLUG, new Report.Failure()));
      assertThat(parse("/ping/pk/my-job/start")).isEqualTo(new PingUrl(SLUG, new Report.Start()));
      assertThat(parse("/ping/pk/my-job/log")).isEqualTo(new PingUrl(SLUG, new Report.Log()));
      assertThat(parse("/ping/pk/my-job/7"))
          .isEqualTo(new PingUrl(SLUG, new Report.ExitStatus("7")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ping/pk/my-job/", "/ping/pk/my-job/foo", "/ping/pk/my-job/7/"})
    void is_nothing_where_the_reference_knows_no_such_page(String path) {
      assertThat(PingUrl.parse(path)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"my-job, true", "a_b, true", "123-4, true", "-, true", "My-Job, false"})
    void has_no_capitals(String slug, boolean valid) {
      assertThat(((Target.BySlug) parse("/ping/pk/" + slug).target()).isValid()).isEqualTo(valid);
    }

    @Test
    void is_at_most_500_characters_long() {
      assertThat(new Target.BySlug("pk", "s".repeat(500)).isValid()).isTrue();
      assertThat(new Target.BySlug("pk", "s".repeat(501)).isValid()).isFalse();
    }
  }

  @Nested
  class Percent_encoded {
    @Test
    void means_what_it_means_decoded() {
      assertThat(parse("/ping/%36a1d7c40-3c1e-4c55-9d0b-3f5a1c2b4d6e/%66ail"))
          .isEqualTo(new PingUrl(CHECK, new Report.Failure()));
      assertThat(parse("/ping/" + UUID_TEXT + "%2Fstart"))
          .isEqualTo(new PingUrl(CHECK, new Report.Start()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "%zz", "%", "%C3%A9", "%2", "+", "%0A", "%F0%9F%92%A3", "%FF"})
    void is_nothing_where_it_stands_for_other_characters(String escape) {
      assertThat(PingUrl.parse("/ping/" + UUID_TEXT + escape)).isEmpty();
      assertThat(PingUrl.parse("/ping/pk/job" + escape)).isEmpty();
      assertThat(PingUrl.parse("/ping/" + UUID_TEXT + "/1" + escape)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "//",
        "/ping",
        "/ping/",
        "/ping//",
        "/ping//my-job",
        "ping/6a1d7c40-3c1e-4c55-9d0b-3f5a1c2b4d6e",
        "/ping/not-a-uuid",
        "/ping/6a1d7c403c1e4c559d0b3f5a1c2b4d6e",
        "/ping/6A1D7C40-3C1E-4C55-9D0B-3F5A1C2B4D6E",
        "/ping/6a1d7c40-3c1e-4c55-9d0b-3f5a1c2b4d6",
        "/ping/６a1d7c40-3c1e-4c55-9d0b-3f5a1c2b4d6e",
        "/ping/pk/jöb",
        "/ping/pk/../admin",
        "/ping/pk/job/１"
      })
  void is_no_ping_url(String path) {
    assertThat(PingUrl.parse(path)).isEmpty();
  }

  @Test
  void is_read_however_long_it_is() {
    assertThat(PingUrl.parse("/ping" + "/a".repeat(50_000))).isEmpty();
    assertThat(PingUrl.parse("/ping/" + "%41".repeat(50_000))).isEmpty();
    assertThat(parse("/ping/" + UUID_TEXT + "/" + "9".repeat(50_000)).target()).isEqualTo(CHECK);
  }

  @Nested
  class An_exit_status {
    @ParameterizedTest
    @CsvSource({"0, 0", "000, 0", "1, 1", "01, 1", "255, 255", "0000255, 255"})
    void is_a_number_up_to_255(String digits, int status) {
      assertThat(parse("/ping/" + UUID_TEXT + "/" + digits).exitStatus()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"256", "999", "1000", "99999999999999999999"})
    void is_refused_beyond(String digits) {
      var url = parse("/ping/" + UUID_TEXT + "/" + digits);
      assertThatThrownBy(url::exitStatus).isInstanceOf(ArithmeticException.class);
      assertThatThrownBy(() -> url.signal(null)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void is_none_where_the_url_has_none() {
      assertThat(parse("/ping/" + UUID_TEXT + "/fail").exitStatus()).isNull();
    }
  }

  @Test
  void asks_for_a_signal_with_its_run() {
    var run = new RunId(new UUID(1, 2));
    assertThat(signal("", run)).isEqualTo(new Signal.Success(run));
    assertThat(signal("/0", run)).isEqualTo(new Signal.Success(run));
    assertThat(signal("/1", run)).isEqualTo(new Signal.Failure(run));
    assertThat(signal("/fail", run)).isEqualTo(new Signal.Failure(run));
    assertThat(signal("/start", run)).isEqualTo(new Signal.Start(run));
    assertThat(signal("/log", run)).isEqualTo(new Signal.Log(run));
  }

  @Test
  void names_a_run_by_a_uuid_with_dashes_in_any_case() {
    var run = Optional.of(new RunId(UUID.fromString("11111111-abcd-4111-8111-111111111111")));
    assertThat(PingUrl.runId("11111111-abcd-4111-8111-111111111111")).isEqualTo(run);
    assertThat(PingUrl.runId("11111111-ABCD-4111-8111-111111111111")).isEqualTo(run);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bad",
        "1-1-1-1-1",
        "11111111111141118111111111111111",
        "{11111111-1111-4111-8111-111111111111}",
        "11111111-1111-4111-8111-111111111111\n",
        "urn:uuid:11111111-1111-4111-8111-111111111111"
      })
  void names_no_run_by_anything_else(String rid) {
    assertThat(PingUrl.runId(rid)).isEmpty();
  }

  private static Signal signal(String rest, RunId run) {
    return parse("/ping/" + UUID_TEXT + rest).signal(run);
  }

  private static PingUrl parse(String path) {
    return PingUrl.parse(path).orElseThrow();
  }
}
