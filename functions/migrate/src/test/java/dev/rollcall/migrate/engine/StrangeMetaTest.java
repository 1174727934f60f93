package dev.rollcall.migrate.engine;

import static dev.rollcall.core.schema.Schema.Phase.STEADY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import dev.rollcall.edge.Settings;
import dev.rollcall.ping.PingFunction;
import dev.rollcall.store.RawItems;
import dev.rollcall.testing.HttpEvent;
import dev.rollcall.testing.Items;
import dev.rollcall.testing.QueueInMemory;
import dev.rollcall.testing.fuzz.Strange;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// META that a release wrote which is newer than any here, or that is damaged.
class StrangeMetaTest extends OnData {
  /// Of some 4,500.
  private static final int VARIANTS = Integer.getInteger("variants", 60);

  private static final String OWN = "META REL#0.2.0";

  @Test
  void Is_refused_untouched_or_understood_and_pings_are_taken_whatever_it_looks_like() {
    world.deploy(2);
    var shapes = world.shapes();
    world.deploy(3);
    var atRest = world.items();
    var settling = underWay();
    var seed = Long.getLong("seed", System.nanoTime());

    for (var strange : chosen(atRest, settling, new Random(seed))) {
      var what = "-Dseed=" + seed + " " + strange;
      world.restore(strange.rest);
      world.put(strange.item.item());
      var before = others();

      looks(what);
      var progress = goesBack(what);

      if (progress instanceof Progress.Refused(var reason)) {
        assertThat(others()).as(what).isEqualTo(before);
        assertThat(reason).as(what).contains("0.");
      } else {
        assertThat(progress).as(what).isEqualTo(new Progress.Done(schema(2, 2, 1, 1, STEADY)));
        assertThat(world.shapes()).as(what).isEqualTo(shapes);
      }
      pings(what);
    }
  }

  /// One item of a table that is otherwise as it was.
  private record Case(List<Map<String, AttributeValue>> rest, Strange item) {
    @Override
    public String toString() {
      return item.what();
    }
  }

  private static List<Case> chosen(
      List<Map<String, AttributeValue>> atRest,
      List<Map<String, AttributeValue>> settling,
      Random random) {
    var cases = new ArrayList<Case>();
    for (var items : List.of(atRest, settling)) {
      items.stream()
          .filter(item -> World.key(item).startsWith("META "))
          .flatMap(item -> Strange.variantsOf(item).stream())
          .forEach(strange -> cases.add(new Case(items, strange)));
    }
    Collections.shuffle(cases, random);
    return cases.subList(0, Math.min(VARIANTS, cases.size()));
  }

  /// The data while release 0.3.0 settles again, with a part of the work done.
  private List<Map<String, AttributeValue>> underWay() {
    world.rollback(2);
    world.expand(3);
    var migrator = world.release(3);
    var request = world.request();
    migrator.settle(3, request, world.soon());
    world.clock.advance(world.timing.cache());
    migrator.settle(3, request, world.soon());
    assertThat(world.schema().phase()).isNotEqualTo(STEADY);
    return world.items();
  }

  /// Whatever only looks, answers, and changes nothing.
  private void looks(String what) {
    var before = world.items();
    var report = world.release(2).status();
    assertThat(report.history().size() + report.unclear().size()).as(what).isPositive();
    assertThat(ReportDocument.whole(report)).as(what).containsKey("level");
    world.release(2).plan(2);
    assertThat(world.items()).as(what).containsExactlyInAnyOrderElementsOf(before);
  }

  private Progress goesBack(String what) {
    try {
      return world.rollback(2);
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError(what, failure);
    }
  }

  private void pings(String what) {
    var function =
        new PingFunction(
            new Settings(
                Map.of(
                        "ROLLCALL_STATE_TABLE", world.memory.tables().state(),
                        "ROLLCALL_LOG_TABLE", world.memory.tables().log(),
                        "ROLLCALL_FLIPS_QUEUE", "flips",
                        "ROLLCALL_DUE_QUEUE", "due",
                        "ROLLCALL_INBOX_QUEUE", "inbox")
                    ::get),
            world.memory.client(),
            new QueueInMemory(),
            world.clock);
    for (var rest : List.of("", "/fail")) {
      var answer = new ByteArrayOutputStream();
      var check = World.CHECKS.getFirst();
      function.handleRequest(HttpEvent.get("/ping/" + check + rest).json(), answer, null);
      assertThat(answer.toString(UTF_8)).as(what).startsWith("{\"statusCode\":200");
    }
  }

  /// All items but what this release says of itself.
  private Map<String, Map<String, AttributeValue>> others() {
    var items = new HashMap<String, Map<String, AttributeValue>>();
    for (var item : world.items()) {
      if (!World.key(item).equals(OWN)) {
        items.put(World.key(item), item);
      }
    }
    return items;
  }

  @Test
  void Names_what_is_not_understood_and_the_release_that_understands_it() {
    world.deploy(3);
    edit(Entry.key("0002"), "state", fromS("archived"));

    assertThat(refusal(world.rollback(2)))
        .contains("0.2.0", "MIG#0002: `state` is `archived`", "Deploy release 0.3.0 or a newer");
    assertThat(world.release(2).plan(2).refusal().orElseThrow()).contains("archived");
    assertThat(refusal(world.release(2).finalise("0001", "final", world.soon())))
        .contains("archived");
    assertThat(world.release(2).status().history())
        .extracting(Report.Past::id, Report.Past::state)
        .contains(tuple("0002", "unknown"));
  }

  @Test
  void Is_left_alone_by_ticks_as_well() {
    world.deploy(2);
    assertThat(world.release(2).tick(world.soon())).isInstanceOf(Progress.Done.class);
    edit(Head.KEY, "phase", fromS("folding"));
    var before = world.items();

    assertThat(refusal(world.release(2).tick(world.soon()))).contains("folding");
    assertThat(world.items()).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void Of_a_format_to_come_is_not_even_paused() {
    world.deploy(2);
    assertThat(world.release(2).pause(true)).isTrue();
    assertThat(world.release(2).pause(false)).isTrue();
    edit(Head.KEY, "metaFormat", fromN("2"));
    var before = others();

    assertThat(world.release(2).pause(true)).isFalse();
    assertThat(others()).isEqualTo(before);
    assertThat(world.release(2).status().unclear())
        .containsExactly("SCHEMA: `metaFormat` says format 2, and this release knows format 1");
  }

  @Test
  void With_keys_attributes_and_a_vocabulary_more_is_worked_on_and_keeps_them() {
    world.deploy(3);
    edit(Head.KEY, "vocabMax", fromN("9"));
    edit(Head.KEY, "more", fromM(Map.of("of", fromS("it"))));
    edit(Entry.key("0002"), "more", fromS("it"));
    for (var sk : List.of("MIG#0002#NOTE", "MIG#0002#SEG#x#1", "EVT#", "NEWS#1")) {
      world.put(Map.of("pk", fromS("META"), "sk", fromS(sk), "more", fromS("it")));
    }

    assertThat(world.rollback(2)).isEqualTo(new Progress.Done(schema(2, 2, 1, 1, STEADY)));

    assertThat(of("META ")).filteredOn(has("more")).hasSize(6);
    assertThat(world.release(2).status().unclear()).isEmpty();
  }

  @Test
  void Of_work_on_a_migration_that_it_does_not_remember_is_refused() {
    world.deploy(2);
    world.expand(3);
    var delete = Entry.key("0002");
    world
        .memory
        .client()
        .deleteItem(request -> request.tableName(world.memory.tables().state()).key(delete));

    assertThat(refusal(world.settle(3))).contains("not on which migration");
  }

  @Test
  void That_does_not_say_of_a_release_what_it_reads_is_not_finalised() {
    world.deploy(3);
    world.clock.advance(Duration.ofDays(15));
    world.put(Map.of("pk", fromS("META"), "sk", fromS("REL#9.0.0"), "level", fromS("the ninth")));

    assertThat(refusal(world.release(3).finalise("0001", "final", world.soon())))
        .contains("REL#9.0.0", "`level` is no number");
    assertThat(world.deploy(4)).isInstanceOf(Progress.Done.class);
  }

  @Test
  void That_becomes_strange_under_the_hands_of_a_worker_stops_it() {
    world.deploy(2);
    var client =
        Hooks.before(
            world.memory.client(),
            call -> {
              if (call.operation().equals("scan")) {
                edit(Head.KEY, "phase", fromS("folding"));
                edit(Head.KEY, "gen", fromN("1000"));
              }
            });

    assertThat(refusal(world.expand(world.release(3, client), 3))).contains("folding");
    assertThat(Items.value(world.raw.read(Head.KEY).orElseThrow(), "phase").s())
        .isEqualTo("folding");
  }

  private void edit(Map<String, AttributeValue> key, String attribute, AttributeValue value) {
    var item = new HashMap<>(world.raw.read(key).orElseThrow());
    item.put(attribute, value);
    world.put(item);
    assertThat(world.raw.read(RawItems.keyOf(item))).isPresent();
  }
}
