package dev.rollcall.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// The release before this one, built from its commit by `scripts/previous-release`.
///
/// @param name as in `releases.txt`
/// @param classPath of its local service
record PreviousRelease(String name, String classPath) {
  private static final Path ROOT = Path.of("..", "..");
  private static final int NO_HISTORY = 3;

  /// Tests of other processes wait here while one of them builds it.
  private static final Path LOCK = Path.of("target", "previous-release.lock");

  /// Builds it, which takes a minute or two where no earlier run has. Skips the test that asks
  /// where the history is not at hand.
  static PreviousRelease built() throws IOException, InterruptedException {
    List<String> said;
    int status;
    try (var file = FileChannel.open(LOCK, CREATE, WRITE)) {
      var _ = file.lock();
      var process =
          new ProcessBuilder("scripts/previous-release")
              .directory(ROOT.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      said = new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
      status = process.waitFor();
    }
    Assumptions.assumeFalse(
        status == NO_HISTORY, "the release before this one cannot be built: no history at hand");
    if (status != 0 || said.isEmpty()) {
      throw new IllegalStateException("scripts/previous-release ended with " + status);
    }
    var words = List.of(said.getLast().split(" ", 3));
    var target = Path.of(words.getLast(), "functions", "local", "target");
    var libraries = Files.readString(target.resolve("classpath"));
    return new PreviousRelease(words.getFirst(), target.resolve("classes") + ":" + libraries);
  }

  Child start(Path scratch, Path data) {
    return Child.start(classPath, scratch, Child.onData(data));
  }
}
