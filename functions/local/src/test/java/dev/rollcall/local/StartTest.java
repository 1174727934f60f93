package dev.rollcall.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// How the local service starts: what it says when it cannot, and what it makes of its folder.
class StartTest {
  @TempDir private Path scratch;

  @Nested
  class When_it_cannot_start {
    @Test
    void it_says_that_the_port_is_in_use() throws IOException {
      try (var taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"));
          var child =
              Child.start(scratch, "--memory", "--port", Integer.toString(taken.getLocalPort()))) {
        assertThat(child.await()).isEqualTo(1);
        assertThat(child.rest()).isEmpty();
        assertThat(child.errors())
            .isEqualTo(
                "rollcall local: port %d is in use; --port takes another\n"
                    .formatted(taken.getLocalPort()));
      }
    }

    @Test
    void it_says_that_another_has_the_folder() {
      var data = scratch.resolve("data").toString();
      try (var first = Child.start(scratch, "--port", "0", "--data", data)) {
        first.ready();
        try (var second = Child.start(scratch, "--port", "0", "--data", data)) {
          assertThat(second.await()).isEqualTo(1);
          assertThat(second.errors())
              .isEqualTo("rollcall local: another Rollcall keeps its data in %s\n".formatted(data));
        }
      }
    }

    @Test
    void it_says_that_the_folder_is_none() throws IOException {
      var file = Files.createFile(scratch.resolve("file")).toString();
      try (var child = Child.start(scratch, "--port", "0", "--data", file)) {
        assertThat(child.await()).isEqualTo(1);
        assertThat(child.errors())
            .isEqualTo("rollcall local: cannot use %s: it is no folder\n".formatted(file));
      }
    }

    @Test
    void it_says_that_a_folder_above_it_is_none() throws IOException {
      var data = Files.createFile(scratch.resolve("file")).resolve("data").toString();
      try (var child = Child.start(scratch, "--port", "0", "--data", data)) {
        assertThat(child.await()).isEqualTo(1);
        assertThat(child.errors())
            .isEqualTo(
                "rollcall local: cannot use %s: there is a file where a folder above it should be\n"
                    .formatted(data));
      }
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "clock | yesterday | holds no time span like PT0S; put back a copy, or remove it to have the"
              + " time of this machine",
          "clock | PT-5S | holds no time span like PT0S; put back a copy, or remove it to have the"
              + " time of this machine",
          "clock | PT9000000000000000H | holds no time span like PT0S; put back a copy, or remove it to"
              + " have the time of this machine",
          "session.json | { | does not hold a project and its keys; put back a copy, or remove it to"
              + " have a new project; the old ones stay in the tables",
          "session.json | {} | lacks a project or some of its keys; put back a copy, or remove it to"
              + " have a new project; the old ones stay in the tables",
        })
    void it_says_which_file_is_damaged_and_what_helps(String name, String content, String reason)
        throws IOException {
      var file = Files.writeString(scratch.resolve(name), content);

      assertThatThrownBy(() -> Service.start(new Options(0, scratch, false)))
          .isInstanceOf(CannotStart.class)
          .hasMessage(file + " " + reason);
      assertThat(file).hasContent(content);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "clock | CLOCK holds no time span like PT0S; put back a copy, or remove it to have the time"
              + " of this machine",
          "tables.db | cannot use TABLES: the tables are damaged, or none; put back a copy, or name"
              + " another folder with --data",
          "queues.jsonl | cannot use QUEUES: it holds no queues; move it away to begin with empty ones",
        })
    void it_ends_with_one_line_though_threads_are_running(String name, String line)
        throws IOException {
      var data = Files.createDirectory(scratch.resolve("data"));
      var file = Files.writeString(data.resolve(name), "something else ".repeat(100)).toString();
      try (var child = Child.start(scratch, "--port", "0", "--data", data.toString())) {
        assertThat(child.await()).isEqualTo(1);
        assertThat(child.rest()).isEmpty();
        assertThat(child.errors())
            .isEqualTo("rollcall local: " + line.replaceAll("CLOCK|TABLES|QUEUES", file) + "\n");
      }
    }

    @Test
    void it_says_which_option_is_wrong_and_which_there_are() {
      try (var child = Child.start(scratch, "--verbose")) {
        assertThat(child.await()).isEqualTo(2);
        assertThat(child.rest()).isEmpty();
        assertThat(child.errors())
            .isEqualTo("rollcall local: there is no option --verbose\n" + Options.USAGE);
      }
    }

    @ParameterizedTest
    @MethodSource("dev.rollcall.local.StartTest#wrongOptions")
    void it_says_which_value_is_wrong(List<String> options, String reason) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Options.parse(options))
          .withMessage(reason);
    }
  }

  @Nested
  class What_it_keeps {
    @Test
    void is_shown_to_nobody_but_the_owner_even_if_it_was() throws IOException {
      var data = scratch.resolve("data");
      LocalData.make(data);
      assertThat(rights(data)).isEqualTo("rwx------");
      try (var files = Files.walk(data)) {
        for (var file : files.filter(each -> !each.equals(data)).toList()) {
          assertThat(rights(file)).as("%s", file).endsWith("------");
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
      }

      try (var _ = Service.start(new Options(0, data, false));
          var files = Files.walk(data)) {
        assertThat(files.toList()).allSatisfy(file -> assertThat(rights(file)).endsWith("------"));
      }
    }

    private static String rights(Path file) throws IOException {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
  }

  static Stream<Arguments> wrongOptions() {
    return Stream.of(
        Arguments.of(List.of("--port"), "--port needs a value"),
        Arguments.of(
            List.of("--port", "eighty"), "--port needs a number from 0 to 65535, not eighty"),
        Arguments.of(
            List.of("--port", "65536"), "--port needs a number from 0 to 65535, not 65536"),
        Arguments.of(List.of("--data"), "--data needs a value"));
  }
}
