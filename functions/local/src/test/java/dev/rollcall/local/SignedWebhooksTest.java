package dev.rollcall.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testing.conformance.Service.Hook;
import dev.rollcall.testing.golden.GoldenItems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Webhooks from the running service, verified as their receivers would.
class SignedWebhooksTest {
  private static final String CHANNELS = "/api/rollcall/v1/channels";

  @TempDir private Path scratch;
  private final Listener listener = new Listener();

  SignedWebhooksTest() throws IOException {}

  @AfterEach
  void close() {
    listener.close();
  }

  @Test
  void A_webhook_verifies_by_the_secret_that_the_api_shows() throws Exception {
    try (var service = Service.start(new Options(0, null, false))) {
      var remote = Remote.at(service.url());
      var room = listener.room("signed");
      remote.api("POST", CHANNELS, hook(room.url()));
      var hook = told(remote, room);

      assertThat(hook.headers()).containsEntry("webhook-signature", signature(hook, shown(remote)));
      assertThat(hook.headers().get("webhook-timestamp"))
          .satisfies(sent ->
              assertThat(remote.now().getEpochSecond() - Long.parseLong(sent)).isBetween(0L, 60L));
    }
  }

  @Test
  void A_channel_of_the_control_api_and_its_test_are_signed_as_well() throws Exception {
    try (var service = Service.start(new Options(0, null, false))) {
      var remote = Remote.at(service.url());
      var room = listener.room("control");
      var project = remote.session().path("project").path("uuid").asString();
      var value = Map.of("method_down", "GET", "url_down", room.url() + "/");
      var channel =
          remote
              .control(
                  "POST",
                  "/projects/" + project + "/channels",
                  Map.of("kind", "webhook", "value", value))
              .path("uuid")
              .asString();
      var key = Map.of("X-Api-Key", remote.session().path("api_key").asString());
      var asked = remote.http().send("POST", CHANNELS + "/" + channel + "/test", key, new byte[0]);
      assertThat(asked.status()).isEqualTo(202);
      remote.control("POST", "/sweep", Map.of());

      var hook = room.hooks().getFirst();
      assertThat(hook.method()).isEqualTo("GET");
      assertThat(hook.headers()).containsEntry("webhook-signature", signature(hook, shown(remote)));
    }
  }

  @Test
  void Channels_of_the_first_release_get_their_secrets_when_this_one_starts() throws IOException {
    var data = Files.createDirectory(scratch.resolve("data"));
    try (var tables = LocalTables.open(data)) {
      GoldenItems.of("0.1.0").putInto(tables.client("test"), LocalTables.TABLES);
    }
    try (var service = Service.start(new Options(0, data, false))) {
      var key = Map.of("X-Api-Key", "hcw_chronicleChronicleChronicle0");
      var answer = Remote.at(service.url()).http().send("GET", CHANNELS, key, new byte[0]);
      var webhooks =
          new JsonMapper()
              .readTree(answer.text())
              .path("channels")
              .valueStream()
              .filter(channel -> channel.path("kind").asString().equals("webhook"));
      assertThat(webhooks)
          .hasSize(2)
          .allSatisfy(channel ->
              assertThat(channel.path("signing_secret").asString()).startsWith("whsec_"));
    }
  }

  private static Map<String, Object> hook(String url) {
    return Map.of(
        "kind",
        "webhook",
        "settings",
        Map.of("method_down", "POST", "url_down", url + "/", "body_down", "$NAME is $STATUS"));
  }

  /// What the listener hears when a check fails.
  private static Hook told(Remote remote, Listener.Room room) {
    var check =
        remote
            .api("POST", "/api/v3/checks/", Map.of("name", "Backup", "channels", "*"))
            .path("uuid")
            .asString();
    remote.ping(check + "/fail");
    remote.control("POST", "/sweep", Map.of());
    assertThat(room.hooks()).hasSize(1);
    return room.hooks().getFirst();
  }

  private static JsonNode channel(Remote remote) {
    var channels = remote.api("GET", CHANNELS, Map.of()).path("channels");
    return channels
        .valueStream()
        .filter(each -> each.path("kind").asString().equals("webhook"))
        .findFirst()
        .orElseThrow();
  }

  private static String shown(Remote remote) {
    return channel(remote).path("signing_secret").asString();
  }

  private static String signature(Hook hook, String secret) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    var key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    var signed =
        "%s.%s.%s"
            .formatted(
                hook.headers().get("webhook-id"),
                hook.headers().get("webhook-timestamp"),
                hook.body());
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
  }
}
