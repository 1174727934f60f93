package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testing.Items;
import dev.rollcall.testing.fuzz.Mischief;
import dev.rollcall.testing.fuzz.Sample;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FuzzTest {
  private static final int REQUESTS = 3000;
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final JsonMapper JSON = new JsonMapper();

  private final ApiUnderTest api = new ApiUnderTest();

  @AfterEach
  void close() {
    api.close();
  }

  @Nested
  class Malformed_requests {

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void
        are_answered_soon_and_below_500_and_change_nothing_unless_they_are_well_formed_after_all() {
      make(api.project().readWrite(), "Somebody else's");
      var before = items();
      var samples = samples();
      var mischief = Mischief.start("api");
      var function = ApiWiring.answering(api.api()::handle);

      for (int sent = 0; sent < Mischief.requests(REQUESTS); sent++) {
        var event = mischief.damage(samples);
        api.tables().meter().reset();
        var start = System.nanoTime();
        JsonNode answer;
        try {
          answer = JSON.readTree(function.apply(new ByteArrayInputStream(event)));
        } catch (RuntimeException failure) {
          throw new AssertionError(mischief.toString(), failure);
        }
        var taken = Duration.ofNanos(System.nanoTime() - start);

        var status = answer.path("statusCode").intValue();
        assertThat(status).as("%s", mischief).isBetween(200, 499);
        assertThat(taken).as("%s", mischief).isLessThan(LONGEST);
        if (status >= 300) {
          assertThat(api.tables().meter().usage().writeUnits()).as("%s", mischief).isZero();
        }
      }

      assertThat(items()).containsAll(before);
    }

    private List<Sample> samples() {
      var keys = api.project();
      var write = Map.of("x-api-key", keys.readWrite(), "accept-encoding", "gzip");
      var read = Map.of("x-api-key", keys.readOnly());
      var check = make(keys.readWrite(), "Nightly backup");
      var id = check.path("uuid").stringValue();
      var unique = list(keys.readOnly()).path("checks").path(0).path("unique_key").stringValue();
      var channel = api.channel(keys.id(), Map.of("kind", "email", "name", "Me"));
      var badge = check.path("badge_url").stringValue().replaceFirst(".*/b/", "/b/");
      var checks = "/api/v3/checks/";
      var own = "/api/rollcall/v1/";
      var wish =
          """
          {"name": "Backup", "slug": "backup", "tags": "prod db", "desc": "x", "timeout": 3600,
           "grace": 600, "tz": "Europe/Berlin", "channels": "*", "manual_resume": true,
           "methods": "POST", "start_kw": "go", "filter_http_body": true, "unique": ["name"]}\
          """;
      var calendar =
          "{\"name\": \"c\", \"schedule\": \"0 4 * * 1-5\", \"tz\": \"UTC\", \"channels\": \"Me\"}";
      return List.of(
          Sample.of("GET", checks).asking("tag=prod&slug=backup&tag=db").with(read),
          Sample.of("POST", checks).with(write).with(wish),
          Sample.of("POST", checks).with(write).with(calendar),
          Sample.of("POST", "/api/v1/checks/")
              .with("{\"api_key\": \"%s\", \"name\": \"é\"}".formatted(keys.readWrite())),
          Sample.of("GET", checks + id).with(read),
          Sample.of("POST", checks + id).with(write).with(wish),
          Sample.of("DELETE", checks + id).with(read),
          Sample.of("GET", "/api/v2/checks/" + unique).with(read),
          Sample.of("POST", checks + id + "/pause").with(write),
          Sample.of("POST", checks + id + "/resume").with(write),
          Sample.of("GET", checks + id + "/pings/").with(write),
          Sample.of("GET", checks + id + "/pings/1/body").with(write),
          Sample.of("GET", checks + id + "/flips/").asking("seconds=9&start=1&end=2").with(read),
          Sample.of("GET", checks + unique + "/flips/").with(read),
          Sample.of("GET", "/api/v3/channels/").with(write),
          Sample.of("GET", "/api/v3/badges/").with(read),
          Sample.of("GET", badge),
          Sample.of("GET", "/badge/" + keys.badge() + "/aaaaaaaa-2/prod.svg"),
          Sample.of("GET", "/api/v3/metrics/").with(Map.of("x-metrics-key", "metricskey")),
          Sample.of("GET", "/projects/" + keys.id() + "/metrics/" + keys.readOnly()),
          Sample.of("GET", "/projects/" + keys.id() + "/metrics/")
              .with(Map.of("authorization", "Bearer " + keys.readOnly())),
          Sample.of("POST", own + "checks/" + id).with(write).with(wish),
          Sample.of("GET", own + "checks/" + id + "/events").asking("before=9&limit=2").with(write),
          Sample.of("POST", own + "channels")
              .with(write)
              .with(
                  "{\"kind\": \"webhook\", \"name\": \"w\", \"settings\": {\"url_down\":"
                      + " \"https://example.org/\", \"method_down\": \"POST\"}}"),
          Sample.of("POST", own + "channels/" + channel + "/test").with(write).with("{}"),
          Sample.of("POST", own + "schedules/preview")
              .with("{\"schedule\": \"Mon *-*-* 04:00\", \"tz\": \"UTC\", \"count\": 3}"));
    }
  }

  /// Too long for a key of DynamoDB, which would refuse the call.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/badge/%s/aaaaaaaa.svg",
        "/badge/%s/aaaaaaaa-2/prod.json",
        "/projects/%s/metrics/"
      })
  void A_name_that_is_too_long_for_anything_is_nobodys(String path) {
    var answer = api.call("GET", path.formatted("a".repeat(5000)), "", "");

    assertThat(answer.status()).isEqualTo(404);
  }

  private JsonNode make(String key, String name) {
    var answer = api.call("POST", "/api/v3/checks/", key, "{\"name\": \"" + name + "\"}");
    return JSON.readTree(answer.body().bytes());
  }

  private JsonNode list(String key) {
    return JSON.readTree(api.call("GET", "/api/v3/checks/", key, "").body().bytes());
  }

  private List<Map<String, AttributeValue>> items() {
    var items = new ArrayList<Map<String, AttributeValue>>();
    for (var table : List.of(api.tables().tables().state(), api.tables().tables().log())) {
      items.addAll(Items.in(api.tables().client(), table));
    }
    return items;
  }
}
