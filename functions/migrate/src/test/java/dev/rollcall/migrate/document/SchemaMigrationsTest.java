package dev.rollcall.migrate.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The documents of this repository.
class SchemaMigrationsTest {
  private static final Path FOLDER = Path.of("..", "..", "schema-migrations");

  @Test
  void keep_to_the_rules_and_are_what_was_released() {
    assertThat(Lint.check(FOLDER)).isEmpty();
  }

  @Test
  void travel_with_the_build() {
    assertThat(Documents.ofThisBuild()).isEqualTo(Documents.in(FOLDER));
    assertThat(Documents.ofThisBuild().migrations()).extracting(Migration::id).startsWith("0001");
  }

  /// The first block of code that the page has.
  @Test
  void are_written_as_the_page_beside_them_shows() throws IOException {
    var example = Files.readString(FOLDER.resolve("README.md")).split("```(yaml)?\n", 3)[1];
    var faults = new Faults("README.md");

    var document =
        new Authored(
            "0007-description.yaml", Texts.good(example), Yaml.read(example, faults).orElseThrow());
    new Policy(document, faults).check();

    assertThat(faults.inOrder()).isEmpty();
  }

  @Test
  void are_the_same_when_read_from_the_data() {
    for (var migration : Documents.in(FOLDER).migrations()) {
      assertThat(Migration.read("the data", migration.canonical()))
          .isInstanceOfSatisfying(
              Read.Good.class,
              read -> assertThat(read.migration().sha256()).isEqualTo(migration.sha256()));
    }
  }
}
