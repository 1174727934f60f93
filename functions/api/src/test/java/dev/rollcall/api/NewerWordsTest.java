package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.CheckDocument;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.check.Reason;
import dev.rollcall.core.check.Status;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.store.Notification;
import dev.rollcall.testing.Items;
import dev.rollcall.testing.conformance.Service;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What a newer release has written, or a hand has damaged, in one item of many.
class NewerWordsTest {
  private static final String CHECKS = "/api/v3/checks/";
  private static final AttributeValue STRANGE = AttributeValue.fromS("of-a-newer-release");

  private final ApiUnderTest api = new ApiUnderTest();
  private final Service.Keys keys = api.project();
  private final String good = make("good");
  private final String bad = make("bad");

  @AfterEach
  void close() {
    api.close();
  }

  @Nested
  class A_check_that_cannot_be_read {
    @ParameterizedTest
    @CsvSource({"HOT, state", "HOT, _v", "HOT, grace", "DETAIL, _v", "DETAIL, created"})
    void is_named_and_all_others_are_as_ever(String sk, String attribute) {
      var before = api.call("GET", CHECKS + good, keys.readWrite(), "").body().text();
      set("CHECK#" + bad, sk, attribute, AttributeValue.fromS("strange"));

      assertThat(get(CHECKS))
          .contains(before, "\"unreadable\": [{\"uuid\": \"" + bad + "\"}]")
          .doesNotContain("\"bad\"");
      assertThat(api.call("GET", CHECKS, keys.readOnly(), "").body().text())
          .contains(CheckDocument.uniqueKey(new CheckId(UUID.fromString(bad))))
          .doesNotContain(bad);
      assertThat(get("/api/v3/badges/")).contains("svg");
    }

    @Test
    void makes_badges_unknown_unless_another_is_down() {
      set("CHECK#" + bad, "HOT", "state", AttributeValue.fromS("strange"));

      assertThat(badge("json")).contains("\"unknown\"", "\"total\": 1", "\"unreadable\": 1");
      assertThat(badge("shields3")).contains("\"unknown\"", "\"inactive\"");
      assertThat(badge("svg")).contains(">unknown</text>");
      api.send(new Service.Request("POST", "/ping/" + good + "/fail", Map.of(), Body.EMPTY));
      assertThat(badge("json")).contains("\"down\": 1", "\"status\": \"down\"");
    }

    @Test
    void is_counted_for_Prometheus() {
      assertThat(metrics("/projects/" + keys.id() + "/metrics/")).doesNotContain("unreadable");
      assertThat(metrics("/api/rollcall/v1/metrics")).contains("rollcall_checks_unreadable 0\n");
      set("CHECK#" + bad, "HOT", "state", AttributeValue.fromS("strange"));
      for (var path :
          new String[] {"/projects/" + keys.id() + "/metrics/", "/api/rollcall/v1/metrics"}) {
        assertThat(metrics(path))
            .contains("hc_checks_total 1\n")
            .containsOnlyOnce("rollcall_checks_unreadable 1\n");
      }
    }

    private String badge(String format) {
      var address = get("/api/v3/badges/").split("\"" + format + "\": \"", 2)[1].split("\"", 2)[0];
      return get(URI.create(address).getRawPath());
    }

    private String metrics(String path) {
      var headers = Map.of("authorization", "Bearer " + keys.readOnly());
      return api.send(new Service.Request("GET", path, headers, Body.EMPTY)).body().text();
    }

    @Test
    void is_not_spoken_of_where_there_is_none() {
      assertThat(get(CHECKS)).doesNotContain("unreadable");
      assertThat(get("/api/v3/channels/")).doesNotContain("unreadable");
    }
  }

  @Test
  void A_channel_that_cannot_be_read_is_named() {
    var channel = new ChannelId(new UUID(0, 8));
    var project =
        api.stores().checks().find(new CheckId(UUID.fromString(good))).orElseThrow().check();
    api.stores().integrations().create(channel(channel, project.project()));
    set("CHANNEL#" + channel, "ITEM", "created", AttributeValue.fromS("strange"));

    for (var path : new String[] {"/api/v3/channels/", "/api/rollcall/v1/channels"}) {
      assertThat(get(path)).contains("\"unreadable\": [{\"id\": \"" + channel + "\"}]");
    }
  }

  @Test
  void Words_in_the_log_are_shown_as_unknown() {
    var check = new CheckId(UUID.fromString(good));
    api.send(new Service.Request("POST", "/ping/" + good, Map.of(), Body.EMPTY));
    api.stores()
        .log()
        .append(new Flip(check, 9, ApiUnderTest.NOON, Status.UP, Status.DOWN, Reason.TIMEOUT, 1));
    api.stores()
        .log()
        .append(
            new Notification(
                check,
                1,
                new ChannelId(new UUID(0, 8)),
                ApiUnderTest.NOON,
                Notification.Outcome.SENT,
                null));
    for (var item : Items.in(api.tables().client(), api.tables().tables().log())) {
      for (var name : new String[] {"signal", "reason", "outcome"}) {
        if (item.containsKey(name)) {
          api.edit(
              api.tables().tables().log(),
              Items.value(item, "pk").s(),
              Items.value(item, "sk").s(),
              name,
              STRANGE);
        }
      }
    }

    assertThat(get(CHECKS + good + "/flips/")).contains("\"up\": 0");
    assertThat(get(CHECKS + good + "/pings/")).contains("\"type\": \"unknown\"");
    assertThat(get("/api/rollcall/v1/checks/" + good + "/events"))
        .contains("\"kind\": \"unknown\"", "\"reason\": \"unknown\"", "\"outcome\": \"unknown\"");
  }

  @Test
  void Flips_to_a_state_of_a_newer_release_are_left_out() {
    var check = new CheckId(UUID.fromString(good));
    for (int number = 7; number <= 8; number++) {
      api.stores()
          .log()
          .append(
              new Flip(
                  check, number, ApiUnderTest.NOON, Status.UP, Status.DOWN, Reason.TIMEOUT, 1));
    }
    api.edit(api.tables().tables().log(), "CHECK#" + good, "F#%012d".formatted(8), "to", STRANGE);
    assertThat(get(CHECKS + good + "/flips/")).containsOnlyOnce("timestamp");
  }

  @Test
  void A_check_that_is_down_for_a_reason_of_a_newer_release_is_shown() {
    set("CHECK#" + good, "HOT", "state", AttributeValue.fromS("down"));
    set("CHECK#" + good, "HOT", "since", AttributeValue.fromN("1780000000000000"));
    set("CHECK#" + good, "HOT", "reason", STRANGE);
    assertThat(get(CHECKS)).contains("\"down\"").doesNotContain("unreadable");
  }

  @Test
  void A_key_that_may_what_only_a_newer_release_knows_is_refused() {
    for (var item : Items.in(api.tables().client(), api.tables().tables().state())) {
      if (item.containsKey("access")) {
        set(Items.value(item, "pk").s(), Items.value(item, "sk").s(), "access", STRANGE);
      }
    }
    assertThat(api.call("GET", CHECKS, keys.readWrite(), "").status()).isEqualTo(401);
  }

  private String get(String path) {
    var answer = api.call("GET", path, keys.readWrite(), "");
    assertThat(answer.status()).as(answer.body().text()).isEqualTo(200);
    return answer.body().text();
  }

  private void set(String pk, String sk, String name, AttributeValue value) {
    api.edit(api.tables().tables().state(), pk, sk, name, value);
  }

  private static Integration channel(ChannelId id, ProjectId project) {
    return new Integration(id, project, "webhook", "", Map.of(), false, null, ApiUnderTest.NOON);
  }

  private String make(String name) {
    var body = api.call("POST", CHECKS, keys.readWrite(), "{\"name\":\"" + name + "\"}").body();
    return body.text().replaceAll("(?s).*\"uuid\":\\s*\"([^\"]+)\".*", "$1");
  }
}
