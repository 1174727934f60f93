package dev.rollcall.local.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rollcall.local.clock.VirtualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkClientException;

/// A process with queues in a file that must not grow beyond 4 KB: to write more fails there as it
/// does on a full disk, after a part of it was written.
final class TightSpot {
  private static final String SENT = "sent ";
  private static final String REFUSED = "refused ";
  private static final String HANDLED = "handled ";

  private TightSpot() {}

  /// What it said.
  ///
  /// @param sent the texts that were taken
  /// @param refused how many were not
  /// @param handled how many were received and deleted, or given back, once nothing could be
  ///   written
  record Said(List<String> sent, int refused, int handled) {}

  static Said run(Path file) throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(
                "sh",
                "-c",
                // In blocks of 512 bytes, or of 1,024.
                "ulimit -f 4; exec \"$@\"",
                "sh",
                java,
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                TightSpot.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var lines = new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("it failed: " + lines);
    }
    return new Said(
        lines.stream()
            .filter(line -> line.startsWith(SENT))
            .map(line -> line.substring(SENT.length()))
            .toList(),
        count(lines, REFUSED),
        count(lines, HANDLED));
  }

  private static int count(List<String> lines, String word) {
    return (int) lines.stream().filter(line -> line.startsWith(word)).count();
  }

  public static void main(String[] arguments) {
    var clock = new VirtualClock(InstantSource.fixed(Instant.EPOCH), Duration.ZERO);
    var specs =
        List.of(
            new QueueSpec("jobs", Duration.ofMinutes(1), 2, "dead"),
            new QueueSpec("dead", Duration.ofMinutes(1), 1, null));
    var said = new ArrayList<String>();
    try (var sqs = VirtualSqs.in(Path.of(arguments[0]), clock, specs)) {
      var url = sqs.url("jobs");
      for (int i = 0; i < 30; i++) {
        var text = "é".repeat(i) + i;
        try {
          sqs.sendMessage(r -> r.queueUrl(url).messageBody(text));
          said.add(SENT + text);
        } catch (SdkClientException full) {
          said.add(REFUSED + text);
        }
      }
      for (int turn = 0; turn < 4; turn++) {
        for (var message :
            sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(5)).messages()) {
          sqs.changeMessageVisibility(
              r -> r.queueUrl(url).receiptHandle(message.receiptHandle()).visibilityTimeout(0));
          said.add(HANDLED + message.body());
        }
      }
    }
    said.forEach(System.out::println);
  }
}
