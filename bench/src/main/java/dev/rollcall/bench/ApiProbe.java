package dev.rollcall.bench;

import static dev.rollcall.testing.CheckBuilder.aCheck;

import dev.rollcall.api.ApiWiring;
import dev.rollcall.core.project.ApiKey;
import dev.rollcall.core.project.Project;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.edge.AwsClients;
import dev.rollcall.edge.Settings;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.ProjectStore;
import dev.rollcall.testing.Meter;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;

/// The API's function alone in its process, without Spring, called as Lambda calls it, one event at
/// a time: what a list of many checks costs, and what making one.
final class ApiProbe {
  private static final String SECRET = "bench-bench-bench-bench-bench-ab";
  private static final Map<String, String> HEADERS =
      Map.of("x-api-key", SECRET, "accept-encoding", "gzip");

  private static final int WARM_UP = 30;
  private static final int CORES = 2;

  private final Meter meter = new Meter();
  private final Function<InputStream, byte[]> function;
  private final Function<InputStream, byte[]> metered;

  private ApiProbe(Settings settings) {
    var dynamo = AwsClients.dynamoDb();
    var sqs = AwsClients.sqs();
    var clock = InstantSource.system();
    function = ApiWiring.handler(settings, dynamo, sqs, clock);
    metered = ApiWiring.handler(settings, meter.count(dynamo), sqs, clock);
  }

  /// @param arguments how many checks the list has
  public static void main(String[] arguments) {
    var checks = Integer.parseInt(arguments[0]);
    prepare(checks);
    var probe = new ApiProbe(Settings.fromEnvironment());
    System.out.printf(
        "%-27s %6s %7s %6s   %s%n",
        "", "calls", "write", "read", "CPU µs each, least (median)   a second on 2 cores at most");
    probe.measure("list of " + checks + " checks, gzip", 10, _ -> list());
    probe.measure("new check", 100, ApiProbe::check);
    System.exit(0);
  }

  private static void prepare(int checks) {
    var own = Cloud.makeTables();
    var now = Instant.now();
    var id = new ProjectId(UUID.randomUUID());
    var project = new Project(id, "Bench", "benchkey", "bench", Integer.MAX_VALUE / 2, 100);
    var projects = new ProjectStore(own, Cloud.TABLES);
    if (!projects.create(project)) {
      throw new IllegalStateException("the project is there already");
    }
    projects.keep(
        SECRET,
        new ApiKey(id, ApiKey.Access.READ_WRITE, SECRET.substring(0, ApiKey.PREFIX_LENGTH), now));
    var catalog = new CheckCatalog(own, Cloud.TABLES);
    for (int i = 0; i < checks; i++) {
      aCheck().called("check " + i).tags("prod db").up(now).in(id).storedIn(catalog);
    }
  }

  private void measure(String what, int each, IntFunction<byte[]> request) {
    for (int i = 0; i < WARM_UP; i++) {
      send(function, request.apply(i));
    }
    meter.reset();
    send(metered, request.apply(WARM_UP));
    var usage = meter.usage();
    var next = new AtomicInteger(WARM_UP + 1);
    var micros =
        Samples.ofCpu(
            each,
            () ->
                () -> {
                  for (int i = 0; i < each; i++) {
                    send(function, request.apply(next.getAndIncrement()));
                  }
                });
    System.out.printf(
        Locale.ROOT,
        "%-27s %6d %7.1f %6.1f   %11.0f (%.0f) %23.0f%n",
        what,
        usage.calls(),
        usage.writeUnits(),
        usage.readUnits(),
        micros.min(),
        micros.median(),
        CORES * 1e6 / micros.median());
  }

  private static void send(Function<InputStream, byte[]> to, byte[] event) {
    var answer = to.apply(new ByteArrayInputStream(event));
    if (!new String(answer, 0, 20, StandardCharsets.UTF_8).startsWith("{\"statusCode\":20")) {
      throw new IllegalStateException("answered " + new String(answer, StandardCharsets.UTF_8));
    }
  }

  private static byte[] list() {
    return GatewayEvent.of("GET", "/api/v3/checks/", "", HEADERS, new byte[0]);
  }

  private static byte[] check(int number) {
    var body =
        "{\"name\": \"another %d\", \"tags\": \"prod db\", \"timeout\": 86400}".formatted(number);
    return GatewayEvent.of(
        "POST", "/api/v3/checks/", "", HEADERS, body.getBytes(StandardCharsets.UTF_8));
  }
}
