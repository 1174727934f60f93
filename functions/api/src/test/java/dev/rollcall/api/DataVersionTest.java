package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.schema.Release;
import dev.rollcall.core.zone.Zones;
import dev.rollcall.edge.http.HttpResponse;
import dev.rollcall.migrate.document.Documents;
import dev.rollcall.migrate.document.Source;
import dev.rollcall.migrate.engine.Migrator;
import dev.rollcall.migrate.engine.Policy;
import dev.rollcall.migrate.engine.Progress;
import dev.rollcall.migrate.engine.Setup;
import dev.rollcall.migrate.engine.Timing;
import dev.rollcall.migrate.engine.Watch;
import dev.rollcall.store.SchemaView;
import dev.rollcall.testing.conformance.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DataVersionTest {
  private static final String SCHEMA = "/api/rollcall/v1/schema";
  private static final String NOBODY = "";
  private static final JsonMapper JSON = new JsonMapper();

  private final ApiUnderTest api = new ApiUnderTest();
  private final Service.Keys keys = api.project();

  DataVersionTest() {
    for (int number = 0; number < 3; number++) {
      api.channel(keys.id(), Map.of("kind", "webhook", "name", "Office " + number));
    }
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Nested
  class Data_that_says_nothing_of_itself {
    @Test
    void is_of_the_first_level_and_has_no_history() {
      var shown = show();
      assertThat(shown.path("level").asInt()).isEqualTo(1);
      assertThat(shown.path("write_level").asInt()).isEqualTo(1);
      assertThat(shown.path("phase").asString()).isEqualTo("steady");
      assertThat(shown.path("paused").asBoolean()).isFalse();
      assertThat(shown.path("blocked").isNull()).isTrue();
      assertThat(shown.path("release"))
          .isEqualTo(
              JSON.readTree(
                  """
                  {"name": "%s", "level": %d, "reads_from": %d, "fit": "normal"}\
                  """
                      .formatted(
                          Release.THIS.name(), Release.THIS.level(), Release.THIS.readsFrom())));
      assertThat(shown.path("tzdata"))
          .isEqualTo(
              JSON.readTree(
                  """
                  {"version": "%s", "source": "%s", "released": "%s", "old": false}\
                  """
                      .formatted(
                          Zones.data().version(),
                          Zones.data().source().name().toLowerCase(Locale.ROOT),
                          Zones.data().released())));
      assertThat(shown.path("remedy").isNull()).isTrue();
      for (var list : List.of("releases", "history", "events")) {
        assertThat(shown.path(list).isArray()).isTrue();
        assertThat(shown.path(list)).isEmpty();
      }
    }
  }

  @Nested
  class Data_on_its_way {
    private final List<String> seen = new ArrayList<>();

    @Test
    void is_seen_in_every_phase_with_who_works_and_how_far() {
      var deployed = migrator();
      run(until -> deployed.expand(2, "deploy-1", until));
      seen();
      run(until -> deployed.settle(2, "deploy-1", until));
      seen();
      var undone = migrator();
      run(until -> undone.rollback(1, "deploy-2", false, until));
      seen();

      assertThat(seen)
          .containsExactly(
              "expanding applying",
              "expanded expanded",
              "settling settling",
              "steady applied",
              "rolling_back rolling_back",
              "steady rolled_back");
      var past = show().path("history").path(0);
      assertThat(past.path("id").asString()).isEqualTo("0001");
      assertThat(past.path("title").asString()).contains("signed");
      assertThat(past.path("by").asString()).isEqualTo("deploy-1");
      assertThat(past.path("release").asString()).isEqualTo(Release.THIS.name());
      assertThat(past.path("counts").path("scanned").asLong()).isEqualTo(3);
      assertThat(past.path("progress").isNull()).isTrue();
      for (var stamp : List.of("started", "applied", "rolled_back", "restorable_to")) {
        assertThat(Instant.parse(past.path(stamp).asString())).isAfter(ApiUnderTest.NOON);
      }
      assertThat(show().path("releases").path(0).path("name").asString())
          .isEqualTo(Release.THIS.name());
      assertThat(show().path("events").path(0).path("to").asString()).isEqualTo("steady");
      assertThat(show().path("events").path(0).path("by").asString()).isEqualTo("somebody");
    }

    @Test
    void says_how_many_items_are_done_of_how_many() {
      var deployed = migrator();
      run(until -> deployed.expand(2, "deploy-1", until));
      deployed.settle(2, "deploy-1", api.now());

      var progress = show().path("history").path(0).path("progress");
      assertThat(progress.path("total").asLong()).isEqualTo(3);
      assertThat(progress.path("done").asLong()).isZero();
      assertThat(progress.path("percent").asInt()).isZero();
    }

    @Test
    void says_that_somebody_paused_it() {
      var deployed = migrator();
      deployed.expand(2, "deploy-1", api.now());
      deployed.pause(true);

      assertThat(show().path("paused").asBoolean()).isTrue();
    }

    private void seen() {
      var shown = show();
      var word =
          shown.path("phase").asString()
              + " "
              + shown.path("history").path(0).path("state").asString();
      if (seen.isEmpty() || !seen.getLast().equals(word)) {
        seen.add(word);
      }
    }

    private void run(Function<Instant, Progress> call) {
      while (call.apply(api.now().plusSeconds(5)) instanceof Progress.Going going) {
        seen();
        api.advance(Math.max(1, Duration.between(api.now(), going.again()).toSeconds() + 1));
      }
    }
  }

  @Nested
  class Who_asks {
    @Test
    void may_have_a_key_that_only_reads() {
      assertThat(get(keys.readOnly()).status()).isEqualTo(200);
    }

    @Test
    void needs_a_key() {
      assertThat(get(NOBODY).status()).isEqualTo(401);
      assertThat(get("k".repeat(32)).status()).isEqualTo(401);
    }

    @Test
    void changes_nothing() {
      assertThat(api.call("POST", SCHEMA, keys.readWrite(), "{}").status()).isEqualTo(405);
    }

    @Test
    void hears_what_helps_when_the_data_may_only_be_read() {
      api.data().served(new Release("0.3.0", Release.THIS.level() + 1, 1));
      api.data().readOnly();
      later();

      assertThat(get(NOBODY).status()).isEqualTo(401);
      assertThat(show().path("release").path("fit").asString()).isEqualTo("read_only");
      assertThat(show().path("remedy").asString()).startsWith("Deploy release 0.3.0");
    }

    @Test
    void needs_no_key_when_none_can_be_read_and_hears_of_no_person() {
      var deployed = migrator();
      while (deployed.settle(2, "anna", api.now().plusSeconds(5)) instanceof Progress.Going) {
        api.advance(40);
      }
      api.data().served(new Release("0.3.0", Release.THIS.level() + 1, 1));
      api.data().unreadable();
      later();

      for (var key : List.of(NOBODY, keys.readWrite(), "k".repeat(32))) {
        var answer = get(key);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().text())
            .contains("\"fit\": \"unreadable\"", "Deploy release 0.3.0", "\"state\": \"applied\"")
            .doesNotContain("anna", "somebody");
      }
    }
  }

  private Migrator migrator() {
    return api.migrator(
        Release.THIS,
        Documents.ofThisBuild().migrations(),
        new Setup("somebody", Policy.USUAL, Timing.CLOUD, watch(), Source.secure(), _ -> "none"));
  }

  private Watch watch() {
    return Watch.by(api::now, duration -> api.advance(Math.max(1, duration.toSeconds())));
  }

  /// What the function has read of the data before is too old.
  private void later() {
    api.advance(SchemaView.TTL.toSeconds());
  }

  private JsonNode show() {
    var answer = get(keys.readWrite());
    assertThat(answer.status()).isEqualTo(200);
    return JSON.readTree(answer.body().text());
  }

  private HttpResponse get(String key) {
    return api.call("GET", SCHEMA, key, "");
  }
}
