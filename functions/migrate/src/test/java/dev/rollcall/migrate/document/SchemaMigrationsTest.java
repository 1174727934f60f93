package dev.rollcall.migrate.document;

import static org.assertj.core.api.Assertions.assertThat;

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
