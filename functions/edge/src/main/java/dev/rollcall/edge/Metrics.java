package dev.rollcall.edge;

import dev.rollcall.core.json.Json;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a function says of itself in numbers, each of which has an alarm in the template.
///
/// They are lines of the log, from which CloudWatch takes them by their [fixed
/// form](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html):
/// no call, no permission, and nothing that could fail. A metric is paid for by the hours in which
/// it is written, so that those of trouble cost nothing in quiet times. Safe for threads.
public final class Metrics {
  private static final String NAMESPACE = "Rollcall";
  private static final String FUNCTION = "FunctionName";

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
    return new Metrics(settings.functionName(), System.out, clock);
  }

  /// Nobody watches over the checks, since this release cannot read the data. Once a tick.
  public void monitoringDegraded() {
    count("MonitoringDegraded");
  }

  /// A flip is about to be told to one channel for the first time. Once a delivery, whatever comes
  /// of the try. A delivery that had to wait for an earlier one to the same channel does not count:
  /// how long a receiver refuses is no fault of the service.
  ///
  /// @param sinceFlip from when the check flipped until now
  public void firstTry(Duration sinceFlip) {
    write("FirstTry", "Milliseconds", Math.max(0, sinceFlip.toMillis()));
  }

  /// A delivery had all its tries.
  public void gaveUp() {
    count("GaveUp");
  }

  /// The mail service refuses mail for a reason that the operator has to see to.
  public void mailRefused() {
    count("MailRefused");
  }

  /// A mail that was taken did not arrive, or was called spam. Once for each time that SES says so.
  public void mailReturned() {
    count("MailReturned");
  }

  private void count(String metric) {
    write(metric, "Count", 1);
  }

  private void write(String metric, String unit, long value) {
    if (function == null) {
      return;
    }
    var definition =
        Map.of(
            "Namespace", NAMESPACE,
            "Dimensions", List.of(List.of(FUNCTION)),
            "Metrics", List.of(Map.of("Name", metric, "Unit", unit)));
    var line = new LinkedHashMap<String, Object>();
    line.put("_aws", Map.of("Timestamp", clock.millis(), "CloudWatchMetrics", List.of(definition)));
    line.put(FUNCTION, function);
    line.put(metric, value);
    out.println(Json.write(line));
  }
}
