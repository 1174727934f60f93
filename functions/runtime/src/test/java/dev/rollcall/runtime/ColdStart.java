package dev.rollcall.runtime;

import dev.rollcall.edge.Settings;
import dev.rollcall.ping.PingFunction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Measures what it costs to start each function, and prints it: the program of `bench/coldstart`.
/// Each runs from its zip under the real runtime interface client, on the tables and queues that
/// the tests use. With SnapStart, Lambda's part is played and no snapshot is taken: the process
/// stops where Lambda would take it, and goes on.
final class ColdStart {
  private static final int WARMING = 200;
  private static final int MEASURED = 300;

  /// Calls are counted no longer than this.
  private static final long PATIENCE = Duration.ofSeconds(10).toNanos();

  /// The share of a CPU that Lambda gives to 512 MB: a whole one comes with 1,769 MB.
  private static final double SHARE = 512.0 / 1769;

  /// The event that each function is given.
  private static final Map<String, String> EVENTS =
      Map.of(
          "ping", "ping-success.json",
          "inbox", "inbox-waiting.json",
          "api", "api-list-checks.json",
          "sweep", "sweep-tick.json",
          "notify", "notify-flips.json",
          "empty", "ping-success.json");

  private ColdStart() {}

  /// One start.
  ///
  /// @param init CPU milliseconds until the first event was asked for, or the snapshot was due
  /// @param first CPU milliseconds from there to the first answer
  /// @param warm CPU microseconds of a later call, on average
  /// @param memory MB held at the end
  private record Cost(double init, double first, double warm, double memory) {}

  /// @param arguments how often each function is started, of which the medians are printed (3), and
  ///   the functions to start (`ping api`; all)
  public static void main(String... arguments) throws Exception {
    int starts = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
    var template = Template.ofTheProject();
    var folder = Files.createTempDirectory("coldstart");
    var cloud = new Cloud(template);
    try {
      SampleCheck.keep(cloud);
      makeHealthy(cloud, template);
      System.out.printf(
          "%-10s %-10s %8s %8s %8s %8s %6s %6s%n",
          "", "", "init", "first", "at", "warm", "memory", "zip");
      System.out.printf(
          "%-10s %-10s %8s %8s %8s %8s %6s %6s%n",
          "function", "start", "CPU ms", "CPU ms", "512 MB", "CPU µs", "MB", "MB");
      var functions = new ArrayList<>(List.of(empty(folder)));
      functions.addAll(template.functions());
      if (arguments.length > 1) {
        var asked = Set.of(arguments);
        functions.removeIf(function -> !asked.contains(function.prefix()));
      }
      for (var function : functions) {
        print(withSnapStart(function, false), starts, cloud, folder);
        if (function.snapStart()) {
          print(function, starts, cloud, folder);
        }
      }
    } finally {
      cloud.stop();
      delete(folder);
    }
    // The tables' server keeps threads.
    System.exit(0);
  }

  /// Gives the check its first ping, which takes a longer way than those that follow.
  private static void makeHealthy(Cloud cloud, Template template) {
    var variables = cloud.variables(template.function("PingFunction"));
    new PingFunction(
            new Settings(variables::get), cloud.dynamo(), cloud.sqs(), InstantSource.system())
        .handleRequest(
            new ByteArrayInputStream(anew("ping-success.json").getBytes(StandardCharsets.UTF_8)),
            OutputStream.nullOutputStream(),
            null);
  }

  /// A sample event as another request: one that is repeated would be told from a new one.
  private static String anew(String sample) {
    return Samples.named(sample)
        .event()
        .replaceAll("\"requestId\": *\"[^\"]*\"", "\"requestId\": \"" + UUID.randomUUID() + '"');
  }

  private static void print(Template.Function function, int starts, Cloud cloud, Path folder)
      throws IOException {
    var costs = new ArrayList<Cost>();
    for (int start = 0; start < starts; start++) {
      costs.add(measure(function, cloud, Files.createTempDirectory(folder, function.prefix())));
    }
    System.out.printf(
        Locale.ROOT,
        "%-10s %-10s %8.0f %8.1f %8.1f %8.0f %6.0f %6.1f%n",
        function.prefix(),
        function.snapStart() ? "snapshot" : "on demand",
        median(costs, Cost::init),
        median(costs, Cost::first),
        median(costs, Cost::first) / SHARE,
        median(costs, Cost::warm),
        median(costs, Cost::memory),
        Files.size(function.zip()) / 1e6);
  }

  private static Cost measure(Template.Function function, Cloud cloud, Path folder)
      throws IOException {
    var sample = Objects.requireNonNull(EVENTS.get(function.prefix()));
    try (var running = RunningFunction.start(function, cloud.variables(function), folder)) {
      if (function.snapStart()) {
        running.awaitCheckpoint();
      } else {
        running.awaitStart();
      }
      var ready = atRest(running);
      var init = ready.cpuSince(new ProcessUse(Map.of()));
      running.invoke(anew(sample));
      var first = ProcessUse.of(running.process()).cpuSince(ready);
      call(running, sample, WARMING);
      var before = atRest(running);
      int calls = call(running, sample, MEASURED);
      var warm = ProcessUse.of(running.process()).cpuSince(before) / calls;
      return new Cost(
          init / 1e6, first / 1e6, warm / 1e3, ProcessUse.memory(running.process()) / 1e6);
    }
  }

  private static int call(RunningFunction running, String sample, int times) {
    var end = System.nanoTime() + PATIENCE;
    int calls = 0;
    while (calls < times && (calls == 0 || System.nanoTime() < end)) {
      running.invoke(anew(sample));
      calls++;
    }
    return calls;
  }

  /// Waits until a function does nothing, its compiler included.
  private static ProcessUse atRest(RunningFunction running) throws IOException {
    var before = ProcessUse.of(running.process());
    while (true) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      var now = ProcessUse.of(running.process());
      if (now.cpuSince(before) < Duration.ofMillis(2).toNanos()) {
        return now;
      }
      before = now;
    }
  }

  private static double median(List<Cost> costs, ToDoubleFunction<Cost> figure) {
    return costs.stream().mapToDouble(figure).sorted().toArray()[costs.size() / 2];
  }

  private static Template.Function withSnapStart(Template.Function function, boolean snapStart) {
    return new Template.Function(
        function.name(), function.handler(), function.zip(), snapStart, function.variables());
  }

  /// The function beside which the others are seen.
  private static Template.Function empty(Path folder) throws IOException {
    var file = EmptyHandler.class.getName().replace('.', '/') + ".class";
    var zip = folder.resolve("empty.zip");
    try (var out = new ZipOutputStream(Files.newOutputStream(zip));
        var content = EmptyHandler.class.getClassLoader().getResourceAsStream(file)) {
      out.putNextEntry(new ZipEntry(file));
      Objects.requireNonNull(content, file).transferTo(out);
    }
    var options = Map.<String, Object>of("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
    return new Template.Function("EmptyFunction", EmptyHandler.class.getName(), zip, true, options);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
