package dev.rollcall.testing.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.store.Stores;
import dev.rollcall.testing.TablesInMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// `releases.txt` names every release; of each there is a file with what it stored.
class GoldenItemsTest {
  private static final Path RELEASES = Path.of("..", "..", "releases.txt");
  private static final Path FILES = Path.of("src", "main", "resources", "golden");

  static List<String> releases() throws IOException {
    return Files.readAllLines(RELEASES).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("releases")
  void What_a_release_stored_is_read_as_if_this_release_had_stored_it(String release) {
    assertThat(readFrom(GoldenItems.of(release))).isEqualTo(readFrom(GoldenItems.written()));
  }

  /// What it adds of its own, older releases leave alone; what they know has to be as they had it.
  @Test
  void In_the_level_of_the_first_release_this_one_stores_what_that_one_stored_and_its_counts() {
    var written = GoldenItems.written(1);
    var known = new GoldenItems(withoutCounts(written.state()), written.log());

    assertThat(known.json()).isEqualTo(GoldenItems.of("0.1.0").json());
    assertThat(written.json()).contains("\"starts\"", "\"failures\"", "\"logs\"");
  }

  /// A difference is no fault of itself: a shape may change, in a migration. Then the file of the
  /// release to come is what this test leaves in `target`.
  @Test
  void What_this_release_stores_is_on_record() throws IOException {
    var written = GoldenItems.written().json();
    var record = Files.createDirectories(Path.of("target")).resolve("next.json");
    Files.writeString(record, written);

    assertThat(FILES.resolve("next.json"))
        .as("if the items are meant to differ, copy %s there", record)
        .content()
        .isEqualTo(written);
  }

  @Test
  void Every_file_belongs_to_a_release() throws IOException {
    try (var files = Files.list(FILES)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(releases().stream(), Stream.of("next")).toList());
    }
  }

  private static List<Map<String, AttributeValue>> withoutCounts(
      List<Map<String, AttributeValue>> items) {
    return items.stream()
        .map(item -> {
          var known = new HashMap<>(item);
          known.keySet().removeAll(Set.of("starts", "failures", "logs", "ignored", "begun"));
          return Map.copyOf(known);
        })
        .toList();
  }

  private static String readFrom(GoldenItems items) {
    try (var memory = new TablesInMemory()) {
      items.putInto(memory.client(), memory.tables());
      return Chronicle.read(Stores.of(memory.client(), memory.tables()));
    }
  }
}
