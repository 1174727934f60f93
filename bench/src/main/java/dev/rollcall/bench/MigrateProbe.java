package dev.rollcall.bench;

import dev.rollcall.core.schema.Release;
import dev.rollcall.edge.AwsClients;
import dev.rollcall.edge.Settings;
import dev.rollcall.migrate.document.Documents;
import dev.rollcall.migrate.document.Migration;
import dev.rollcall.migrate.document.Read;
import dev.rollcall.migrate.engine.Migrator;
import dev.rollcall.migrate.engine.Policy;
import dev.rollcall.migrate.engine.Progress;
import dev.rollcall.migrate.engine.Setup;
import dev.rollcall.ping.PingFunction;
import dev.rollcall.store.RawItems;
import dev.rollcall.testing.Call;
import dev.rollcall.testing.Meter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Checks go up two levels of releases to come, the hot items by the first and the detail items by
/// the second, and back to this release's level, while the ping function of this release serves.
final class MigrateProbe {
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration BASELINE = Duration.ofSeconds(40);
  private static final Duration CALL = Duration.ofSeconds(60);

  private static final int LEVEL = Release.THIS.level();
  private static final List<Migration> DOCUMENTS = documents();

  private final Pinger pinger;
  private final int checks;

  private MigrateProbe(Pinger pinger, int checks) {
    this.pinger = pinger;
    this.checks = checks;
  }

  public static void main(String[] arguments) throws InterruptedException {
    var checks = Integer.parseInt(arguments[0]);
    var rate = Integer.parseInt(arguments[1]);
    var own = Cloud.makeTables();
    migrator(LEVEL, Setup.alone("bench"), own).settle(LEVEL, "begin", Instant.now().plus(CALL));
    var ids = ManyChecks.make(own, checks);
    System.out.printf(
        Locale.ROOT,
        "%,d checks, %d pings a second%n%-22s %9s %9s %11s %10s %9s %9s %11s   %s%n",
        checks,
        rate,
        "",
        "items",
        "items/s",
        "units/item",
        "calls/item",
        "working s",
        "waiting s",
        "META units",
        "ping ms, median p99 most (pings)");
    var function =
        new PingFunction(
            Settings.fromEnvironment(),
            AwsClients.dynamoDb(),
            AwsClients.sqs(),
            InstantSource.system());
    Pinger.Count count;
    try (var pinger = Pinger.start(function, ids, rate)) {
      new MigrateProbe(pinger, checks).run();
      count = pinger.stopped();
    }
    var kept = Kept.in(own, ids);
    System.out.printf(
        Locale.ROOT,
        "pings: %,d accepted, %,d refused; %,d counted by the checks, %,d in their logs, %,d waiting;"
            + " %,d flips%n",
        count.accepted(),
        count.refused(),
        kept.counted(),
        kept.logged(),
        kept.waiting(),
        kept.flips());
    var isComplete = count.refused() == 0 && kept.flips() == 0 && kept.holds(count.accepted());
    System.out.println(isComplete ? "none is missing" : "NOT WHAT WAS ACCEPTED");
    System.exit(isComplete ? 0 : 1);
  }

  private void run() throws InterruptedException {
    Thread.sleep(WARM_UP);
    var _ = pinger.samples();
    Thread.sleep(BASELINE);
    System.out.printf("%-96s   %s%n", "no migration", pings(pinger.samples()));
    measure("hot items up", checks, LEVEL + 1, MigrateProbe::up);
    measure("detail items up", checks, LEVEL + 2, MigrateProbe::up);
    measure(
        "both back",
        2 * checks,
        LEVEL,
        (migrator, level) -> List.of(until -> migrator.rollback(level, "back", false, until)));
  }

  private static List<Function<Instant, Progress>> up(Migrator migrator, int level) {
    return List.of(
        until -> migrator.expand(level, "expand " + level, until),
        until -> migrator.settle(level, "settle " + level, until));
  }

  private interface Steps {
    List<Function<Instant, Progress>> of(Migrator migrator, int level);
  }

  private void measure(String what, int items, int level, Steps steps) throws InterruptedException {
    var all = new Meter();
    var ofItems = new Meter();
    var client = ofItems.count(all.count(AwsClients.dynamoDb()), MigrateProbe::writesItem);
    var migrator = migrator(level, deployed(), client);
    long working = 0;
    long begun = System.nanoTime();
    var taken = new ArrayList<Double>();
    for (var step : steps.of(migrator, level)) {
      Progress progress;
      do {
        var _ = pinger.samples();
        var before = System.nanoTime();
        progress = step.apply(Instant.now().plus(CALL));
        working += System.nanoTime() - before;
        taken.addAll(pinger.samples());
        if (progress instanceof Progress.Going going) {
          var wait = Duration.between(Instant.now(), going.again());
          Thread.sleep(wait.isNegative() ? Duration.ZERO : wait);
        }
      } while (progress instanceof Progress.Going);
      if (!(progress instanceof Progress.Done)) {
        throw new IllegalStateException(what + ": " + progress);
      }
    }
    var usage = ofItems.usage();
    var seconds = working / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%-22s %,9d %,9.0f %11.2f %10.2f %9.1f %9.1f %,11.0f   %s%n",
        what,
        items,
        items / seconds,
        usage.writeUnits() / items,
        (double) usage.calls() / items,
        seconds,
        (System.nanoTime() - begun) / 1e9 - seconds,
        all.usage().writeUnits() - usage.writeUnits(),
        pings(taken));
  }

  private static String pings(List<Double> millis) {
    if (millis.isEmpty()) {
      return "-";
    }
    var samples = Samples.of(millis);
    return String.format(
        Locale.ROOT,
        "%.1f %.1f %.1f (%,d)",
        samples.median(),
        samples.below(0.99),
        samples.max(),
        millis.size());
  }

  private static boolean writesItem(Call call) {
    return call.writes().filter(partition -> !partition.equals(RawItems.META)).isPresent();
  }

  private static Migrator migrator(int level, Setup setup, DynamoDbClient client) {
    return new Migrator(
        new RawItems(client, Cloud.TABLES),
        new Release("bench-" + level, level, 1),
        DOCUMENTS.stream().filter(document -> document.to() <= level).toList(),
        setup);
  }

  /// With all its waiting.
  private static Setup deployed() {
    return Setup.cloud("bench", Policy.USUAL, _ -> "none");
  }

  private static List<Migration> documents() {
    var documents = new ArrayList<>(Documents.ofThisBuild().migrations());
    documents.add(adding("9001", LEVEL, "HOT", "weight"));
    documents.add(adding("9002", LEVEL + 1, "DETAIL", "label"));
    return documents;
  }

  /// A document that adds an attribute to one of the items of each check.
  private static Migration adding(String id, int from, String sk, String attribute) {
    var text =
        """
        format: 1
        vocab: 1
        id: "%1$s"
        title: Checks get a %5$s
        release: 9.0.0
        level: {from: %2$d, to: %3$d}
        compat: {minReader: 1, minWriter: 1}
        match: {entity: CHECK, pkPrefix: "CHECK#", sk: %4$s, version: 1}
        ops:
          - {op: add, attr: %5$s, value: {S: none}}
        loss: {down: none-with-attic, finalised: none}
        backup: none
        examples:
          - up:
              in: {keep: {N: "7"}}
              out: {keep: {N: "7"}, %5$s: {S: none}}
          - down:
              in: {keep: {N: "7"}, %5$s: {S: none}}
              out: {keep: {N: "7"}}
        """
            .formatted(id, from, from + 1, sk, attribute);
    return switch (Migration.read("bench", text)) {
      case Read.Good(var migration) -> migration;
      case Read.Bad(var faults) -> throw new IllegalStateException(faults.toString());
    };
  }
}
