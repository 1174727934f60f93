package dev.rollcall.bench;

import dev.rollcall.core.project.Project;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.edge.AwsClients;
import dev.rollcall.edge.Settings;
import dev.rollcall.ping.PingFunction;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.ProjectStore;
import dev.rollcall.testing.Meter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The ping function alone in its process, called as Lambda calls it, one event at a time.
final class PingProbe {
  /// What the reference spends on a ping in all its processes, on the same class of machine.
  private static final double REFERENCE_LEAST_MICROS = 4000;

  private static final double REFERENCE_MOST_MICROS = 5500;

  private static final int WARM_UP = 3000;
  private static final int COUNTED = 10;
  private static final int PINGS = 100;

  private final Meter meter = new Meter();
  private final PingFunction function;
  private final PingFunction metered;
  private final CheckCatalog catalog;
  private final Project project =
      new Project(
          new ProjectId(UUID.randomUUID()),
          "Bench",
          "benchkey",
          "bench",
          Integer.MAX_VALUE / 2,
          100);

  /// @param own by which the checks are made, patient where the function's client is not
  private PingProbe(DynamoDbClient own, Settings settings) {
    var dynamo = AwsClients.dynamoDb();
    var sqs = AwsClients.sqs();
    function = new PingFunction(settings, dynamo, sqs, InstantSource.system());
    metered = new PingFunction(settings, meter.count(dynamo), sqs, InstantSource.system());
    catalog = new CheckCatalog(own, Cloud.TABLES);
    if (!new ProjectStore(own, Cloud.TABLES).create(project)) {
      throw new IllegalStateException("the project is there already");
    }
  }

  public static void main(String[] arguments) {
    var own = Cloud.makeTables();
    var probe = new PingProbe(own, Settings.fromEnvironment());
    var wanted = arguments.length == 0 ? "" : arguments[0];
    probe.warmUp();
    System.out.printf(
        "%-27s %6s %7s %6s   %s%n",
        "", "calls", "write", "read", "CPU µs/ping, least (median)   reference / median");
    PingKind.ALL.stream().filter(kind -> kind.name().startsWith(wanted)).forEach(probe::measure);
    System.exit(0);
  }

  private void warmUp() {
    var success = PingKind.ALL.getFirst();
    for (int done = 0; done < WARM_UP; done += PINGS) {
      send(function, prepare(success, 1, PINGS));
    }
  }

  private void measure(PingKind kind) {
    send(function, prepare(kind, PINGS, 1));
    var counted = prepare(kind, COUNTED, 1);
    meter.reset();
    send(metered, counted);
    var usage = meter.usage();
    var micros =
        Samples.ofCpu(
            PINGS,
            () -> {
              var events = prepare(kind, PINGS, 1);
              return () -> send(function, events);
            });
    System.out.printf(
        Locale.ROOT,
        "%-27s %6.1f %7.1f %6.1f   %11.0f (%.0f) %23.1f–%.1f×%n",
        kind.name(),
        (double) usage.calls() / COUNTED,
        usage.writeUnits() / COUNTED,
        usage.readUnits() / COUNTED,
        micros.min(),
        micros.median(),
        REFERENCE_LEAST_MICROS / micros.median(),
        REFERENCE_MOST_MICROS / micros.median());
  }

  private static void send(PingFunction to, List<byte[]> events) {
    for (var event : events) {
      var answer = new ByteArrayOutputStream(512);
      to.handleRequest(new ByteArrayInputStream(event), answer, null);
      var text = answer.toString(StandardCharsets.UTF_8);
      if (!text.startsWith("{\"statusCode\":20")) {
        throw new IllegalStateException("answered " + text);
      }
    }
  }

  /// So many checks of this kind, stored, and an event for each ping of them.
  private List<byte[]> prepare(PingKind kind, int checks, int pingsEach) {
    var events = new ArrayList<byte[]>();
    for (int i = 0; i < checks; i++) {
      var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
      var slug = UUID.randomUUID().toString();
      var path =
          switch (kind.target()) {
            case ID -> {
              var made = kind.check().apply(now).in(project.id()).storedIn(catalog);
              yield "/ping/" + made.check().id();
            }
            case SLUG -> {
              var _ = kind.check().apply(now).in(project.id()).slug(slug).storedIn(catalog);
              yield "/ping/" + project.pingKey() + "/" + slug;
            }
            case NEW_SLUG -> "/ping/" + project.pingKey() + "/" + slug;
          };
      var query = kind.target() == PingKind.Target.NEW_SLUG ? "create=1" : "";
      for (int ping = 0; ping < pingsEach; ping++) {
        var body = body(kind);
        events.add(
            GatewayEvent.of(
                body.length == 0 ? "GET" : "POST", path + kind.report(), query, Map.of(), body));
      }
    }
    return events;
  }

  /// Lines as a job writes them, other ones in each ping, cut to size.
  private static byte[] body(PingKind kind) {
    if (kind.bodySize() == 0) {
      return new byte[0];
    }
    var random = new Random();
    var text = new StringBuilder(kind.word()).append('\n');
    IntStream.iterate(0, line -> text.length() < kind.bodySize(), line -> line + 1)
        .forEach(line ->
            text.append(
                "line %04d: copied part-%08x to archive in %d ms%n"
                    .formatted(line, random.nextInt(), random.nextInt(9000))));
    return text.substring(0, kind.bodySize()).getBytes(StandardCharsets.US_ASCII);
  }
}
