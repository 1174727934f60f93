package dev.rollcall.migrate.engine;

import static dev.rollcall.core.schema.Schema.Phase.STEADY;
import static dev.rollcall.testing.CheckBuilder.aCheck;
import static dev.rollcall.testing.Moments.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Status;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.core.schema.Release;
import dev.rollcall.core.schema.Schema;
import dev.rollcall.edge.Settings;
import dev.rollcall.migrate.document.Documents;
import dev.rollcall.migrate.document.Migration;
import dev.rollcall.migrate.document.Source;
import dev.rollcall.ping.PingFunction;
import dev.rollcall.store.RawItems;
import dev.rollcall.store.Stores;
import dev.rollcall.testing.Call;
import dev.rollcall.testing.HttpEvent;
import dev.rollcall.testing.Items;
import dev.rollcall.testing.Meter;
import dev.rollcall.testing.Meter.Usage;
import dev.rollcall.testing.QueueInMemory;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.TablesInMemory;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What `bench/migrate` measures, smaller: checks are brought up two levels and back, while the
/// ping function of this release serves. Pings come before each page that the migrator reads, and
/// from other threads at any moment.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PingsMeanwhileTest {
  private static final int CHECKS = 500;
  private static final ProjectId PROJECT = new ProjectId(new UUID(0, 1));

  /// After so many calls of the migrator another thread pings.
  private static final int CALLS = 8;

  private static final List<Migration> DOCUMENTS = documents();

  private final TablesInMemory memory = new TablesInMemory();
  private final SettableClock clock = new SettableClock(NOON);
  private final QueueInMemory queues = new QueueInMemory();
  private final PingFunction function =
      new PingFunction(
          new Settings(
              Map.of(
                      "ROLLCALL_STATE_TABLE", memory.tables().state(),
                      "ROLLCALL_LOG_TABLE", memory.tables().log(),
                      "ROLLCALL_FLIPS_QUEUE", "flips",
                      "ROLLCALL_DUE_QUEUE", "due",
                      "ROLLCALL_INBOX_QUEUE", "inbox")
                  ::get),
          memory.client(),
          queues,
          clock);
  private final Stores stores = Stores.of(memory.client(), memory.tables());
  private final List<CheckId> checks = new ArrayList<>();

  private final Map<CheckId, Integer> accepted = new ConcurrentHashMap<>();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pings = new AtomicInteger();
  private final ExecutorService others = Executors.newVirtualThreadPerTaskExecutor();

  private final List<Progress> ends = new ArrayList<>();
  private final Map<String, Usage> usages = new HashMap<>();
  private Map<String, Map<String, AttributeValue>> before = Map.of();

  private static List<Migration> documents() {
    var documents = new ArrayList<>(Documents.ofThisBuild().migrations());
    var level = Release.THIS.level();
    documents.add(Papers.read(adding("9001", level, "HOT", "weight")));
    documents.add(Papers.read(adding("9002", level + 1, "DETAIL", "label")));
    return documents;
  }

  private static String adding(String id, int from, String sk, String attribute) {
    return """
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
  }

  @BeforeAll
  void up_and_back() {
    var level = Release.THIS.level();
    finish(migrator(level, new Meter()), level);
    for (int number = 0; number < CHECKS; number++) {
      checks.add(
          aCheck()
              .in(PROJECT)
              .every(Duration.ofDays(1))
              .up(NOON)
              .storedIn(stores.catalog())
              .check()
              .id());
    }
    before = shapes();
    var hot = new Meter();
    finish(migrator(level + 1, hot), level + 1);
    usages.put("hot items up", hot.usage());
    var detail = new Meter();
    finish(migrator(level + 2, detail), level + 2);
    usages.put("detail items up", detail.usage());
    var back = new Meter();
    var older = migrator(level, back);
    ends.add(finish(until -> older.rollback(level, "back", false, until)));
    usages.put("both back", back.usage());
    others.close();
  }

  @AfterAll
  void close() {
    memory.close();
  }

  @Test
  void Each_item_takes_one_call_and_one_write_unit_up_and_one_back() {
    assertThat(usages)
        .containsEntry("hot items up", new Usage(CHECKS, CHECKS, 0))
        .containsEntry("detail items up", new Usage(CHECKS, CHECKS, 0))
        .containsEntry("both back", new Usage(2 * CHECKS, 2 * CHECKS, 0));
  }

  @Test
  void The_data_is_at_each_level_and_back_again() {
    var level = Release.THIS.level();
    assertThat(ends)
        .containsExactly(
            new Progress.Done(new Schema(level, level, 1, 1, STEADY)),
            new Progress.Done(new Schema(level + 1, level + 1, 1, 1, STEADY)),
            new Progress.Done(new Schema(level + 2, level + 2, 1, 1, STEADY)),
            new Progress.Done(new Schema(level, level, 1, 1, STEADY)));
    assertThat(shapes()).isEqualTo(before);
  }

  @Test
  void No_ping_is_refused_or_has_to_wait() {
    assertThat(refused).isEmpty();
    assertThat(accepted.values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(pings.get())
        .isGreaterThan(400);
    assertThat(Items.in(memory.client(), memory.tables().log()))
        .noneMatch(item -> World.key(item).startsWith("INBOX#"));
    assertThat(queues.sentTo("inbox")).isEmpty();
  }

  @Test
  void Every_ping_that_was_accepted_is_counted_and_logged() {
    var logged = new HashMap<CheckId, Integer>();
    for (var item : Items.in(memory.client(), memory.tables().log())) {
      if (Items.value(item, RawItems.SK).s().startsWith("P#")) {
        var check = Items.value(item, RawItems.PK).s().substring("CHECK#".length());
        logged.merge(new CheckId(UUID.fromString(check)), 1, Integer::sum);
      }
    }
    var counted = new HashMap<CheckId, Integer>();
    for (var check : checks) {
      var more = (int) stores.checks().find(check).orElseThrow().check().pings() - 1;
      if (more > 0) {
        counted.put(check, more);
      }
    }
    assertThat(counted).isEqualTo(accepted);
    assertThat(logged).isEqualTo(accepted);
  }

  @Test
  void Nobody_is_told_of_anything() {
    assertThat(queues.sentTo("flips")).isEmpty();
    assertThat(checks)
        .map(check -> stores.checks().find(check).orElseThrow().check())
        .allMatch(check -> check.flips() == 1 && check.status(clock.instant()) == Status.UP);
  }

  /// Of a release of this level, whose writes of items are counted and whose calls let pings in.
  private Migrator migrator(int level, Meter meter) {
    var calls = new AtomicInteger();
    var counted = meter.count(memory.client(), PingsMeanwhileTest::writesItem);
    var client =
        Hooks.before(
            counted,
            call -> {
              if (checks.isEmpty()) {
                return;
              }
              if (call.operation().equals("scan")) {
                ping();
              } else if (calls.incrementAndGet() % CALLS == 0) {
                others.execute(this::ping);
              }
            });
    return new Migrator(
        new RawItems(client, memory.tables()),
        new Release("0." + level + ".0", level, 1),
        DOCUMENTS.stream().filter(document -> document.to() <= level).toList(),
        new Setup(
            "test",
            Policy.USUAL,
            Timing.CLOUD,
            Watch.by(clock, clock::advance),
            Source.secure(),
            _ -> "-"));
  }

  private static boolean writesItem(Call call) {
    return call.writes().filter(partition -> !partition.equals(RawItems.META)).isPresent();
  }

  private void finish(Migrator migrator, int level) {
    var expanded = finish(until -> migrator.expand(level, "expand " + level, until));
    assertThat(expanded).isInstanceOf(Progress.Done.class);
    ends.add(finish(until -> migrator.settle(level, "settle " + level, until)));
  }

  private Progress finish(Function<Instant, Progress> call) {
    for (int turn = 0; turn < 100; turn++) {
      var progress = call.apply(clock.instant().plusSeconds(60));
      if (!(progress instanceof Progress.Going going)) {
        return progress;
      }
      clock.advance(Duration.between(clock.instant(), going.again()).plusMillis(1));
    }
    throw new AssertionError("it goes on for ever");
  }

  /// Pings the checks in turn.
  private void ping() {
    var number = pings.getAndIncrement();
    var check = checks.get(number * 7 % CHECKS);
    var answer = new ByteArrayOutputStream();
    function.handleRequest(HttpEvent.get("/ping/" + check).json(), answer, null);
    var text = answer.toString(UTF_8);
    if (text.startsWith("{\"statusCode\":200")) {
      accepted.merge(check, 1, Integer::sum);
    } else {
      refused.add(text);
    }
  }

  /// The items as releases see them, without what pings write.
  private Map<String, Map<String, AttributeValue>> shapes() {
    var shapes = new HashMap<String, Map<String, AttributeValue>>();
    for (var item : Items.in(memory.client(), memory.tables().state())) {
      if (!World.key(item).startsWith(RawItems.META)) {
        var shape =
            World.visible(item).entrySet().stream()
                .filter(each -> !List.of("last", "pings", "request").contains(each.getKey()))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
        shapes.put(World.key(item), shape);
      }
    }
    return shapes;
  }
}
