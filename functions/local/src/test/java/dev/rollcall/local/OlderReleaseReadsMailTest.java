package dev.rollcall.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testing.conformance.Service.Hook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Mails in the log whose subject and text the release before this one does not know: it shows and
/// sends the raw message, and this one finds again what it had stored.
class OlderReleaseReadsMailTest {
  private static final String ROW = "<tr><td>Sicherung &uuml;ber Nacht</td><td>gut</td></tr>\n";

  @TempDir private Path scratch;

  private Listener listener;

  @BeforeEach
  void listen() throws IOException {
    listener = new Listener();
  }

  @AfterEach
  void close() {
    listener.close();
  }

  @Test
  void A_mail_is_shown_and_told_raw_by_the_release_before_and_decoded_again_by_this_one()
      throws Exception {
    var previous = PreviousRelease.built();
    var data = scratch.resolve("data");
    var room = listener.room("alerts");
    var small = mail("<p>Alles gut &ndash; fertig</p>");
    var large = mail("<table>" + ROW.repeat(20) + "</table><p>ERROR</p>");
    String check;

    room.answer(List.of(503));
    try (var child = Child.startOn(data, scratch)) {
      var remote = child.ready();
      check = check(remote, room.url());
      send(remote, check, small);
      send(remote, check, large);
      Wait.until("the fall was refused", () -> !room.hooks().isEmpty());
      assertDecoded(remote, check);
      child.end();
    }
    try (var child = previous.start(scratch, data)) {
      var remote = child.ready();
      assertThat(raw(remote, check, 1)).isEqualTo(small);
      assertThat(raw(remote, check, 2)).isEqualTo(large);
      assertThat(pings(remote, check).valueStream().map(ping -> ping.path("type").asString()))
          .containsExactly("fail", "success");
      assertThat(events(remote, check).size()).isGreaterThanOrEqualTo(2);
      remote.control("POST", "/sweep", Map.of());
      Wait.until("the fall was told", () -> !room.taken().isEmpty());
      assertThat(room.taken()).extracting(Hook::body).containsExactly(large);
      child.end();
    }
    try (var child = Child.startOn(data, scratch)) {
      assertDecoded(child.ready(), check);
      child.end();
    }
  }

  private static void assertDecoded(Remote remote, String check) {
    var mails =
        events(remote, check)
            .valueStream()
            .filter(event -> event.path("type").asString().equals("ping"))
            .toList();
    assertThat(mails)
        .extracting(event -> event.path("subject").asString())
        .containsExactly("Prüfung", "Prüfung");
    assertThat(mails.getLast().path("text_url").asString())
        .endsWith("/api/rollcall/v1/checks/" + check + "/pings/1/text");
    assertThat(text(remote, check, 1)).isEqualTo("Alles gut – fertig");
    assertThat(text(remote, check, 2)).startsWith("Sicherung über Nacht").endsWith("ERROR");
  }

  private static String mail(String page) {
    return """
    Subject: =?utf-8?Q?Pr=C3=BCfung?=
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary=b

    --b
    Content-Type: text/html; charset=us-ascii

    %s
    --b--
    """
        .formatted(page);
  }

  private static void send(Remote remote, String check, String mail) {
    var path = "/_local/mail?to=" + check + "@ping.example.org";
    assertThat(remote.http().send("POST", path, Map.of(), mail.getBytes(UTF_8)).status())
        .isEqualTo(200);
  }

  private static JsonNode pings(Remote remote, String check) {
    return remote.api("GET", "/api/v3/checks/" + check + "/pings/", Map.of()).path("pings");
  }

  private static JsonNode events(Remote remote, String check) {
    return remote
        .api("GET", "/api/rollcall/v1/checks/" + check + "/events", Map.of())
        .path("events");
  }

  private static String raw(Remote remote, String check, int number) {
    return page(remote, "/api/v3/checks/" + check + "/pings/" + number + "/body");
  }

  private static String text(Remote remote, String check, int number) {
    return page(remote, "/api/rollcall/v1/checks/" + check + "/pings/" + number + "/text");
  }

  private static String page(Remote remote, String path) {
    var key = remote.session().path("api_key").asString();
    var answer = remote.http().send("GET", path, Map.of("X-Api-Key", key), new byte[0]);
    assertThat(answer.status()).as(path).isEqualTo(200);
    return answer.text();
  }

  private static String check(Remote remote, String url) {
    var session = remote.control("GET", "/session", Map.of());
    remote.control(
        "POST",
        "/projects/" + session.path("project").path("uuid").asString() + "/channels",
        Map.of(
            "kind",
            "webhook",
            "value",
            Map.of("method_down", "POST", "url_down", url + "/down", "body_down", "$BODY")));
    var keywords = Map.of("success_kw", "fertig", "failure_kw", "ERROR");
    var check = new HashMap<String, Object>(keywords);
    check.putAll(Map.of("name", "x", "channels", "*", "filter_body", true));
    return remote.api("POST", "/api/v3/checks/", check).path("uuid").asString();
  }
}
