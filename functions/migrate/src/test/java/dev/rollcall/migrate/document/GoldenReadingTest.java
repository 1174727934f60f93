package dev.rollcall.migrate.document;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.store.Stores;
import dev.rollcall.testing.TablesInMemory;
import dev.rollcall.testing.golden.Chronicle;
import dev.rollcall.testing.golden.GoldenItems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Whatever documents of releases to come do to the items of a release: when they are taken back,
/// its stores read what they read before.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenReadingTest {
  private static final int TIMES = 12;
  private static final GoldenItems GOLDEN = GoldenItems.of("0.1.0");

  /// Keys, and what indexes stand on: no document changes them in place.
  private static final Set<String> FIXED =
      Set.of("pk", "sk", "_v", "rev", "parent", "child", "due", "dueShard");

  private static final List<String> UNKNOWN = List.of("colour", "shape", "weight");

  private final TablesInMemory memory = new TablesInMemory();
  private final Source ids = new Counted();
  private final String reading;

  GoldenReadingTest() {
    GOLDEN.putInto(memory.client(), memory.tables());
    reading = reading();
  }

  @AfterAll
  void close() {
    memory.close();
  }

  static List<Match> kinds() {
    return List.of(
        new Match("CHECK", "CHECK#", "HOT", 1),
        new Match("CHECK", "CHECK#", "DETAIL", 1),
        new Match("CHANNEL", "CHANNEL#", "ITEM", 1),
        new Match("PROJECT", "PROJECT#", "ITEM", 1));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void Items_that_went_up_and_back_read_as_they_did(Match kind) {
    var items = GOLDEN.state().stream().filter(kind::covers).toList();
    assertThat(items).isNotEmpty();
    Draws.always(
        TIMES,
        draws -> {
          var migration = draws.anything("0002", 2, kind, attributes(items));
          for (var item : items) {
            var up = Trial.of(item).expanded(migration, ids);
            var far = draws.coin() ? up.settled(migration, ids) : up;
            put(far.back(migration).item());
          }
          assertThat(reading()).as("after %s", migration.ops()).isEqualTo(reading);
        });
  }

  @Test
  void An_item_that_lost_a_value_reads_otherwise() {
    var channel = GOLDEN.state().stream().filter(kinds().get(2)::covers).findFirst().orElseThrow();
    var other = new HashMap<>(channel);
    other.put("name", AttributeValue.fromS("another"));
    put(other);

    assertThat(reading()).isNotEqualTo(reading);

    put(channel);
    assertThat(reading()).isEqualTo(reading);
  }

  private static List<String> attributes(List<Map<String, AttributeValue>> items) {
    var known =
        items.stream().flatMap(item -> item.keySet().stream()).collect(toSet()).stream()
            .filter(name -> !FIXED.contains(name))
            .sorted();
    return Stream.concat(known, UNKNOWN.stream()).toList();
  }

  private void put(Map<String, AttributeValue> item) {
    memory.client().putItem(put -> put.tableName(memory.tables().state()).item(item));
  }

  private String reading() {
    return Chronicle.read(Stores.of(memory.client(), memory.tables()));
  }
}
