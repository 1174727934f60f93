package dev.rollcall.migrate.engine;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.schema.Release;
import dev.rollcall.core.schema.Schema;
import dev.rollcall.core.schema.Schema.Phase;
import dev.rollcall.migrate.document.Documents;
import dev.rollcall.migrate.document.Migration;
import dev.rollcall.store.RawItems;
import dev.rollcall.store.Stores;
import dev.rollcall.testing.Items;
import dev.rollcall.testing.TablesInMemory;
import dev.rollcall.testing.golden.Chronicle;
import dev.rollcall.testing.golden.GoldenItems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What each release stored, brought to this release's level by its own documents, and back by a
/// release that has none.
class GoldenRoundTripTest {
  private static final Path RELEASES = Path.of("..", "..", "releases.txt");

  private final TablesInMemory memory = new TablesInMemory();

  static List<String> releases() throws IOException {
    return Files.readAllLines(RELEASES).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .toList();
  }

  @AfterEach
  void close() {
    memory.close();
  }

  @ParameterizedTest
  @MethodSource("releases")
  void reads_the_same_at_this_level_and_is_the_same_when_it_is_back(String release) {
    GoldenItems.of(release).putInto(memory.client(), memory.tables());
    var from = schema().level();
    var stored = items();
    var reading = reading();
    var level = Release.THIS.level();

    var newer = migrator(Release.THIS, Documents.ofThisBuild().migrations());
    assertThat(newer.settle(level, "up", soon())).isInstanceOf(Progress.Done.class);

    assertThat(schema().level()).isEqualTo(level);
    assertThat(schema().phase()).isEqualTo(Phase.STEADY);
    assertThat(levels()).containsAll(risen(from));
    assertThat(reading()).isEqualTo(reading);

    var older = migrator(new Release(release, from, from), List.of());
    assertThat(older.rollback(from, "back", false, soon())).isInstanceOf(Progress.Done.class);

    assertThat(schema()).isEqualTo(new Schema(from, from, 1, 1, Phase.STEADY));
    assertThat(items()).isEqualTo(stored);
    assertThat(reading()).isEqualTo(reading);
  }

  /// The levels to which documents of this release bring items from this level on.
  private static Set<Integer> risen(int from) {
    return Documents.ofThisBuild().migrations().stream()
        .filter(document -> document.from() >= from)
        .map(Migration::to)
        .collect(toSet());
  }

  /// Those of all items.
  private Set<Integer> levels() {
    return golden().state().stream()
        .filter(item -> item.containsKey(RawItems.VERSION))
        .map(item -> Integer.valueOf(Items.value(item, RawItems.VERSION).n()))
        .collect(toSet());
  }

  private Migrator migrator(Release release, List<Migration> documents) {
    return new Migrator(
        new RawItems(memory.client(), memory.tables()), release, documents, Setup.alone("test"));
  }

  private static Instant soon() {
    return Instant.now().plusSeconds(300);
  }

  private Schema schema() {
    var raw = new RawItems(memory.client(), memory.tables());
    return raw.read(Head.KEY).map(item -> RawItems.schema(item).understood()).orElse(Schema.FIRST);
  }

  private String reading() {
    return Chronicle.read(Stores.of(memory.client(), memory.tables()));
  }

  private GoldenItems golden() {
    return GoldenItems.in(memory.client(), memory.tables());
  }

  /// All items of both tables, without what migrations keep for themselves and the counter of
  /// writes, which only rises.
  private Map<String, Map<String, AttributeValue>> items() {
    var golden = golden();
    return Stream.concat(
            golden.state().stream().filter(item -> !World.key(item).startsWith(RawItems.META)),
            golden.log().stream())
        .collect(toMap(World::key, World::visible));
  }
}
