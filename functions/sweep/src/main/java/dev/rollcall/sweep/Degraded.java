package dev.rollcall.sweep;

import dev.rollcall.core.schema.Release;
import dev.rollcall.edge.Metrics;
import dev.rollcall.store.SchemaItem;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/// Says, once a tick, that nobody watches over the checks, because this release cannot read the
/// data: in the log, and as a metric on which the template has an alarm.
record Degraded(Metrics metrics) {
  private static final Logger LOG = System.getLogger(Degraded.class.getName());

  void report(SchemaItem data) {
    LOG.log(
        Level.ERROR,
        "monitoring degraded: data of level {0} cannot be read by release {1}, which has level {2};"
            + " pings wait in the inbox, nobody is alerted. {3}",
        data.level().map(String::valueOf).orElse("unknown"),
        Release.THIS.name(),
        Release.THIS.level(),
        String.join("; ", data.unclear()));
    metrics.monitoringDegraded();
  }
}
