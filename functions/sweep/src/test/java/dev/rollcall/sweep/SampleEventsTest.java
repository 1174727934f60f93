package dev.rollcall.sweep;

import static dev.rollcall.sweep.SweepWorld.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Reason;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Every file of `/events` that is this module's.
class SampleEventsTest {
  private static final List<String> FILES = List.of("sweep-tick.json", "sweep-due.json");

  private static final CheckId CHECK =
      new CheckId(UUID.fromString("6a1d7c40-3c1e-4c55-9d0b-3f5a1c2b4d6e"));
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @ParameterizedTest
  @FieldSource("FILES")
  void bring_down_what_is_due(String file) throws Exception {
    try (var world = new SweepWorld();
        var event = open(file)) {
      world.project.add(CHECK, "", MINUTE, MINUTE, Rules.NONE, Keywords.NONE);
      world.ping("/ping/" + CHECK);
      world.moveTo(NOON.plus(MINUTE).plus(MINUTE));
      assertThat(world.sweep(event)).isEqualTo("{\"batchItemFailures\":[]}");
      assertThat(world.check(CHECK).state())
          .isEqualTo(new State.Down(NOON.plus(MINUTE).plus(MINUTE), Reason.TIMEOUT, NOON));
    }
  }

  @Test
  void are_all_read() throws Exception {
    var folder = Objects.requireNonNull(SampleEventsTest.class.getResource("/events")).toURI();
    try (var files = Files.list(Path.of(folder))) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.startsWith("sweep-")))
          .containsExactlyInAnyOrderElementsOf(FILES);
    }
  }

  private static InputStream open(String name) throws IOException {
    var stream = SampleEventsTest.class.getResourceAsStream("/events/" + name);
    if (stream == null) {
      throw new IOException("no event " + name);
    }
    return stream;
  }
}
