package dev.rollcall.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Runs the tools of the JavaScript world where they are found. Building Rollcall needs none of
/// them: what cannot run is skipped, and says so.
class JavaScriptTest {
  @Test
  void the_domain_passes_its_tests_under_node() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(tool("node"), "--test", "--test-reporter=spec"));
    try (Stream<Path> tests = Files.walk(Path.of("test"))) {
      tests
          .map(Path::toString)
          .filter(name -> name.endsWith(".test.js"))
          .sorted()
          .forEach(command::add);
    }
    Finished finished = run(command);
    assertThat(finished.status()).as(finished.output()).isZero();
    // Some versions of Node call it a success when they have found no test.
    assertThat(finished.output()).containsPattern(Pattern.compile("\\bpass [1-9]"));
  }

  @Test
  void the_types_hold_under_tsc() throws IOException, InterruptedException {
    Finished finished = run(List.of(tool("tsc"), "-p", "jsconfig.json"));
    assertThat(finished.status()).as(finished.output()).isZero();
  }

  private static String tool(String name) {
    Optional<Path> found =
        Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
            .flatMap(folder -> Stream.of(Path.of(folder, name), Path.of(folder, name + ".exe")))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      System.out.println("Skipped what needs " + name + ": it is not on the PATH.");
    }
    assumeTrue(found.isPresent(), name + " is not on the PATH");
    return found.orElseThrow().toString();
  }

  private record Finished(int status, String output) {}

  private static Finished run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Finished(process.waitFor(), output);
  }
}
