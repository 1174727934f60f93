package dev.rollcall.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.project.Project;
import dev.rollcall.core.project.ProjectId;
import dev.rollcall.store.ProjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTablesTest {

  /// Where SQLite's file format says how the file is written, and its word for a log beside it.
  private static final int WRITE_VERSION = 18;

  private static final byte AHEAD = 2;

  @TempDir private Path folder;

  @Test
  void are_written_ahead_on_disk_and_read_again() throws IOException {
    var project = new Project(new ProjectId(new UUID(0, 1)), "P", "pingkey", "badge", 10, 10);
    try (var tables = LocalTables.open(folder)) {
      new ProjectStore(tables.client("control"), LocalTables.TABLES).create(project);
    }

    assertThat(Files.readAllBytes(folder.resolve("tables.db"))[WRITE_VERSION]).isEqualTo(AHEAD);
    try (var tables = LocalTables.open(folder)) {
      assertThat(new ProjectStore(tables.client("control"), LocalTables.TABLES).find(project.id()))
          .contains(project);
    }
  }
}
