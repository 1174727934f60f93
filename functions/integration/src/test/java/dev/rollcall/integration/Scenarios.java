package dev.rollcall.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/// What the parts of the suite share: an installation of its own for each test, and a project in it
/// that is reached by the API.
abstract class Scenarios {
  private static final int CHECK_LIMIT = 20;

  private final Endpoints endpoints;
  private final Recording recording;

  // Set before each test.
  @SuppressWarnings("NullAway.Init")
  Installation rollcall;

  @SuppressWarnings("NullAway.Init")
  Tenant tenant;

  @SuppressWarnings("NullAway.Init")
  WebhookListener listener;

  Scenarios(Endpoints endpoints, Recording recording) {
    this.endpoints = endpoints;
    this.recording = recording;
  }

  @BeforeEach
  final void install() {
    listener = new WebhookListener();
    rollcall = new Installation(endpoints, recording);
    tenant = rollcall.tenant(CHECK_LIMIT);
  }

  @AfterEach
  final void remove() {
    rollcall.close();
    listener.close();
  }

  /// Destroys the installation, its queues and what they hold, and makes another one on copies of
  /// tables, some time later. They are as DynamoDB restores tables.
  final void replace(Installation.Copies copies, Duration downtime) {
    var now = rollcall.now();
    rollcall.close();
    rollcall = new Installation(endpoints, recording);
    rollcall.restore(copies, now.plus(downtime));
  }

  final Answer get(String target) {
    return call("GET", target, "");
  }

  final Answer post(String target, Object body) {
    return call("POST", target, body);
  }

  final Answer call(String method, String target, Object body) {
    return rollcall.api(method, target, Map.of("x-api-key", tenant.key()), body);
  }

  /// Makes a check with a period and a grace time of a minute each, and answers with its id.
  final String check(Map<String, Object> fields) {
    var wish = new HashMap<String, Object>(Map.of("timeout", 60, "grace", 60, "channels", "*"));
    wish.putAll(fields);
    var answer = post("/api/v3/checks/", wish);
    assertThat(answer.status()).isEqualTo(201);
    return answer.json().path("uuid").stringValue();
  }

  final JsonNode checkNow(String id) {
    return get("/api/v3/checks/" + id).json();
  }

  final String status(String id) {
    return checkNow(id).path("status").stringValue();
  }

  /// The types of a check's pings, newest first.
  final List<String> pings(String id) {
    return get("/api/v3/checks/%s/pings/".formatted(id))
        .json()
        .path("pings")
        .valueStream()
        .map(ping -> ping.path("type").stringValue())
        .toList();
  }

  /// A channel that calls `/down` and `/up` of the listener.
  final String webhook() {
    return channel(
        "webhook",
        Map.of(
            "method_down",
            "POST",
            "url_down",
            listener.url("/down?check=$NAME"),
            "method_up",
            "GET",
            "url_up",
            listener.url("/up?check=$NAME")));
  }

  final String mail(String address) {
    return channel("email", Map.of("value", address, "up", true, "down", true));
  }

  private String channel(String kind, Map<String, Object> settings) {
    var answer =
        post(
            "/api/rollcall/v1/channels",
            Map.of("kind", kind, "name", kind, "settings", settings, "assign_all", true));
    assertThat(answer.status()).isEqualTo(201);
    return answer.json().path("id").stringValue();
  }

  /// The channel as the API lists it.
  final JsonNode channelNow(String id) {
    return get("/api/rollcall/v1/channels")
        .json()
        .path("channels")
        .valueStream()
        .filter(channel -> channel.path("id").stringValue().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /// What became of the deliveries about a check, newest first.
  final List<String> outcomes(String id) {
    return get("/api/rollcall/v1/checks/%s/events".formatted(id))
        .json()
        .path("events")
        .valueStream()
        .filter(event -> event.path("type").stringValue().equals("notification"))
        .map(event -> event.path("outcome").stringValue())
        .toList();
  }
}
