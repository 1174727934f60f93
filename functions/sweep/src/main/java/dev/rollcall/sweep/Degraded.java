package dev.rollcall.sweep;

import dev.rollcall.core.json.Json;
import dev.rollcall.core.schema.Release;
import dev.rollcall.store.SchemaItem;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Says, once a tick, that nobody watches over the checks, because this release cannot read the
/// data: in the log, and as a metric on which the template has an alarm. CloudWatch takes metrics
/// from lines of a [fixed
/// form](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
///
/// @param function what the metric is about; null where there is no CloudWatch
/// @param out where it reads
record Degraded(@Nullable String function, PrintStream out) {
  private static final Logger LOG = System.getLogger(Degraded.class.getName());

  static final String METRIC = "MonitoringDegraded";
  private static final String NAMESPACE = "Rollcall";
  private static final String FUNCTION = "FunctionName";

  void report(SchemaItem data, Instant now) {
    LOG.log(
        Level.ERROR,
        "monitoring degraded: data of level {0} cannot be read by release {1}, which has level {2};"
            + " pings wait in the inbox, nobody is alerted. {3}",
        data.level().map(String::valueOf).orElse("unknown"),
        Release.THIS.name(),
        Release.THIS.level(),
        String.join("; ", data.unclear()));
    if (function != null) {
      out.println(metric(function, now));
    }
  }

  private static String metric(String function, Instant now) {
    var definition =
        Map.of(
            "Namespace", NAMESPACE,
            "Dimensions", List.of(List.of(FUNCTION)),
            "Metrics", List.of(Map.of("Name", METRIC, "Unit", "Count")));
    var line = new LinkedHashMap<String, Object>();
    line.put(
        "_aws", Map.of("Timestamp", now.toEpochMilli(), "CloudWatchMetrics", List.of(definition)));
    line.put(FUNCTION, function);
    line.put(METRIC, 1);
    return Json.write(line);
  }
}
