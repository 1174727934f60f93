package dev.rollcall.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// `bench/api`: the service as a whole, by HTTP on one machine, against the reference's figures,
/// and how much of it is DynamoDB Local. The measured service, its tables and the load share the
/// cores.
public final class ApiBench {
  private static final int CHECKS = 1000;
  private static final Duration TIME = Duration.ofSeconds(20);

  private static final String GZIP = "accept-encoding: gzip\r\n";

  private static final String ROW = "%-40s %-22s %12s %-14s %s%n";

  private final int checks;
  private final Duration time;

  private ApiBench(int checks, Duration time) {
    this.checks = checks;
    this.time = time;
  }

  /// @param arguments how many checks, and for how many seconds each load is kept up
  public static void main(String[] arguments) throws Exception {
    var bench =
        new ApiBench(
            arguments.length > 0 ? Integer.parseInt(arguments[0]) : CHECKS,
            arguments.length > 1 ? Duration.ofSeconds(Long.parseLong(arguments[1])) : TIME);
    System.out.printf(ROW, "", "reference", "here", "goal", "");
    bench.inMemory();
    bench.onDisk();
    bench.profiled();
    System.out.println();
    Probe.run(PingProbe.class, "256m", "success, healthy");
    Probe.run(ApiProbe.class, "256m", Integer.toString(bench.checks));
    System.exit(0);
  }

  private void inMemory() throws IOException, InterruptedException {
    try (var desk = Desk.start("--memory")) {
      var urls = make(desk, true);
      pings(desk, "pings a second, in memory", urls, "448 (PostgreSQL)", 448, 1200);
      lists(desk);
      var memory = desk.memory();
      print("memory of the whole, MB", "297–402", memory, "under 400", ratio(memory, 297));
    }
  }

  private void onDisk() throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("rollcall-bench");
    try (var desk = Desk.start("--data", folder.toString())) {
      var urls = make(desk, false);
      pings(desk, "pings a second, on disk", urls, "234 (SQLite)", 234, 235);
    } finally {
      delete(folder);
    }
  }

  /// Once more with flight recordings, which cost a little themselves.
  private void profiled() throws IOException, InterruptedException {
    try (var desk = Desk.start("--memory")) {
      var key = key(desk);
      var urls = make(desk, false);
      profile(desk, "ping", () -> ping(desk, urls, time));
      profile(desk, "list", () -> list(desk, key + GZIP, time));
      profile(desk, "new check", () -> create(desk, key, "another", checks));
    }
  }

  private interface Loading {
    Load.Result run() throws InterruptedException;
  }

  private static void profile(Desk desk, String what, Loading load)
      throws IOException, InterruptedException {
    try (var recording = Recording.start(desk.process())) {
      var before = desk.cpu();
      var answers = load.run().answers();
      var each = desk.cpu().minus(before).dividedBy(answers);
      print("CPU of a " + what + " in the whole, µs", "", each.toNanos() / 1000.0, "", "");
      print("of that in DynamoDB Local, %, at least", "", 100 * recording.tables(), "", "");
    }
  }

  /// @return the ping URLs, in an order of chance
  private List<String> make(Desk desk, boolean isMeasured) throws InterruptedException {
    var key = key(desk);
    if (isMeasured) {
      var _ = create(desk, key, "warm-up", checks);
    }
    var made = create(desk, key, "check", checks);
    if (isMeasured) {
      print(
          "checks made a second", "89–125", made.perSecond(), "500", ratio(made.perSecond(), 125));
      desk.deleteChecks(name -> name.startsWith("warm-up"));
    }
    var urls = new ArrayList<>(desk.pingUrls());
    Collections.shuffle(urls);
    return urls;
  }

  private static Load.Result create(Desk desk, String key, String name, int count)
      throws InterruptedException {
    return Load.run(
        desk.address(),
        Duration.ofHours(1),
        count,
        number ->
            Load.request(
                "POST",
                "/api/v3/checks/",
                key,
                "{\"name\": \"%s %d\", \"tags\": \"prod db\", \"timeout\": 86400}"
                    .formatted(name, number)));
  }

  private void pings(
      Desk desk, String what, List<String> urls, String reference, int most, int goal)
      throws InterruptedException {
    // The first ping of a check is another kind, and takes longer.
    var _ = Load.run(desk.address(), Duration.ofHours(1), urls.size(), number -> get(urls, number));
    var _ = ping(desk, urls, time.dividedBy(2));
    var rate = ping(desk, urls, time).perSecond();
    print(what, reference, rate, "over " + goal, ratio(rate, most));
  }

  private static Load.Result ping(Desk desk, List<String> urls, Duration time)
      throws InterruptedException {
    return Load.run(desk.address(), time, Long.MAX_VALUE, number -> get(urls, number));
  }

  private void lists(Desk desk) throws InterruptedException {
    var key = key(desk);
    var plain = list(desk, key, time.dividedBy(2));
    var zipped = list(desk, key + GZIP, time);
    print("bytes of a list", "985000", plain.bytesEach(), "", "");
    print("bytes of a list, gzip", "–", zipped.bytesEach(), "", "");
    print("lists a second", "11–12", plain.perSecond(), "48", ratio(plain.perSecond(), 12));
    print("lists a second, gzip", "11–12", zipped.perSecond(), "48", ratio(zipped.perSecond(), 12));
  }

  private static Load.Result list(Desk desk, String headers, Duration time)
      throws InterruptedException {
    return Load.run(
        desk.address(),
        time,
        Long.MAX_VALUE,
        _ -> Load.request("GET", "/api/v3/checks/", headers, ""));
  }

  private static String key(Desk desk) {
    return "x-api-key: " + desk.apiKey() + "\r\n";
  }

  private static byte[] get(List<String> urls, long number) {
    var url = URI.create(urls.get((int) (number % urls.size())));
    return Load.request("GET", url.getPath(), "user-agent: curl/8.14.1\r\n", "");
  }

  private static void print(String what, String reference, double here, String goal, String ratio) {
    System.out.printf(ROW, what, reference, String.format(Locale.ROOT, "%.0f", here), goal, ratio);
  }

  private static String ratio(double here, double reference) {
    return String.format(Locale.ROOT, "%.1f×", here / reference);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
