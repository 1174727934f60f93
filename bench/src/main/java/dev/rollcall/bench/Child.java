package dev.rollcall.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A JVM of its own, compiled as the functions are deployed (C1), on the same class path, so that
/// its CPU time is that of one thing only.
final class Child {
  private static final List<String> AS_DEPLOYED =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xshare:auto",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /// More options for the JVM that is measured, such as those that start a flight recording.
  private static final String OPTIONS = "ROLLCALL_BENCH_JAVA_OPTIONS";

  private Child() {}

  /// Starts `main`. Its errors go where ours go; its output can be read.
  static Process start(
      String main, List<String> options, List<String> arguments, Map<String, String> environment) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(AS_DEPLOYED);
    command.addAll(options);
    var more = System.getenv(OPTIONS);
    if (more != null && !more.isBlank()) {
      command.addAll(List.of(more.strip().split("\\s+")));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    builder.environment().put("DDB_LOCAL_TELEMETRY", "0");
    try {
      var process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop the child"));
      return process;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
