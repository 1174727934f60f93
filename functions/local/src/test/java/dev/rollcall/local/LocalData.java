package dev.rollcall.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Data as the local service makes it.
public final class LocalData {
  private LocalData() {}

  /// Makes three checks, one of them pinged, and two channels besides the first. The files can be
  /// copied then.
  public static void make(Path folder) {
    serve(folder);
    LocalTables.awaitRelease(folder);
  }

  private static void serve(Path folder) {
    try (var service = Service.start(new Options(0, folder, false))) {
      var remote = Remote.at(service.url());
      for (var name : List.of("Backup", "Invoices", "Report")) {
        var check =
            remote.api(
                "POST",
                "/api/v3/checks/",
                Map.of("name", name, "grace", 3599, "slug", name.toLowerCase(Locale.ROOT)));
        if (name.equals("Backup")) {
          remote.ping(check.path("uuid").asString());
        }
      }
      for (var address : List.of("a@example.org", "b@example.org")) {
        remote
            .http()
            .send(
                "POST",
                "/api/rollcall/v1/channels",
                Map.of("X-Api-Key", remote.session().path("api_key").asString()),
                """
                {"kind": "email", "name": "%s", "settings": {"value": "%s", "up": true, "down": true}}\
                """
                    .formatted(address, address)
                    .getBytes(UTF_8));
      }
    }
  }

  /// Makes a check by the API as the owner of a key would, lets its job fail, and answers with whom
  /// mail told of it.
  public static List<String> toldOfAFailure(Path folder, String apiKey) {
    try (var service = Service.start(new Options(0, folder, false))) {
      var remote = Remote.at(service.url());
      var wish = "{\"name\": \"Nightly\", \"timeout\": 86400, \"channels\": \"*\"}".getBytes(UTF_8);
      var made = remote.http().send("POST", "/api/v3/checks/", Map.of("X-Api-Key", apiKey), wish);
      if (made.status() != 201) {
        throw new IllegalStateException(made.status() + " " + made.text());
      }
      var url = new JsonMapper().readTree(made.text()).path("ping_url").asString();
      remote.http().get(url.substring(url.indexOf("/ping/")) + "/fail");
      remote.control("POST", "/sweep", Map.of());
      return remote
          .outbox()
          .valueStream()
          .flatMap(mail -> mail.path("to").valueStream())
          .map(to -> to.asString())
          .toList();
    }
  }

  /// With which status the API answers each of these keys that asks for the checks.
  public static List<Integer> answers(Path folder, List<String> apiKeys) {
    try (var service = Service.start(new Options(0, folder, false))) {
      var http = Remote.at(service.url()).http();
      return apiKeys.stream()
          .map(key ->
              http.send("GET", "/api/v3/checks/", Map.of("X-Api-Key", key), new byte[0]).status())
          .toList();
    }
  }

  /// A service that runs in this folder until it is closed.
  public static AutoCloseable running(Path folder) {
    return Service.start(new Options(0, folder, false));
  }
}
