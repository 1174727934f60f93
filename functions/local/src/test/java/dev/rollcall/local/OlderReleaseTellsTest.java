package dev.rollcall.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testing.conformance.Service.Hook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Alerts that wait while somebody goes back to the release before this one, and comes again: each
/// is told, by whichever release is there, and none twice.
class OlderReleaseTellsTest {
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
  void What_waits_is_told_by_the_release_before_and_not_again_by_this_one() throws Exception {
    var previous = PreviousRelease.built();
    var data = scratch.resolve("data");
    var room = listener.room("alerts");
    String check;

    room.answer(List.of(503));
    try (var child = Child.startOn(data, scratch)) {
      var remote = child.ready();
      check = check(remote, room.url());
      remote.ping(check);
      remote.ping(check + "/fail");
      Wait.until("the fall was refused, and that is noted", () -> hasTrouble(remote));
      child.end();
    }
    try (var child = previous.start(scratch, data)) {
      var remote = child.ready();
      remote.control("POST", "/sweep", Map.of());
      Wait.until("the fall was told", () -> paths(room).equals(List.of("/down")));
      remote.ping(check);
      Wait.until("the recovery was told", () -> paths(room).equals(List.of("/down", "/up")));
      child.end();
    }
    try (var child = Child.startOn(data, scratch)) {
      var remote = child.ready();
      remote.control("POST", "/sweep", Map.of());
      remote.ping(check + "/fail");
      Wait.until("the next fall was told", () -> paths(room).size() > 2);
      remote.control("POST", "/sweep", Map.of());
      assertThat(paths(room)).containsExactly("/down", "/up", "/down");
      child.end();
    }
  }

  /// A process that ends before leaves its message hidden for a minute and a half.
  private static boolean hasTrouble(Remote remote) {
    return remote
        .api("GET", "/api/rollcall/v1/channels", Map.of())
        .findValues("last_error")
        .stream()
        .anyMatch(JsonNode::isString);
  }

  private static List<String> paths(Listener.Room room) {
    return room.taken().stream().map(Hook::path).toList();
  }

  private static String check(Remote remote, String url) {
    var session = remote.control("GET", "/session", Map.of());
    remote.control(
        "POST",
        "/projects/" + session.path("project").path("uuid").asString() + "/channels",
        Map.of(
            "kind", "webhook", "value", Map.of("url_down", url + "/down", "url_up", url + "/up")));
    return remote
        .api("POST", "/api/v3/checks/", Map.of("name", "x", "channels", "*"))
        .path("uuid")
        .asString();
  }
}
