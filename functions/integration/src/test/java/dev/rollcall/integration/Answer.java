package dev.rollcall.integration;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a function behind the HTTP API answered.
record Answer(int status, String body) {
  private static final JsonMapper JSON = new JsonMapper();

  static Answer read(byte[] answer) {
    var json = JSON.readTree(answer);
    var body = json.path("body").asString("");
    var text =
        json.path("isBase64Encoded").asBoolean(false)
            ? new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8)
            : body;
    return new Answer(json.path("statusCode").asInt(), text);
  }

  JsonNode json() {
    return JSON.readTree(body);
  }
}
