package dev.rollcall.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {

  @Nested
  class The_documents_of_this_repository {
    private final Documents documents = new Documents(Path.of("..", ".."));

    @Test
    void are_all_looked_at() {
      assertThat(documents.files())
          .extracting(file -> documents.root().relativize(file).toString())
          .contains("README.md", "CONTRIBUTING.md", Path.of("docs", "table.md").toString());
    }

    @Test
    void link_to_what_is_there() {
      assertThat(documents.brokenLinks()).isEmpty();
    }

    @Test
    void name_commands_that_the_script_knows() {
      assertThat(documents.unknownCommands()).isEmpty();
    }

    @Test
    void name_files_and_folders_that_are_there() {
      assertThat(documents.missingPaths()).isEmpty();
    }
  }

  @Nested
  class Documents_that_are_wrong {
    @TempDir private Path root;

    @BeforeEach
    void lay_out_a_repository() throws IOException {
      write("rollcall", "usage: ./rollcall COMMAND\n\n  local     run it   [--port N]\n");
      write("docs/there.md", "# There, `too`\n\n## A check's life\n");
      write(".hidden/no.md", "[nowhere](gone.md)");
      write("module/target/no.md", "[nowhere](gone.md)");
    }

    @Test
    void are_found_by_their_links() throws IOException {
      write(
          "README.md",
          """
          [a](docs/there.md) [b](docs/there.md#a-checks-life) [c](#here) ![d](docs/gone.svg)
          [e](https://example.org/gone) [f](docs/there.md#gone) [g](docs/there.md#there-too)

          # Here
          """);
      write("docs/deep.md", "[up](../README.md) [wrong](README.md)");

      assertThat(new Documents(root).brokenLinks())
          .containsExactlyInAnyOrder(
              "README.md: docs/gone.svg",
              "README.md: docs/there.md#gone",
              Path.of("docs", "deep.md") + ": README.md");
    }

    @Test
    void are_found_by_their_commands() throws IOException {
      write("README.md", "`./rollcall local` and `./rollcall fly`, not `./rollcall`");

      assertThat(new Documents(root).unknownCommands()).containsExactly("README.md: fly");
    }

    @Test
    void are_found_by_their_paths() throws IOException {
      write("README.md", "`docs/there.md`, `docs/gone.md`, `functions/gone`, `other/gone`");

      assertThat(new Documents(root).missingPaths())
          .containsExactly("README.md: docs/gone.md", "README.md: functions/gone");
    }

    private void write(String path, String text) throws IOException {
      var file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
  }
}
