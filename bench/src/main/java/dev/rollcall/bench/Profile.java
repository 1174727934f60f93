package dev.rollcall.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/// `bench/profile`: whose code the CPU was in, by the samples of a flight recording.
public final class Profile {

  /// Who is asked for, the innermost first: a sample counts for the first of these that is on its
  /// stack.
  private static final List<String> OWNERS =
      List.of(
          "software.amazon.dynamodb.",
          "com.almworks.sqlite4java.",
          "software.amazon.awssdk.",
          "org.apache.hc.",
          "dev.rollcall.",
          "org.eclipse.jetty.");

  /// Those of [#OWNERS] that are DynamoDB Local.
  private static final List<String> TABLES = OWNERS.subList(0, 2);

  private static final int LINES = 25;

  private Profile() {}

  public static void main(String[] arguments) throws IOException {
    var byOwner = new HashMap<String, Integer>();
    var byMethod = new HashMap<String, Integer>();
    var samples = 0;
    try (var recording = new RecordingFile(Path.of(arguments[0]))) {
      while (recording.hasMoreEvents()) {
        var event = recording.readEvent();
        if (event.getEventType().getName().equals("jdk.ExecutionSample")
            && event.getStackTrace() != null) {
          samples++;
          byOwner.merge(owner(event), 1, Integer::sum);
          var top = event.getStackTrace().getFrames().getFirst().getMethod();
          byMethod.merge(top.getType().getName() + "." + top.getName(), 1, Integer::sum);
        }
      }
    }
    print("on the stack", byOwner, samples);
    print("running", byMethod, samples);
  }

  /// In which part of the samples DynamoDB Local is on the stack.
  static double tables(Path file) throws IOException {
    var samples = 0;
    var inTables = 0;
    try (var recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        var event = recording.readEvent();
        if (event.getEventType().getName().equals("jdk.ExecutionSample")
            && event.getStackTrace() != null) {
          samples++;
          inTables += TABLES.contains(owner(event)) ? 1 : 0;
        }
      }
    }
    return (double) inTables / Math.max(1, samples);
  }

  private static String owner(RecordedEvent sample) {
    for (var owner : OWNERS) {
      if (sample.getStackTrace().getFrames().stream()
          .anyMatch(frame -> frame.getMethod().getType().getName().startsWith(owner))) {
        return owner;
      }
    }
    return "others";
  }

  private static void print(String title, Map<String, Integer> counts, int samples) {
    System.out.printf("%s, of %d samples%n", title, samples);
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(LINES)
        .forEach(entry ->
            System.out.printf(
                Locale.ROOT,
                "%6.1f %%  %s%n",
                100.0 * entry.getValue() / Math.max(1, samples),
                entry.getKey()));
  }
}
