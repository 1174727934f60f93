package dev.rollcall.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.zone.Zones;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The time zone data of the release, where Lambda's runtime has loaded the function: by the newest
/// rules it is noon in Vancouver an hour earlier than the JDK may think.
class TimeZonesTest extends RuntimeTest {

  static Stream<Template.Function> all() {
    return functions().stream();
  }

  @Test
  void are_the_newest_after_a_restore_from_a_snapshot() throws Exception {
    var api =
        functions().stream()
            .filter(each -> each.name().equals("ApiFunction"))
            .findFirst()
            .orElseThrow();
    try (var running = start(api)) {
      running.awaitCheckpoint();

      var answer =
          invoke(
              running,
              Samples.named("api-preview-schedule.json").event(),
              RuntimeTest::isHttpAnswer);

      assertThat(answer.path("body").asString("")).contains("2026-11-01T19:00:00+00:00");
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void are_named_where_the_log_begins(Template.Function function) throws Exception {
    try (var running = start(function)) {
      running.invoke("{}");

      assertThat(running.output()).containsOnlyOnce("time zone data " + Zones.data());
    }
  }

  private static RunningFunction start(Template.Function function) throws IOException {
    var own = Files.createTempDirectory(folder, function.name());
    return RunningFunction.start(function, cloud.variables(function), own);
  }
}
