package dev.rollcall.bench;

import java.util.List;

/// A function's measurement in a process of its own: DynamoDB runs in this one, with the real wire
/// between them.
final class Probe {
  private Probe() {}

  /// Runs `main` to its end, and prints what it says.
  ///
  /// @param heap such as `256m`
  static void run(Class<?> main, String heap, String... arguments) throws Exception {
    try (var cloud = Cloud.start()) {
      var probe =
          Child.start(
              main.getName(), List.of("-Xmx" + heap), List.of(arguments), cloud.environment());
      probe.getInputStream().transferTo(System.out);
      if (probe.waitFor() != 0) {
        throw new IllegalStateException("the probe ended with " + probe.exitValue());
      }
    }
  }
}
