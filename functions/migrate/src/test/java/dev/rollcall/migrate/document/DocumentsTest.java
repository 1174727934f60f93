package dev.rollcall.migrate.document;

import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder in which not all is a document that is called one.
class DocumentsTest {
  @TempDir private Path folder;

  @Test
  void Files_that_are_none_are_named_with_what_is_wrong() throws IOException {
    Files.createDirectory(folder.resolve("0001-folder.yaml"));
    Files.write(folder.resolve("0002-other.yaml"), "format: 1".getBytes(UTF_16));
    try (var large = new RandomAccessFile(folder.resolve("0003-large.yaml").toFile(), "rw")) {
      large.setLength(400L << 20);
    }

    assertThat(Documents.in(folder).migrations()).isEmpty();
    assertThat(Documents.in(folder).faults())
        .extracting(Fault::file, Fault::rule)
        .containsExactly(
            tuple("0001-folder.yaml", "this is no file"),
            tuple("0002-other.yaml", "this is no text in UTF-8"),
            tuple("0003-large.yaml", "the text has more than 600 KB"));
    assertThat(Lint.check(folder)).extracting(Fault::file).contains("0001-folder.yaml");
  }

  @Test
  void A_pipe_is_not_waited_for() throws IOException, InterruptedException {
    var pipe = folder.resolve("0001-pipe.yaml");
    try {
      new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    } catch (IOException none) {
      Assumptions.abort("no mkfifo here");
    }

    assertThat(Documents.in(folder).faults()).extracting(Fault::rule).contains("this is no file");
  }
}
