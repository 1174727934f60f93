package dev.rollcall.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A running service as its users reach it: by HTTP, and by its control API.
record Remote(RawHttp http) {
  private static final JsonMapper JSON = new JsonMapper();

  /// @param line that ends with a URL, or with words behind one
  static Remote at(String line) {
    var url = line.split(" \\(", -1)[0];
    return new Remote(new RawHttp(Integer.parseInt(url.substring(url.lastIndexOf(':') + 1))));
  }

  String url() {
    return "http://localhost:" + http.port();
  }

  /// A call of the control API that must succeed.
  ///
  /// @param path what follows `/_local`
  JsonNode control(String method, String path, Object body) {
    return json(http.send(method, "/_local" + path, Map.of(), JSON.writeValueAsBytes(body)));
  }

  JsonNode session() {
    return json(http.get("/_local/session"));
  }

  Instant now() {
    return Instant.parse(json(http.get("/_local/clock")).path("now").asString());
  }

  JsonNode outbox() {
    return json(http.get("/_local/outbox"));
  }

  /// A call of an API with the key of the dashboard's project that must succeed.
  JsonNode api(String method, String path, Object body) {
    var key = session().path("api_key").asString();
    return json(http.send(method, path, Map.of("X-Api-Key", key), JSON.writeValueAsBytes(body)));
  }

  /// Pings, and answers with the status.
  int ping(String path) {
    return http.get("/ping/" + path).status();
  }

  private static JsonNode json(RawHttp.Answer answer) {
    if (answer.status() >= 300) {
      throw new IllegalStateException(answer.status() + " " + answer.text());
    }
    return JSON.readTree(new String(answer.body(), UTF_8));
  }
}
