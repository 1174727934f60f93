package dev.rollcall.api;

import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.check.Ping;
import dev.rollcall.core.check.Reason;
import dev.rollcall.core.check.Signal;
import dev.rollcall.core.check.Status;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.schema.Schema;
import dev.rollcall.store.Notification;
import dev.rollcall.store.Notification.Outcome;
import dev.rollcall.store.SchemaView;
import dev.rollcall.testing.conformance.Service;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls that make the API show what its description says it can: what a check, a ping, an event
/// and so on may look like. [EveryOperation] has what is alike for all operations.
final class DescribedCalls {

  /// A scenario is added here, and takes place in a project of its own.
  static final List<Consumer<DescribedCalls>> ALL =
      List.of(
          DescribedCalls::checks_in_every_state,
          DescribedCalls::checks_for_readers,
          DescribedCalls::all_that_can_be_said_of_a_check,
          DescribedCalls::a_key_in_the_body,
          DescribedCalls::what_may_not_be_said_of_a_check,
          DescribedCalls::a_project_that_is_full,
          DescribedCalls::pings_of_every_kind,
          DescribedCalls::a_log_of_every_kind,
          DescribedCalls::flips,
          DescribedCalls::what_only_a_newer_release_knows,
          DescribedCalls::channels,
          DescribedCalls::channels_with_and_without_a_secret,
          DescribedCalls::badges,
          DescribedCalls::metrics,
          DescribedCalls::schedules);

  static final String V3 = "/api/v3/";
  static final String OWN = "/api/rollcall/v1/";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final ApiUnderTest api;
  private final Service.Keys keys;

  DescribedCalls(ApiUnderTest api) {
    this.api = api;
    keys = api.project();
  }

  private void what_only_a_newer_release_knows() {
    var strange = AttributeValue.fromS("strange");
    var tables = api.tables().tables();
    var check = make("{}");
    var id = new CheckId(UUID.fromString(check));
    ping(check);
    api.edit(tables.log(), "CHECK#" + check, "P#%012d".formatted(1), "signal", strange);
    api.stores()
        .log()
        .append(new Flip(id, 9, api.now(), Status.UP, Status.DOWN, Reason.UNKNOWN, 1));
    call("GET", V3 + "checks/" + check + "/pings/", "");
    call("GET", OWN + "checks/" + check + "/events", "");
    var channel = channel("Strange", "webhook");
    api.edit(tables.state(), "CHANNEL#" + channel, "ITEM", "created", strange);
    api.edit(tables.state(), "CHECK#" + check, "HOT", "state", strange);
    call("GET", V3 + "channels/", "");
    call("GET", OWN + "channels", "");
    call("GET", V3 + "checks/", "");
    api.call("GET", V3 + "checks/", keys.readOnly(), "");
    var badges = call("GET", V3 + "badges/", "").path("badges").path("*");
    for (var format : List.of("json", "shields")) {
      call("GET", path(badges.path(format)), "");
    }
  }

  private void checks_in_every_state() {
    var check = make("{\"timeout\": 3600, \"grace\": 600}");
    ping(check + "/start");
    call("GET", "/api/v1/checks/" + check, "");
    ping(check);
    call("GET", V3 + "checks/" + check, "");
    api.advance(3700);
    call("GET", V3 + "checks/?slug=", "");
    call("GET", V3 + "checks/?slug=job&tag=prod&tag=db", "");
    ping(check + "/fail");
    call("GET", V3 + "checks/" + check, "");
    call("POST", V3 + "checks/" + check + "/resume", "");
    call("POST", V3 + "checks/" + check + "/pause", "{}");
    call("POST", V3 + "checks/" + check + "/resume", "{}");
    call("DELETE", V3 + "checks/" + check, "");
  }

  private void checks_for_readers() {
    make("{\"schedule\": \"5 4 * * *\", \"tz\": \"Europe/Berlin\"}");
    var listed = send("GET", V3 + "checks/", keys.readOnly(), "");
    var unique = listed.path("checks").path(0).path("unique_key").asString("");
    send("GET", V3 + "checks/" + unique, keys.readOnly(), "");
    send("GET", OWN + "checks/" + unique, keys.readOnly(), "");
    send("GET", V3 + "checks/" + unique + "/flips/", keys.readOnly(), "");
    send("GET", V3 + "checks/" + "0".repeat(40), keys.readOnly(), "");
    send("GET", V3 + "checks/" + "0".repeat(40) + "/flips/", keys.readOnly(), "");
    send("POST", V3 + "checks/" + unique, keys.readWrite(), "");
  }

  private void all_that_can_be_said_of_a_check() {
    for (var methods : List.of("POST", "")) {
      var body =
          """
          {"name": "Job", "slug": "job", "tags": "a b", "desc": "It runs.", "timeout": 3600,
           "grace": 600, "schedule": "0 4 * * *", "tz": "Europe/Berlin", "manual_resume": true,
           "methods": "%s", "channels": "", "start_kw": "a", "success_kw": "b",
           "failure_kw": "c", "filter_subject": true, "filter_body": true,
           "filter_http_body": true, "filter_default_fail": true, "subject": "b",
           "subject_fail": "c", "unique": ["name", "slug", "tags", "timeout", "grace"],
           "api_key": "%s"}
          """
              .formatted(methods, keys.readWrite());
      var check = call("POST", V3 + "checks/", body).path("uuid").asString("");
      call("POST", V3 + "checks/" + check, body);
      call("POST", OWN + "checks/" + check, body);
    }
  }

  private void a_key_in_the_body() {
    var key = "{\"api_key\": \"" + keys.readWrite() + "\"}";
    var check = withoutHeader("POST", V3 + "checks/", key).path("uuid").asString("");
    withoutHeader("POST", V3 + "checks/" + check + "/pause", key);
    withoutHeader("POST", V3 + "checks/" + check + "/resume", key);
    withoutHeader("POST", OWN + "channels/" + channel("", "webhook") + "/test", key);
  }

  private void what_may_not_be_said_of_a_check() {
    channel("On call", "webhook");
    channel("On call", "email");
    for (var wrong :
        List.of(
            "{\"timeout\": 59}",
            "{\"timeout\": 31536001}",
            "{\"timeout\": \"60\"}",
            "{\"name\": null}",
            "{\"name\": \"%s\"}".formatted("n".repeat(101)),
            "{\"slug\": \"A\"}",
            "{\"schedule\": \"@daily\"}",
            "{\"tz\": \"Europe/Atlantis\"}",
            "{\"manual_resume\": 1}",
            "{\"methods\": \"GET\"}",
            "{\"unique\": \"name\"}",
            "{\"unique\": [\"uuid\"]}",
            "{\"channels\": \"pager\"}",
            "{\"channels\": \",\"}",
            "{\"channels\": \"On call\"}")) {
      call("POST", V3 + "checks/", wrong);
    }
  }

  private void a_project_that_is_full() {
    make("{}");
    api.limit(keys.id(), Map.of("check_limit", 1));
    call("POST", V3 + "checks/", "{}");
  }

  private void pings_of_every_kind() {
    var check = loggedCheck();
    call("GET", V3 + "checks/" + check + "/pings/", "");
    call("GET", V3 + "checks/" + check + "/pings/2/body", "");
    call("GET", V3 + "checks/" + check + "/pings/1/body", "");
  }

  private void a_log_of_every_kind() {
    var check = loggedCheck();
    var id = new CheckId(UUID.fromString(check));
    call("POST", V3 + "checks/" + check + "/pause", "");
    call("POST", V3 + "checks/" + check + "/resume", "");
    ping(check);
    api.advance(100_000);
    api.sweep();
    var flip = 1L;
    for (var outcome : Outcome.values()) {
      var error = outcome == Outcome.SENT ? null : "HTTP 500";
      var to = new ChannelId(UUID.fromString(channel("On call", "webhook")));
      api.stores().log().append(new Notification(id, flip++, to, api.now(), outcome, error));
    }
    call("GET", OWN + "checks/" + check + "/events?limit=1000", "");
    call("GET", OWN + "checks/" + check + "/events?limit=0", "");
    call("GET", OWN + "checks/" + check + "/pings/8/text", "");
    call("GET", OWN + "checks/" + check + "/pings/1/text", "");
  }

  /// A check that heard a ping of every kind.
  private String loggedCheck() {
    var check = make("{}");
    ping(check + "/start?rid=" + UUID.randomUUID());
    api.send(
        new Service.Request("POST", "/ping/" + check, Map.of(), body("{\"this\": \"is a body\"}")));
    ping(check + "/start");
    ping(check);
    ping(check + "/log");
    call("POST", V3 + "checks/" + check, "{\"methods\": \"POST\"}");
    ping(check);
    call("POST", V3 + "checks/" + check, "{\"methods\": \"\"}");
    ping(check + "/fail");
    ping(check);
    var source = new Ping.Source("email", null, "", "Email from root@db1.example.org");
    var number = api.stores().checks().find(new CheckId(UUID.fromString(check))).orElseThrow();
    api.stores()
        .log()
        .append(
            new Ping(
                number.check().id(),
                number.check().pings(),
                api.now(),
                new Signal.Failure(null),
                7,
                source,
                Body.of("Subject: =?utf-8?Q?=C3=BC?=\n\nx".getBytes(StandardCharsets.UTF_8)),
                new Ping.Mail("ü", "x")),
            Duration.ofDays(1));
    return check;
  }

  private void flips() {
    var check = make("{}");
    ping(check);
    ping(check + "/fail");
    call("GET", V3 + "checks/" + check + "/flips/?seconds=3600&start=0&end=9999999999", "");
    call("GET", V3 + "checks/" + check + "/flips/?start=yesterday", "");
  }

  private void channels() {
    var broken = channel("Broken", "webhook");
    api.stores().integrations().report(new ChannelId(UUID.fromString(broken)), "HTTP 410", true);
    call("GET", V3 + "channels/", "");
    call("GET", OWN + "channels", "");
    call("GET", OWN + "channels/kinds", "");
    call(
        "POST",
        OWN + "channels",
        "{\"kind\": \"email\", \"name\": \"A\", \"settings\": {\"value\": \"a@example.org\"}, \"assign_all\": false,"
            + " \"api_key\": \""
            + keys.readWrite()
            + "\"}");
    call("POST", OWN + "channels", "{\"kind\": \"pigeon\"}");
    call(
        "POST",
        OWN + "channels",
        "{\"kind\": \"email\", \"name\": \"%s\"}".formatted("n".repeat(101)));
    call("POST", OWN + "channels", "{\"kind\": \"email\", \"settings\": {\"value\": \"ops\"}}");
    call("POST", OWN + "channels/" + broken + "/test", "{}");
    call("DELETE", OWN + "channels/" + broken, "");
  }

  private void channels_with_and_without_a_secret() {
    var hook =
        "{\"kind\": \"webhook\", \"settings\": {\"url_down\": \"https://chat.example.org/hook\"}}";
    api.data().say(Schema.FIRST);
    api.clock().advance(SchemaView.TTL);
    call("POST", OWN + "channels", hook);
    api.data().own();
    api.clock().advance(SchemaView.TTL);
    call("POST", OWN + "channels", hook);
  }

  private void badges() {
    var check = make("{\"name\": \"Job\", \"tags\": \"prod\", \"timeout\": 3600, \"grace\": 600}");
    var tag = call("GET", V3 + "badges/", "").path("badges").path("prod");
    var all = call("GET", V3 + "badges/", "").path("badges").path("*");
    var own = call("GET", V3 + "checks/" + check, "").path("badge_url").asString("");
    Runnable look =
        () -> {
          for (var format : List.of("svg3", "json3", "shields3", "json")) {
            call("GET", path(tag.path(format)), "");
            call("GET", path(all.path(format)), "");
          }
          for (var format : List.of("svg", "json", "shields")) {
            call("GET", path(own).replace("/b/2/", "/b/3/").replace(".svg", "." + format), "");
          }
        };
    look.run();
    ping(check);
    api.advance(3700);
    look.run();
    ping(check + "/fail");
    look.run();
    call("GET", path(own).replace(".svg", ".png"), "");
    call("GET", "/b/2/" + UUID.randomUUID() + ".svg", "");
    call("GET", path(tag.path("svg")).replace("/prod.", "/test."), "");
    call("GET", path(all.path("svg")).replace(".svg", ".png"), "");
    call("GET", "/badge/x%20/y.svg", "");
    call("GET", "/badge/x/y/a%20b.svg", "");
    for (var method : List.of("OPTIONS", "HEAD", "POST", "TRACE")) {
      call(method, path(own), "");
    }
  }

  private void metrics() {
    make("{\"tags\": \"prod\"}");
    headed("GET", V3 + "metrics/", Map.of("X-Metrics-Key", "metricskey"));
    headed("GET", V3 + "metrics/", Map.of());
    for (var scraped : List.of("/projects/" + keys.id() + "/metrics/", OWN + "metrics")) {
      for (var key : List.of(keys.readOnly(), keys.readWrite(), "short")) {
        headed("GET", scraped, Map.of("Authorization", "Bearer " + key));
      }
      headed("GET", scraped, Map.of());
    }
    for (var older : List.of("/metrics/", "/checks/metrics/")) {
      for (var key : List.of(keys.readOnly(), keys.readWrite(), "short")) {
        headed("GET", "/projects/" + keys.id() + older + key, Map.of());
      }
    }
    for (var method : List.of("HEAD", "OPTIONS", "POST", "TRACE")) {
      headed(method, V3 + "status/", Map.of());
    }
    headed("GET", V3 + "notifications/" + UUID.randomUUID() + "/status", Map.of());
    headed("PUT", V3 + "channels/", Map.of());
    headed("OPTIONS", V3 + "channels/", Map.of());
  }

  private void schedules() {
    for (var body :
        List.of(
            "{\"schedule\": \"0 4 * * *\", \"kind\": \"cron\", \"tz\": \"UTC\", \"count\": 1,"
                + " \"after\": \"2026-06-01T00:00:00Z\"}",
            "{\"schedule\": \"daily\"}",
            "{\"schedule\": \"" + "0".repeat(101) + "\"}",
            "{\"schedule\": 4}",
            "{\"schedule\": \"daily\", \"tz\": \"Europe/Atlantis\"}",
            "{\"schedule\": \"daily\", \"after\": \"noon\"}")) {
      withoutHeader("POST", OWN + "schedules/preview", body);
    }
  }

  private String make(String fields) {
    return call("POST", V3 + "checks/", fields).path("uuid").asString("");
  }

  private String channel(String name, String kind) {
    return api.channel(keys.id(), Map.of("kind", kind, "name", name));
  }

  private void ping(String rest) {
    api.send(new Service.Request("GET", "/ping/" + rest, Map.of(), Body.EMPTY));
  }

  private JsonNode call(String method, String target, String body) {
    return send(method, target, keys.readWrite(), body);
  }

  private JsonNode withoutHeader(String method, String target, String body) {
    return json(api.send(new Service.Request(method, target, Map.of(), body(body))).body());
  }

  private void headed(String method, String target, Map<String, String> headers) {
    api.send(new Service.Request(method, target, headers, Body.EMPTY));
  }

  private JsonNode send(String method, String target, String key, String body) {
    return json(api.call(method, target, key, body).body());
  }

  private String path(JsonNode url) {
    return path(url.asString(""));
  }

  private String path(String url) {
    return url.substring(api.base().length());
  }

  private static JsonNode json(Body body) {
    return body.text().startsWith("{") ? MAPPER.readTree(body.text()) : MAPPER.createObjectNode();
  }

  private static Body body(String text) {
    return Body.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
