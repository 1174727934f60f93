package dev.rollcall.edge;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a function says of itself in numbers. The template has an alarm or a graph for each.
///
/// They are lines of the log, from which CloudWatch takes them by their [fixed
/// form](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html):
/// no call, no permission, and nothing that could fail. A metric is paid for by the hours in which
/// it is written, so that those of trouble cost nothing in quiet times. There is one for each
/// outcome; of which kind something was stands beside it in the line, since each kind would be a
/// metric more. Safe for threads.
public final class Metrics {
  private static final String NAMESPACE = "Rollcall";

  private static volatile boolean muted;

  private final @Nullable String function;
  private final PrintStream out;
  private final InstantSource clock;

  /// @param function what the metrics are about; null where there is no CloudWatch, which writes
  ///   none
  /// @param out where CloudWatch reads
  public Metrics(@Nullable String function, PrintStream out, InstantSource clock) {
    this.function = function;
    this.out = out;
    this.clock = clock;
  }

  public static Metrics of(Settings settings, InstantSource clock) {
    return new Metrics(settings.functionName(), FunctionLog.out(), clock);
  }

  /// Whether nothing that happens from now on counts: a function rehearses.
  static void mute(boolean quiet) {
    muted = quiet;
  }

  /// A ping was taken.
  ///
  /// @param kind what it reported, by the name that its log entry has
  public void pingTaken(String kind) {
    count("PingTaken", kind);
  }

  /// A ping was kept for later, since it could not be taken.
  public void pingKept(String kind) {
    count("PingKept", kind);
  }

  /// A ping was refused: it is for nobody, or cannot be understood.
  ///
  /// @param status that of the answer
  public void pingRefused(int status) {
    count("PingRefused", Integer.toString(status));
  }

  /// Pings that had to wait were taken.
  ///
  /// @param oldest for how long that one had waited which came first
  public void drained(Duration oldest, int pings) {
    write("DrainAge", "Milliseconds", Math.max(0, oldest.toMillis()), Map.of("pings", pings));
  }

  /// Flips of a check were taken over for telling.
  public void flips(int number) {
    write("Flips", "Count", number, Map.of());
  }

  /// A channel took an alert.
  ///
  /// @param kind of the channel
  public void delivered(String kind) {
    count("Delivered", kind);
  }

  /// A channel did not take an alert, which is tried again.
  public void deliveryFailed(String kind) {
    count("DeliveryFailed", kind);
  }

  /// A channel refused an alert for good, and is disabled.
  public void deliveryRefused(String kind) {
    count("DeliveryRefused", kind);
  }

  /// Nobody watches over the checks, since this release cannot read the data. Once a tick.
  public void monitoringDegraded() {
    write("MonitoringDegraded", "Count", 1, Map.of());
  }

  /// A flip is about to be told to one channel for the first time. Once a delivery, whatever comes
  /// of the try. A delivery that had to wait for an earlier one to the same channel does not count:
  /// how long a receiver refuses is no fault of the service.
  ///
  /// @param sinceFlip from when the check flipped, which for one that fell silent is its deadline,
  ///   until now
  public void firstTry(Duration sinceFlip) {
    write("FirstTry", "Milliseconds", Math.max(0, sinceFlip.toMillis()), Map.of());
  }

  /// A delivery had all its tries.
  public void gaveUp() {
    write("GaveUp", "Count", 1, Map.of());
  }

  /// The mail service refuses mail for a reason that the operator has to see to.
  public void mailRefused() {
    write("MailRefused", "Count", 1, Map.of());
  }

  /// A mail that was taken did not arrive, or was called spam. Once for each time that SES says so.
  public void mailReturned() {
    write("MailReturned", "Count", 1, Map.of());
  }

  private void count(String metric, String kind) {
    write(metric, "Count", 1, Map.of("kind", kind));
  }

  private void write(String metric, String unit, long value, Map<String, Object> beside) {
    if (function == null || muted) {
      return;
    }
    var definition =
        Map.of(
            "Namespace", NAMESPACE,
            "Dimensions", List.of(List.of(FunctionLog.FUNCTION)),
            "Metrics", List.of(Map.of("Name", metric, "Unit", unit)));
    var now = clock.instant();
    var line = FunctionLog.line(now, "INFO", function);
    line.put(
        "_aws", Map.of("Timestamp", now.toEpochMilli(), "CloudWatchMetrics", List.of(definition)));
    line.putAll(beside);
    line.put(metric, value);
    FunctionLog.write(out, line);
  }
}
