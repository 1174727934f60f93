package dev.rollcall.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.json.Json;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// A desk whose mail comes back because somebody says so.
class ReturnedMailTest {
  private static final String ANN = "ann@example.org";

  private Service service;
  private Remote remote;
  private String channel;
  private String check;

  @BeforeEach
  void tellOfAFailure() {
    service = Service.start(new Options(0, null, false));
    remote = Remote.at(service.url());
    var project = remote.session().path("project").path("uuid").asString();
    var mail = Map.of("value", ANN, "up", true, "down", true);
    channel =
        remote
            .control(
                "POST",
                "/projects/" + project + "/channels",
                Map.of("kind", "email", "value", mail))
            .path("uuid")
            .asString();
    check =
        remote
            .api("POST", "/api/v3/checks/", Map.of("name", "backup", "channels", channel))
            .path("uuid")
            .asString();
    remote.ping(check);
    remote.ping(check + "/fail");
    remote.control("POST", "/sweep", Map.of());
    assertThat(remote.outbox()).hasSize(1);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private int returned(String to, String because) {
    var body = Json.write(Map.of("to", to, "because", because)).getBytes(UTF_8);
    return remote.http().send("POST", "/_local/returns", Map.of(), body).status();
  }

  private JsonNode channel() {
    return remote
        .api("GET", "/api/rollcall/v1/channels", Map.of())
        .path("channels")
        .valueStream()
        .filter(each -> each.path("id").asString().equals(channel))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"bounce,true", "spam,true", "full,false", "malware,false"})
  void Disables_its_channel_when_that_is_for_good_and_shows_why(String because, boolean disabled) {
    assertThat(returned(ANN, because)).isEqualTo(204);

    assertThat(channel().path("disabled").asBoolean()).isEqualTo(disabled);
    assertThat(channel().path("last_error").asString()).isNotEmpty();
  }

  @Test
  void Ends_its_mails() {
    assertThat(returned(ANN, "bounce")).isEqualTo(204);

    remote.ping(check);
    remote.control("POST", "/sweep", Map.of());

    assertThat(remote.outbox()).hasSize(1);
  }

  @Test
  void Needs_a_mail_and_a_reason_that_there_is() {
    assertThat(returned("bob@example.org", "bounce")).isEqualTo(404);
    assertThat(returned(ANN, "boredom")).isEqualTo(400);
    assertThat(channel().path("disabled").asBoolean()).isFalse();
  }
}
