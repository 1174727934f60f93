package dev.rollcall.testing.contract;

import static dev.rollcall.testing.CheckBuilder.aCheck;
import static dev.rollcall.testing.Moments.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.RunId;
import dev.rollcall.core.check.Signal;
import dev.rollcall.core.check.Step;
import dev.rollcall.core.project.ApiKey;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.project.Project;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.core.schedule.Parsed;
import dev.rollcall.core.schedule.Schedules;
import dev.rollcall.store.CheckItem;
import dev.rollcall.store.Stores;
import dev.rollcall.store.UnreadableItem;
import dev.rollcall.testing.Items;
import dev.rollcall.testing.Recorder;
import dev.rollcall.testing.TablesInMemory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// The rules of the design that no single method keeps: each holds for everything the stores do to
/// a check in its life.
class RulesTest {
  private static final TablesInMemory TABLES = new TablesInMemory();

  @AfterAll
  static void close() {
    TABLES.close();
  }

  private static Function<Check, Step> hears(Signal signal, Instant at) {
    return check -> check.hear(signal, at);
  }

  /// Everything that can be written to a check once it exists, each under a name.
  private static Map<String, Consumer<Stores>> writes(CheckId id) {
    var at = NOON.plusSeconds(10);
    return Map.of(
        "the fast path",
        stores -> stores.checks().countSuccess(id, at, "1"),
        "a start",
        stores -> save(stores, id, hears(new Signal.Start(null), at)),
        "a failure",
        stores -> save(stores, id, hears(new Signal.Failure(null), at)),
        "a sweep",
        stores -> save(stores, id, check -> check.sweep(at.plusSeconds(9999))),
        "a pause",
        stores -> save(stores, id, check -> check.pause(at)),
        "other expectations",
        stores ->
            save(
                stores,
                id,
                check -> check.expect(check.schedule(), Duration.ofSeconds(7), check.rules())),
        "a flip told",
        stores -> {
          save(stores, id, hears(new Signal.Failure(null), at));
          var flip = stores.checks().find(id).orElseThrow().untold().getFirst();
          stores.checks().told(id, flip.number());
        },
        "a description",
        stores ->
            stores.catalog().describe(id, details -> StoreContract.named(details, "New", "new")));
  }

  private static CheckItem save(Stores stores, CheckId id, Function<Check, Step> step) {
    var item = stores.checks().find(id).orElseThrow();
    return StoreContract.done(stores.checks().save(item, NOON.plusSeconds(10), step)).item();
  }

  @Nested
  class Every_write_to_a_check {
    private final StoreContract raw = new StoreContract(TABLES) {};

    @Test
    void leaves_attributes_of_a_newer_release_as_they_are() {
      for (var name : writes(new CheckId(UUID.randomUUID())).keySet()) {
        var id = aCheck().up(NOON).slug("old").storedIn(raw.stores.catalog()).check().id();
        raw.teach("CHECK#" + id, "HOT");
        raw.teach("CHECK#" + id, "DETAIL");
        var before = List.of(raw.hot(id), detail(id));
        Objects.requireNonNull(writes(id).get(name)).accept(raw.stores);
        assertThat(List.of(raw.hot(id), detail(id))).as(name).isNotEqualTo(before);
        assertThat(raw.hot(id))
            .as(name)
            .containsEntry("fromTomorrow", AttributeValue.fromS("keep me"));
        assertThat(detail(id))
            .as(name)
            .containsEntry("fromTomorrow", AttributeValue.fromS("keep me"));
      }
    }

    @Test
    void raises_the_rev_of_the_item_that_it_changes() {
      for (var name : writes(new CheckId(UUID.randomUUID())).keySet()) {
        var id = aCheck().up(NOON).storedIn(raw.stores.catalog()).check().id();
        var hot = raw.hot(id);
        var detail = detail(id);
        Objects.requireNonNull(writes(id).get(name)).accept(raw.stores);
        assertThat(rev(raw.hot(id)) > rev(hot)).as(name).isEqualTo(!raw.hot(id).equals(hot));
        assertThat(rev(detail(id)) > rev(detail)).as(name).isEqualTo(!detail(id).equals(detail));
      }
    }

    @Test
    void is_conditional_and_puts_only_what_is_new() {
      var recorder = new Recorder();
      var stores = Stores.of(recorder.record(TABLES.client()), TABLES.tables());
      for (var name : writes(new CheckId(UUID.randomUUID())).keySet()) {
        var id = aCheck().up(NOON).slug("old").storedIn(stores.catalog()).check().id();
        Objects.requireNonNull(writes(id).get(name)).accept(stores);
        stores.catalog().delete(id);
      }
      assertThat(recorder.calls())
          .isNotEmpty()
          .allSatisfy(call -> {
            switch (call.request()) {
              case UpdateItemRequest update -> {
                if (isCheck(update.key())) {
                  assertThat(update.conditionExpression()).isNotBlank();
                }
              }
              case DeleteItemRequest delete -> assertThat(isCheck(delete.key())).isFalse();
              case PutItemRequest put -> assertThat(isCheck(put.item())).isFalse();
              case TransactWriteItemsRequest transaction -> keepsTheRules(transaction);
              default -> assertThat(call.operation()).isIn("getItem", "query", "batchGetItem");
            }
          });
    }

    /// A transaction touches a hot item to make it or to delete it: a ping must not meet one.
    private static void keepsTheRules(TransactWriteItemsRequest transaction) {
      for (var write : transaction.transactItems()) {
        if (write.put() != null) {
          assertThat(write.put().conditionExpression()).isEqualTo("attribute_not_exists(#pk)");
        }
        if (write.delete() != null && isCheck(write.delete().key())) {
          assertThat(write.delete().conditionExpression()).isNotBlank();
        }
        if (write.update() != null) {
          assertThat(sk(write.update().key())).isNotEqualTo("HOT");
          assertThat(isCheck(write.update().key()) && write.update().conditionExpression() == null)
              .isFalse();
        }
      }
    }

    private static boolean isCheck(Map<String, AttributeValue> key) {
      return Items.value(key, "pk").s().startsWith("CHECK#");
    }

    private static String sk(Map<String, AttributeValue> key) {
      return Items.value(key, "sk").s();
    }

    private Map<String, AttributeValue> detail(CheckId id) {
      return raw.item("CHECK#" + id, "DETAIL").orElseThrow();
    }

    private static long rev(Map<String, AttributeValue> item) {
      return Long.parseLong(Items.value(item, "rev").n());
    }
  }

  @Nested
  class Every_item_of_the_state_table {

    @Test
    void carries_the_version_of_its_shape() {
      var stores = Stores.of(TABLES.client(), TABLES.tables());
      var project = new Project(new ProjectId(UUID.randomUUID()), "P", key(), key(), 10, 10);
      stores.projects().create(project);
      stores
          .projects()
          .keep(key(), new ApiKey(project.id(), ApiKey.Access.READ_WRITE, "abcdefgh", NOON));
      stores
          .integrations()
          .create(
              new Integration(
                  new ChannelId(UUID.randomUUID()),
                  project.id(),
                  "email",
                  "",
                  Map.of(),
                  false,
                  null,
                  NOON));
      aCheck().in(project.id()).slug("job").storedIn(stores.catalog());
      assertThat(Items.in(TABLES.client(), TABLES.tables().state()))
          .hasSizeGreaterThan(10)
          .allSatisfy(item -> assertThat(item).containsKey("_v"));
    }

    private static String key() {
      return UUID.randomUUID().toString();
    }
  }

  @Nested
  class A_check_of_a_newer_release {
    private final StoreContract raw = new StoreContract(TABLES) {};
    private final CheckItem item = aCheck().up(NOON).storedIn(raw.stores.catalog());
    private final CheckId id = item.check().id();

    @Test
    void is_not_read_and_not_counted_by_the_fast_path() {
      raw.client.updateItem(update ->
          update
              .tableName(TABLES.tables().state())
              .key(
                  Map.of(
                      "pk", AttributeValue.fromS("CHECK#" + id), "sk", AttributeValue.fromS("HOT")))
              .updateExpression("SET #v = :v")
              .expressionAttributeNames(Map.of("#v", "_v"))
              .expressionAttributeValues(Map.of(":v", AttributeValue.fromN("2"))));
      var before = raw.hot(id);
      assertThatThrownBy(() -> raw.stores.checks().find(id)).isInstanceOf(UnreadableItem.class);
      assertThatThrownBy(() -> raw.stores.checks().countSuccess(id, NOON.plusSeconds(1), "r"))
          .isInstanceOf(UnreadableItem.class);
      assertThat(raw.hot(id)).isEqualTo(before);
    }
  }

  @Nested
  class A_hot_item {
    private final StoreContract raw = new StoreContract(TABLES) {};

    @Test
    void stays_under_a_kilobyte_in_the_worst_case() {
      var zone =
          ZoneId.getAvailableZoneIds().stream()
              .max(Comparator.comparingInt(String::length))
              .map(ZoneId::of)
              .orElseThrow();
      var id =
          aCheck()
              .on(longestSchedule(), zone)
              .grace(Duration.ofDays(365))
              .rules(new Rules(true, true, true, true))
              .failed(instant(1))
              .running(instant(2), new RunId(UUID.randomUUID()))
              .lastDuration(Duration.ofDays(365).plusMillis(123))
              .heard(98_765_432, 87_654_321)
              .storedIn(raw.stores.catalog())
              .check()
              .id();
      flip(id, new Signal.Success(null), instant(3));
      flip(id, new Signal.Failure(new RunId(UUID.randomUUID())), instant(4));
      flip(id, new Signal.Start(new RunId(UUID.randomUUID())), instant(5));
      assertThat(raw.hot(id)).containsKeys("due", "run", "runId", "rules", "manualResume");
      assertThat(raw.stored(id).untold()).hasSize(2);
      assertThat(Items.size(raw.hot(id))).isBetween(600, 900);
    }

    private void flip(CheckId id, Signal signal, Instant at) {
      raw.stores
          .checks()
          .save(
              raw.stored(id),
              "%s#%027d".formatted(UUID.randomUUID(), 1),
              at,
              check -> check.hear(signal, at));
    }

    /// With all the digits that a microsecond has.
    private static Instant instant(int second) {
      return NOON.plusSeconds(second).plusNanos(123_457_000);
    }

    private static String longestSchedule() {
      var minutes = new StringBuilder("0");
      for (int minute = 1; minutes.length() + " 0 * * *".length() <= 98; minute++) {
        minutes.append(',').append(10 + minute % 50);
      }
      var expression = minutes + " 0 * * *";
      assertThat(expression.length()).isBetween(98, 100);
      assertThat(Schedules.parse(expression, ZoneId.of("UTC"))).isInstanceOf(Parsed.Valid.class);
      return expression;
    }
  }
}
