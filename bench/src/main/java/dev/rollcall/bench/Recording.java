package dev.rollcall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A flight recording of a part of what another process does.
final class Recording implements AutoCloseable {
  private static final String NAME = "bench";

  private final long process;
  private final Path file;

  private Recording(long process, Path file) {
    this.process = process;
    this.file = file;
  }

  static Recording start(long process) throws IOException, InterruptedException {
    var recording = new Recording(process, Files.createTempFile("rollcall-bench", ".jfr"));
    recording.command("JFR.start", "settings=profile");
    return recording;
  }

  /// Ends it.
  ///
  /// @return in which part of the CPU samples DynamoDB Local is on the stack: at least its share,
  ///   since none are taken in the native code of its SQLite
  double tables() throws IOException, InterruptedException {
    command("JFR.stop", "filename=" + file);
    return Profile.tables(file);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }

  private void command(String command, String option) throws IOException, InterruptedException {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var done =
        new ProcessBuilder(jcmd, Long.toString(process), command, "name=" + NAME, option)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    if (done != 0) {
      throw new IllegalStateException("jcmd ended with " + done);
    }
  }
}
