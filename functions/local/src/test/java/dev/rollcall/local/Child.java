package dev.rollcall.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// The local service in a process of its own, as `./rollcall local` starts it.
final class Child implements AutoCloseable {
  static final String READY = "Rollcall is listening on ";

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  private final Process process;
  private final Path errors;
  private final BufferedReader output;

  private Child(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    output = process.inputReader(StandardCharsets.UTF_8);
  }

  static Child start(Path scratch, String... options) {
    return start(System.getProperty("java.class.path"), scratch, options);
  }

  /// This build's, on the data in a folder, where only a sweep does what time brings.
  static Child startOn(Path data, Path scratch) {
    return start(scratch, onData(data));
  }

  /// The options for data in a folder, where only a sweep does what time brings.
  static String[] onData(Path data) {
    return new String[] {"--port", "0", "--no-timer", "--data", data.toString()};
  }

  /// The local service of another build.
  static Child start(String classPath, Path scratch, String... options) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                Local.class.getName()));
    command.addAll(List.of(options));
    try {
      var errors = Files.createTempFile(scratch, "stderr", ".txt");
      var builder = new ProcessBuilder(command).redirectError(errors.toFile());
      builder.environment().put("DDB_LOCAL_TELEMETRY", "0");
      return new Child(builder.start(), errors);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Waits until it says that it listens.
  Remote ready() {
    var line = line();
    if (!line.startsWith(READY)) {
      throw new IllegalStateException("it said: " + line + "\n" + errors());
    }
    return Remote.at(line);
  }

  /// The rest of its standard output, up to its end.
  List<String> rest() {
    return output.lines().toList();
  }

  String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Lets it make no file longer than so many bytes: to write more fails as on a full disk.
  ///
  /// @param most a number, or `unlimited`
  void limitFiles(String most) throws IOException, InterruptedException {
    var limit = new ProcessBuilder("prlimit", "--pid=" + process.pid(), "--fsize=" + most + ":");
    if (limit.inheritIO().start().waitFor() != 0) {
      throw new IllegalStateException("prlimit failed");
    }
  }

  /// Asks it to end, as Ctrl-C does.
  void terminate() {
    process.toHandle().destroy(); // Not Process#destroy, which closes what is still to be read.
  }

  /// Has it end as Ctrl-C does.
  void end() {
    terminate();
    assertThat(await()).isEqualTo(143);
  }

  /// Ends it without a word, as `kill -9` does.
  void kill() {
    process.destroyForcibly();
    await();
  }

  /// Waits for its end.
  ///
  /// @return its exit status
  int await() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("it does not end");
      }
      return process.exitValue();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopping);
    }
  }

  /// Its memory in bytes, where `/proc` tells.
  long residentBytes() throws IOException {
    var status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
    var found = RESIDENT.matcher(status);
    if (!found.find()) {
      throw new IllegalStateException(status);
    }
    return Long.parseLong(found.group(1)) * 1024;
  }

  @Override
  public void close() {
    kill();
  }

  private String line() {
    try {
      var line = output.readLine();
      return line == null ? "" : line;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
