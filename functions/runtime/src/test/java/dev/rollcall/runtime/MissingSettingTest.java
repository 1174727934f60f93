package dev.rollcall.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.runtime.RuntimeApi.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A function that lacks a variable says which, and says it before it takes an event.
class MissingSettingTest extends RuntimeTest {
  private static final Pattern COMPLAINT =
      Pattern.compile("the setting (ROLLCALL_\\w+) is missing");

  @TestFactory
  Stream<DynamicTest> is_named_at_the_start() {
    return functions().stream()
        .map(function -> DynamicTest.dynamicTest(function.name(), () -> complains(function)));
  }

  private static void complains(Template.Function function) throws IOException {
    var variables = new HashMap<>(cloud.variables(function));
    variables.keySet().removeIf(name -> name.startsWith("ROLLCALL_"));
    var own = Files.createTempDirectory(folder, function.name());
    try (var running = RunningFunction.start(function, variables, own)) {
      assertThat(running.awaitStart()).isInstanceOf(Start.Failed.class);
      assertThat(running.output())
          .containsPattern(COMPLAINT)
          .satisfies(output ->
              assertThat(COMPLAINT.matcher(output).results().map(found -> found.group(1)))
                  .isSubsetOf(function.variables().keySet()));
    }
  }
}
