package dev.rollcall.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The release before this one and this one take turns on the same data, as when somebody upgrades,
/// goes back, and upgrades again: both as processes, each with its own code.
class VersionMatrixTest {
  @TempDir private Path scratch;

  private final List<String> checks = new ArrayList<>();
  private int accepted;

  @Test
  void Releases_take_turns_and_no_ping_is_lost() throws Exception {
    var previous = PreviousRelease.built();
    var data = scratch.resolve("data");

    try (var child = previous.start(scratch, data)) {
      work(child.ready());
      child.end();
    }
    try (var child = Child.startOn(data, scratch)) {
      var remote = child.ready();
      work(remote);
      Wait.until("the data is of this release", () -> level(remote) == 2);
      child.end();
    }
    try (var child = previous.start(scratch, data)) {
      var remote = child.ready();
      work(remote);
      assertThat(RecordedCasesTest.disagreements(remote)).isEmpty();
      child.end();
    }
    try (var child = Child.startOn(data, scratch)) {
      var remote = child.ready();
      work(remote);
      Wait.until("all channels can sign", () -> unsigned(remote) == 0);
      assertThat(level(remote)).isEqualTo(2);
      child.end();
    }
  }

  /// Makes a check and a channel, and pings all checks that any release has made; all pings that
  /// any has accepted are there.
  private void work(Remote remote) {
    var made = remote.api("POST", "/api/v3/checks/", Map.of("name", "of turn " + checks.size()));
    checks.add(made.path("uuid").asString());
    remote.api("POST", "/api/rollcall/v1/channels", channel(checks.size()));
    assertThat(remote.api("GET", "/api/v3/channels/", Map.of()).path("channels"))
        .filteredOn(channel -> channel.path("name").asString().startsWith("of turn"))
        .hasSameSizeAs(checks);
    for (var check : checks) {
      for (var kind : List.of("", "/start", "/fail", "")) {
        assertThat(remote.ping(check + kind)).isEqualTo(200);
        accepted++;
      }
    }
    remote.control("POST", "/sweep", Map.of());
    var list = remote.api("GET", "/api/v3/checks/", Map.of()).path("checks");
    assertThat(list.valueStream().map(check -> check.path("uuid").asString()))
        .containsExactlyInAnyOrderElementsOf(checks);
    assertThat(list.valueStream().mapToInt(check -> check.path("n_pings").asInt()).sum())
        .isEqualTo(accepted);
  }

  private static Map<String, Object> channel(int turn) {
    return Map.of(
        "kind",
        "webhook",
        "name",
        "of turn " + turn,
        "settings",
        Map.of("url_down", "http://localhost/hook"));
  }

  /// Webhooks without a secret.
  private static long unsigned(Remote remote) {
    return remote
        .api("GET", "/api/rollcall/v1/channels", Map.of())
        .path("channels")
        .valueStream()
        .filter(channel -> channel.path("kind").asString().equals("webhook"))
        .filter(channel -> channel.path("signing_secret").isNull())
        .count();
  }

  private static int level(Remote remote) {
    return remote.api("GET", "/api/rollcall/v1/schema", Map.of()).path("level").asInt();
  }
}
