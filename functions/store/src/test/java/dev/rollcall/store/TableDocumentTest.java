package dev.rollcall.store;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/table.md` names exactly what the sources of this module and migrations store: every key
/// with its prefix or its word in capitals, every attribute, every index.
class TableDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "..", "docs", "table.md");
  private static final Path SOURCES = Path.of("src", "main", "java", "dev", "rollcall", "store");

  private static final Path MIGRATE = Path.of("..", "migrate/src/main/java/dev/rollcall/migrate");

  /// Where migrations name what they write to items.
  private static final Path MARKS = MIGRATE.resolve("document/Marks.java");

  /// Where they name what they write to META.
  private static final Path META = MIGRATE.resolve("engine/Meta.java");

  /// Where the deploying function names what it writes there.
  private static final Path DEPLOYMENTS = MIGRATE.resolve("deploy/Requests.java");

  /// `CHECK#`, or `HOT`: the beginning of a string literal in [Keys].
  private static final Pattern KEY_IN_SOURCES = Pattern.compile("\"([A-Z]+(?:#|(?=\")))");

  /// The same at the beginning of a code span.
  private static final Pattern KEY_IN_DOCUMENT = Pattern.compile("`([A-Z]+(?:#|(?=`)))");

  private static final Pattern NAME_IN_SOURCES =
      Pattern.compile("static final String \\w+ = \"([a-z_][A-Za-z-]*)\";");

  private static final Pattern NAME_IN_DOCUMENT = Pattern.compile("`([a-z_][A-Za-z-]*)`");

  /// The first cell of a row that begins with a name.
  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| (`[a-z_][^|]*)");

  @Test
  void Every_key_is_documented_and_every_documented_key_is_used() throws IOException {
    var keys = found(KEY_IN_SOURCES, Files.readString(SOURCES.resolve("Keys.java")));
    keys.addAll(found(KEY_IN_SOURCES, Files.readString(MARKS)));
    keys.addAll(found(KEY_IN_SOURCES, Files.readString(META)));
    keys.addAll(found(KEY_IN_SOURCES, Files.readString(DEPLOYMENTS)));

    assertThat(keys).contains("CHECK#", "PINGKEY#", "HOT", "N#");
    assertThat(found(KEY_IN_DOCUMENT, Files.readString(DOCUMENT))).isEqualTo(keys);
  }

  @Test
  void Every_attribute_is_documented() throws IOException {
    var names = found(NAME_IN_SOURCES, sources());

    assertThat(names).contains(CheckRow.UNTOLD, Keys.PK, Keys.BY_PARENT, CheckRow.V);
    assertThat(found(NAME_IN_DOCUMENT, Files.readString(DOCUMENT))).containsAll(names);
  }

  @Test
  void Every_documented_attribute_is_used() throws IOException {
    var cells = String.join("\n", found(FIRST_CELL, Files.readString(DOCUMENT)));
    var documented = found(NAME_IN_DOCUMENT, cells);

    assertThat(documented).contains("untold", "runId", "by-parent");
    assertThat(found(NAME_IN_SOURCES, sources())).containsAll(documented);
  }

  private static Set<String> found(Pattern pattern, String text) {
    var found = new TreeSet<String>();
    pattern.matcher(text).results().forEach(match -> found.add(match.group(1)));
    return found;
  }

  private static String sources() throws IOException {
    try (var files = Files.list(SOURCES)) {
      return Stream.concat(files, Stream.of(META, DEPLOYMENTS))
          .map(TableDocumentTest::text)
          .collect(joining("\n"));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
