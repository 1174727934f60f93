package dev.rollcall.core.check;

import static dev.rollcall.core.check.CheckBuilder.FIVE_PAST_ONE;
import static dev.rollcall.core.check.CheckBuilder.ID;
import static dev.rollcall.core.check.CheckBuilder.NOON;
import static dev.rollcall.core.check.CheckBuilder.TEN_PAST_NOON;
import static dev.rollcall.core.check.CheckBuilder.TEN_PAST_ONE;
import static dev.rollcall.core.check.CheckBuilder.TEN_TO_NOON;
import static dev.rollcall.core.check.CheckBuilder.aCheck;
import static dev.rollcall.core.check.CheckBuilder.calendar;
import static dev.rollcall.core.check.DetailsBuilder.details;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.rollcall.core.json.Json;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckDocumentTest {

  private static final Site SITE = new Site("https://example.org", "https://ping.example.org/");

  @Nested
  class The_whole_document {

    @Test
    void has_every_field_in_the_order_of_the_reference() {
      assertThat(Json.write(whole(aCheck().up(NOON), 3, NOON)))
          .isEqualTo(
              """
              {"name": "Nightly backup", "slug": "nightly-backup", "tags": "db prod", \
              "desc": "Dumps the database.", "grace": 600, "n_pings": 7, "status": "up", \
              "started": false, "last_ping": "2026-03-01T12:00:00+00:00", \
              "next_ping": "2026-03-01T13:00:00+00:00", "manual_resume": false, "methods": "", \
              "subject": "", "subject_fail": "", "start_kw": "", "success_kw": "", \
              "failure_kw": "", "filter_subject": false, "filter_body": false, \
              "filter_http_body": false, "filter_default_fail": false, \
              "badge_url": "https://example.org/b/2/00000000-0000-0000-0000-000000000009.svg", \
              "uuid": "6ce4cbaa-4aba-4f57-b9c0-3c2f2c9d3f6d", \
              "ping_url": "https://ping.example.org/6ce4cbaa-4aba-4f57-b9c0-3c2f2c9d3f6d", \
              "update_url": \
              "https://example.org/api/v3/checks/6ce4cbaa-4aba-4f57-b9c0-3c2f2c9d3f6d", \
              "pause_url": \
              "https://example.org/api/v3/checks/6ce4cbaa-4aba-4f57-b9c0-3c2f2c9d3f6d/pause", \
              "resume_url": \
              "https://example.org/api/v3/checks/6ce4cbaa-4aba-4f57-b9c0-3c2f2c9d3f6d/resume", \
              "channels": "", "timeout": 3600}\
              """);
    }

    @Test
    void has_addresses_of_the_version_it_was_asked_in() {
      var document = whole(aCheck().fresh(), 1, NOON);

      assertThat(document)
          .containsEntry("update_url", "https://example.org/api/v1/checks/" + ID)
          .containsEntry("pause_url", "https://example.org/api/v1/checks/" + ID + "/pause");
    }

    @Test
    void lists_channels_in_order() {
      var channels = new TreeSet<>(List.of(channel(2), channel(1)));
      var document =
          CheckDocument.whole(aCheck().fresh(), details().telling(channels).build(), SITE, 3, NOON);

      assertThat(document)
          .containsEntry(
              "channels",
              "00000000-0000-0000-0000-000000000001,00000000-0000-0000-0000-000000000002");
    }

    @Test
    void has_the_length_of_the_last_run_behind_the_badge_where_that_is_known() {
      var document = whole(aCheck().lastTook(Duration.ofMillis(9_999)).up(NOON), 3, NOON);

      assertThat(document).containsEntry("last_duration", 9L);
      assertThat(document.keySet()).containsSubsequence("badge_url", "last_duration", "uuid");
    }

    private static ChannelId channel(int number) {
      return new ChannelId(new UUID(0, number));
    }
  }

  @Nested
  class The_document_for_readers {

    @Test
    void names_the_check_by_its_unique_key_and_tells_nothing_to_ping_it_by() {
      var document = CheckDocument.readOnly(aCheck().up(NOON), details().build(), SITE, 3, NOON);

      assertThat(document)
          .containsEntry("unique_key", CheckDocument.uniqueKey(ID))
          .containsEntry("name", "Nightly backup")
          .containsEntry("timeout", 3600L)
          .doesNotContainKeys("uuid", "ping_url", "update_url", "channels");
      assertThat(Json.write(document)).doesNotContain(ID.toString());
    }

    @Test
    void has_the_unique_key_of_the_reference() {
      assertThat(CheckDocument.uniqueKey(ID)).isEqualTo("fcc714bd7844845000a4cdda95e227d41c8b65a0");
    }
  }

  @Nested
  class The_status {

    @ParameterizedTest
    @CsvSource({"NEW, new", "UP, up", "LATE, grace", "DOWN, down", "PAUSED, paused"})
    void is_told_by_the_word_of_the_reference(Status status, String word) {
      assertThat(CheckDocument.word(status)).isEqualTo(word);
    }

    @Test
    void is_the_one_at_the_time_of_asking() {
      var check = aCheck().up(NOON);

      assertThat(whole(check, 3, FIVE_PAST_ONE)).containsEntry("status", "grace");
      assertThat(whole(check, 3, TEN_PAST_ONE)).containsEntry("status", "down");
    }

    @Test
    void of_a_running_check_is_started_in_version_1_alone() {
      var running = aCheck().started(null, NOON).down(TEN_TO_NOON, Reason.FAILURE);

      assertThat(whole(running, 1, NOON)).containsEntry("status", "started");
      assertThat(whole(running, 2, NOON)).containsEntry("status", "down");
      assertThat(whole(running, 3, NOON)).containsEntry("status", "down");
      assertThat(whole(running, 3, NOON)).containsEntry("started", true);
    }

    @Test
    void of_a_check_whose_run_takes_too_long_is_down_in_version_1_too() {
      var overrun = aCheck().started(null, NOON).up(TEN_TO_NOON);

      assertThat(whole(overrun, 1, TEN_PAST_NOON))
          .contains(entry("status", "down"), entry("started", true));
    }

    @Test
    void in_version_1_is_not_started_without_a_run() {
      assertThat(whole(aCheck().up(NOON), 1, NOON)).containsEntry("status", "up");
    }
  }

  @Nested
  class Times {

    @Test
    void are_null_where_there_are_none() {
      assertThat(whole(aCheck().fresh(), 3, NOON))
          .contains(entry("last_ping", null), entry("next_ping", null));
    }

    @Test
    void have_no_fractions_of_a_second() {
      assertThat(CheckDocument.timestamp(Instant.parse("2026-03-01T12:00:00.999999Z")))
          .isEqualTo("2026-03-01T12:00:00+00:00");
    }

    @Test
    void of_a_running_check_name_the_start_as_the_next_ping() {
      var running = aCheck().started(null, NOON).up(TEN_TO_NOON);

      assertThat(whole(running, 3, NOON)).containsEntry("next_ping", "2026-03-01T12:00:00+00:00");
    }
  }

  @Nested
  class The_rules {

    @Test
    void are_shown_each_under_its_name() {
      assertThat(whole(aCheck().by(new Rules(true, false, false, false)).fresh(), 3, NOON))
          .contains(entry("methods", "POST"), entry("filter_http_body", false));
      assertThat(whole(aCheck().by(new Rules(false, true, false, false)).fresh(), 3, NOON))
          .contains(entry("filter_http_body", true), entry("filter_default_fail", false));
      assertThat(whole(aCheck().by(new Rules(false, false, true, false)).fresh(), 3, NOON))
          .contains(entry("filter_default_fail", true), entry("manual_resume", false));
      assertThat(whole(aCheck().by(new Rules(false, false, false, true)).fresh(), 3, NOON))
          .contains(entry("manual_resume", true), entry("methods", ""));
    }
  }

  @Nested
  class The_keywords {
    private final Keywords words = new Keywords("begin", "done", "error");

    @Test
    void are_shown_each_under_its_name() {
      var document = document(details().words(words).searching(false, true));

      assertThat(document)
          .contains(
              entry("start_kw", "begin"),
              entry("success_kw", "done"),
              entry("failure_kw", "error"),
              entry("filter_subject", false),
              entry("filter_body", true),
              entry("subject", ""),
              entry("subject_fail", ""));
    }

    @Test
    void are_shown_under_the_names_of_old_where_subjects_are_searched() {
      var document = document(details().words(words).searching(true, false));

      assertThat(document)
          .contains(
              entry("filter_subject", true),
              entry("filter_body", false),
              entry("subject", "done"),
              entry("subject_fail", "error"));
    }

    private static Map<String, @Nullable Object> document(DetailsBuilder details) {
      return CheckDocument.whole(aCheck().fresh(), details.build(), SITE, 3, NOON);
    }
  }

  @Nested
  class A_schedule {

    @Test
    void of_cron_is_shown_with_its_zone() {
      assertThat(scheduled("5 4 * * *"))
          .contains(entry("schedule", "5 4 * * *"), entry("tz", "Europe/Riga"))
          .doesNotContainKey("timeout");
    }

    @Test
    void of_calendar_events_is_shown_with_its_zone() {
      assertThat(scheduled("Mon 04:05"))
          .contains(entry("schedule", "Mon 04:05"), entry("tz", "Europe/Riga"))
          .doesNotContainKey("timeout");
    }

    @Test
    void of_a_simple_period_is_shown_without_a_zone() {
      assertThat(whole(aCheck().fresh(), 3, NOON))
          .containsEntry("timeout", 3600L)
          .doesNotContainKeys("schedule", "tz");
    }

    private static Map<String, @Nullable Object> scheduled(String expression) {
      return whole(aCheck().on(calendar(expression, "Europe/Riga")).fresh(), 3, NOON);
    }
  }

  private static Map<String, @Nullable Object> whole(Check check, int version, Instant now) {
    return CheckDocument.whole(check, details().build(), SITE, version, now);
  }
}
