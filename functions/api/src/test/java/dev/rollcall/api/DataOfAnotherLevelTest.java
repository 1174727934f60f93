package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.schema.Release;
import dev.rollcall.edge.http.HttpResponse;
import dev.rollcall.store.SchemaView;
import dev.rollcall.testing.conformance.Service;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataOfAnotherLevelTest {
  private static final String CHECKS = "/api/v3/checks/";
  private static final String LEVEL_HEADER = "rollcall-data-level";
  private static final int NEXT = Release.THIS.level() + 1;
  private static final Release NEWER = new Release("0.3.0", NEXT, 1);

  private final ApiUnderTest api = new ApiUnderTest();
  private final Service.Keys keys = api.project();
  private final String check = make();

  DataOfAnotherLevelTest() {
    api.advance(SchemaView.TTL.toSeconds());
    api.data().served(Release.THIS);
    api.data().served(NEWER);
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Nested
  class Newer_data_that_this_release_may_change {
    @Test
    void is_served_and_says_how_new_it_is() {
      api.data().aheadAndTolerant();
      var changed = call("POST", CHECKS + check, "{\"name\": \"Other\"}");
      assertThat(changed.status()).isEqualTo(200);
      assertThat(changed.headers()).containsEntry(LEVEL_HEADER, Integer.toString(NEXT));
      assertThat(get(CHECKS).body().text()).contains("Other");
    }
  }

  @Nested
  class Data_that_is_not_newer {
    @Test
    void says_nothing_of_itself() {
      assertThat(get(CHECKS).headers()).doesNotContainKey(LEVEL_HEADER);
      api.data().own();
      api.advance(SchemaView.TTL.toSeconds());
      assertThat(get(CHECKS).headers()).doesNotContainKey(LEVEL_HEADER);
    }
  }

  @Nested
  class Newer_data_that_this_release_may_not_change {
    {
      api.data().readOnly();
    }

    @ParameterizedTest
    @CsvSource({
      "POST, /api/v3/checks/",
      "POST, /api/v1/checks/",
      "POST, /api/v3/checks/{check}",
      "DELETE, /api/v3/checks/{check}",
      "POST, /api/v3/checks/{check}/pause",
      "POST, /api/v3/checks/{check}/resume",
      "POST, /api/rollcall/v1/checks/{check}",
      "POST, /api/rollcall/v1/channels",
      "DELETE, /api/rollcall/v1/channels/11111111-1111-4111-8111-111111111111",
      "POST, /api/rollcall/v1/channels/11111111-1111-4111-8111-111111111111/test"
    })
    void refuses_every_change_and_says_who_knows_the_data(String method, String path) {
      var answer = call(method, path.replace("{check}", check), "{\"name\": \"Other\"}");
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.body().text())
          .isEqualTo(facts("this release may read the data, but not change it"));
      assertThat(api.queues().sent()).isEmpty();
      assertThat(get(CHECKS).body().text()).contains("Job").doesNotContain("Other");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          CHECKS,
          "/api/v3/channels/",
          "/api/v3/badges/",
          "/api/v3/status/",
          "/api/v3/checks/{check}",
          "/api/v3/checks/{check}/flips/",
          "/api/v3/checks/{check}/pings/",
          "/api/rollcall/v1/channels",
          "/api/rollcall/v1/checks/{check}/events"
        })
    void answers_every_question(String path) {
      assertThat(get(path.replace("{check}", check)).status()).isEqualTo(200);
    }

    @Test
    void refuses_a_wrong_key_first() {
      assertThat(api.call("POST", CHECKS, "k".repeat(32), "{}").status()).isEqualTo(401);
    }

    @Test
    void previews_schedules() {
      var body = "{\"schedule\": \"0 4 * * 1-5\", \"tz\": \"Europe/Berlin\"}";
      assertThat(call("POST", "/api/rollcall/v1/schedules/preview", body).status()).isEqualTo(200);
    }
  }

  @Nested
  class Newer_data_that_this_release_cannot_read {
    {
      api.data().unreadable();
    }

    @ParameterizedTest
    @CsvSource({
      "GET, /api/v3/checks/",
      "POST, /api/v3/checks/",
      "GET, /api/v3/metrics/",
      "GET, /api/rollcall/v1/channels",
      "GET, /badge/badge-key/sig/tag.svg",
      "GET, /projects/11111111-1111-4111-8111-111111111111/metrics/"
    })
    void answers_nothing_and_says_who_knows_the_data(String method, String path) {
      var answer = call(method, path, "{}");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.headers()).containsEntry("retry-after", "60");
      assertThat(answer.body().text()).isEqualTo(facts("this release cannot read the data"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v3/status/", "/api/v3/checks", "/api/openapi.json"})
    void answers_what_depends_on_no_data(String path) {
      assertThat(get(path).status()).isIn(200, 301);
    }

    @Test
    void is_served_again_within_15_seconds_of_being_readable() {
      assertThat(get(CHECKS).status()).isEqualTo(503);
      api.data().own();
      api.advance(SchemaView.TTL.toSeconds());
      assertThat(get(CHECKS).status()).isEqualTo(200);
    }
  }

  @Nested
  class Data_that_no_release_has_named_itself_for {
    @Test
    void is_refused_without_a_name_or_a_way_round() {
      api.data().served(new Release("0.3.0", NEXT - 1, 1));
      api.data().unreadable();
      assertThat(get(CHECKS).body().text())
          .contains("\"releases\": []", "Deploy a release that knows this level of the data.");
    }
  }

  private static String facts(String error) {
    return """
    {"error": "%s", "data_level": %d, "release": "%s", "release_level": %d, "releases": ["0.3.0"], \
    "remedy": "Deploy release 0.3.0, which knows this level of the data."}\
    """
        .formatted(error, NEXT, Release.THIS.name(), Release.THIS.level());
  }

  private String make() {
    var made = call("POST", CHECKS, "{\"name\": \"Job\"}").body().text();
    return UUID.fromString(made.replaceFirst("(?s).*\"uuid\": \"([^\"]+)\".*", "$1")).toString();
  }

  private HttpResponse get(String path) {
    return call("GET", path, "");
  }

  private HttpResponse call(String method, String path, String body) {
    return api.call(method, path, keys.readWrite(), body);
  }
}
