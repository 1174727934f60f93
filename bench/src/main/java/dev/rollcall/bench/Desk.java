package dev.rollcall.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The local service in a process of its own, as `./rollcall local` starts it, and a project in it.
final class Desk implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String READY = "Rollcall is listening on ";

  /// How many calls are under way at a time while checks are made.
  private static final int CLIENTS = 8;

  private final Process service;
  private final String url;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String apiKey;
  private final String project;

  private Desk(Process service, String url) {
    this.service = service;
    this.url = url;
    var made = post("/_local/projects", "", Map.of("name", "Bench"));
    apiKey = made.path("api_key").asString();
    project = made.path("uuid").asString();
    send("PATCH", "/_local/projects/" + project, "", Map.of("check_limit", 1_000_000));
  }

  /// Starts the service on a free port.
  static Desk start(String... options) throws IOException {
    var arguments = new ArrayList<>(List.of("--port", "0"));
    arguments.addAll(List.of(options));
    var service = Child.start("dev.rollcall.local.Local", List.of("-Xmx160m"), arguments, Map.of());
    var output =
        new BufferedReader(new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8));
    var line = output.readLine();
    while (line != null && !line.startsWith(READY)) {
      line = output.readLine();
    }
    if (line == null) {
      throw new IllegalStateException("the local service did not start");
    }
    return new Desk(service, line.substring(READY.length()).split(" ", -1)[0]);
  }

  /// Makes a channel that posts to `address` when a check goes down.
  ///
  /// @return its id
  String webhook(String address) {
    var value = Map.of("url_down", address, "method_down", "POST", "body_down", "$JSON");
    return post(
            "/_local/projects/" + project + "/channels",
            "",
            Map.of("kind", "webhook", "value", value))
        .path("uuid")
        .asString();
  }

  /// Makes a check.
  ///
  /// @return its ping URL
  String check(Map<String, Object> wish) {
    return post("/api/v3/checks/", apiKey, wish).path("ping_url").asString();
  }

  /// The ping URLs of all checks.
  List<String> pingUrls() {
    var urls = new ArrayList<String>();
    checks().forEach(check -> urls.add(check.path("ping_url").asString()));
    return urls;
  }

  /// Deletes the checks whose names are of this kind.
  void deleteChecks(Predicate<String> kind) {
    for (var check : checks()) {
      if (kind.test(check.path("name").asString())) {
        var _ =
            send(
                "DELETE",
                URI.create(check.path("update_url").asString()).getPath(),
                apiKey,
                Map.of());
      }
    }
  }

  void ping(String pingUrl) {
    var _ = exchange(HttpRequest.newBuilder(URI.create(pingUrl)).GET().build());
  }

  /// How far the service's clock is ahead of the machine's.
  Duration clockOffset() {
    var before = Instant.now();
    var there = Instant.parse(get("/_local/clock").path("now").asString());
    var took = Duration.between(before, Instant.now());
    return Duration.between(before.plus(took.dividedBy(2)), there);
  }

  void advance(Duration by) {
    var _ = post("/_local/clock", "", Map.of("advance", by.toMillis() / 1000.0));
  }

  /// How many calls of DynamoDB the functions that bring an alert out have made.
  long calls() {
    var cost = get("/_local/cost");
    return cost.path("sweep").path("calls").asLong() + cost.path("notify").path("calls").asLong();
  }

  long process() {
    return service.pid();
  }

  /// The CPU time of the whole service, DynamoDB Local included.
  Duration cpu() {
    return service.info().totalCpuDuration().orElseThrow();
  }

  /// Where the service listens.
  URI address() {
    return URI.create(url);
  }

  String apiKey() {
    return apiKey;
  }

  /// The memory that the whole service has taken at most, DynamoDB Local included, in megabytes of
  /// 1,000,000 bytes; as Linux counts it.
  double memory() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + service.pid() + "/status"))) {
      return lines
              .filter(line -> line.startsWith("VmHWM:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .sum()
          * 1024
          / 1e6;
    }
  }

  /// Does something for each number below `count`, several at a time.
  static <T> List<T> each(int count, IntFunction<T> work) throws InterruptedException {
    try (var threads = Executors.newFixedThreadPool(CLIENTS, Thread.ofVirtual().factory())) {
      var tasks = new ArrayList<Callable<T>>();
      for (int i = 0; i < count; i++) {
        var number = i;
        tasks.add(() -> work.apply(number));
      }
      var results = new ArrayList<T>();
      for (var done : threads.invokeAll(tasks)) {
        results.add(done.get());
      }
      return results;
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a call failed", failed);
    }
  }

  @Override
  public void close() {
    client.close();
    service.destroy();
    try {
      var _ = service.waitFor();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private JsonNode checks() {
    return exchange(
            HttpRequest.newBuilder(URI.create(url + "/api/v3/checks/"))
                .header("x-api-key", apiKey)
                .GET()
                .build())
        .path("checks");
  }

  private JsonNode get(String path) {
    return exchange(HttpRequest.newBuilder(URI.create(url + path)).GET().build());
  }

  private JsonNode post(String path, String key, Map<String, ?> body) {
    return send("POST", path, key, body);
  }

  private JsonNode send(String method, String path, String key, Map<String, ?> body) {
    return exchange(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("x-api-key", key)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
            .build());
  }

  private JsonNode exchange(HttpRequest request) {
    try {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(request.method() + " answered " + answer.statusCode());
      }
      var text = answer.body();
      return text.startsWith("{") ? JSON.readTree(text) : JSON.createObjectNode();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopped);
    }
  }
}
