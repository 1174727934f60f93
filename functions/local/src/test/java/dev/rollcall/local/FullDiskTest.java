package dev.rollcall.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A service that may not write another byte to any file, as on a disk that is full.
class FullDiskTest {
  @TempDir private Path scratch;

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatever_has_to_write_is_answered_by_503_until_there_is_room()
      throws IOException, InterruptedException {
    var data = scratch.resolve("data").toString();
    String check;
    try (var child = Child.start(scratch, "--port", "0", "--data", data, "--no-timer")) {
      var remote = child.ready();
      check =
          remote.api("POST", "/api/v3/checks/", Map.of("timeout", 3600)).path("uuid").asString();
      assertThat(remote.ping(check)).isEqualTo(200);
      remote.control("POST", "/clock", Map.of("advance", 90_000));

      child.limitFiles("0");
      for (var path :
          List.of(
              "/ping/" + check,
              "/api/v3/checks/",
              "/api/v3/checks/" + check + "/pause",
              "/_local/projects",
              "/_local/clock",
              "/_local/sweep",
              "/_local/mail?to=" + check + "@localhost")) {
        assertThat(status(remote, "POST", path, "{\"advance\":60,\"name\":\"a\"}"))
            .as(path)
            .isEqualTo(503);
      }
      assertThat(status(remote, "GET", "/api/v3/checks/", "")).isEqualTo(200);

      child.limitFiles("unlimited");
      remote.control("POST", "/sweep", Map.of());
      assertThat(remote.ping(check)).isEqualTo(200);
      child.kill();
    }

    try (var next = Child.start(scratch, "--port", "0", "--data", data, "--no-timer")) {
      var found = next.ready().api("GET", "/api/v3/checks/" + check, Map.of());
      // One that was answered by 503 may be taken all the same.
      assertThat(found.path("n_pings").asInt()).isGreaterThanOrEqualTo(2);
      assertThat(found.path("status").asString()).isEqualTo("up");
    }
  }

  private static int status(Remote remote, String method, String path, String body) {
    var key = remote.session().path("api_key").asString();
    return remote
        .http()
        .send(method, path, Map.of("X-Api-Key", key), body.getBytes(UTF_8))
        .status();
  }
}
