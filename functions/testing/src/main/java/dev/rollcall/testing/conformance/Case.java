package dev.rollcall.testing.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A recorded case: steps that are taken in a fresh project, and what came of each.
public record Case(
    String id, String group, String title, List<Map<String, @Nullable Object>> steps) {

  /// The cases recorded from Healthchecks 4.4.
  public static List<Case> recorded() {
    try (var lines = Case.class.getResourceAsStream("/conformance/healthchecks-4.4.jsonl")) {
      return new String(Objects.requireNonNull(lines).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> Json.read(line, Case.class))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// Whether it has a step of this kind: `http`, `project`, `tick`, …
  public boolean has(String step) {
    return steps.stream().anyMatch(taken -> step.equals(taken.get("op")));
  }
}
