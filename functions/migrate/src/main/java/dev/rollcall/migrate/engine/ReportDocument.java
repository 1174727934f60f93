package dev.rollcall.migrate.engine;

import dev.rollcall.core.schema.Schema;
import dev.rollcall.store.SchemaItem;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A report as a tree for JSON. Instants are ISO 8601, durations are seconds; what is not there is
/// null, and so is a level that is not understood.
public final class ReportDocument {
  private final boolean isOpen;

  private ReportDocument(boolean isOpen) {
    this.isOpen = isOpen;
  }

  /// For whoever may see the data.
  public static Map<String, @Nullable Object> whole(Report report) {
    return new ReportDocument(false).of(report);
  }

  /// For everybody: levels, releases, migrations and their progress, without persons, keys of items
  /// and what a reason may quote of them.
  public static Map<String, @Nullable Object> open(Report report) {
    return new ReportDocument(true).of(report);
  }

  private Map<String, @Nullable Object> of(Report report) {
    var document = new LinkedHashMap<String, @Nullable Object>(schema(report.schema()));
    document.put("paused", report.paused());
    document.put("blocked", report.blocked().map(this::blocked).orElse(null));
    document.put("releases", report.releases().stream().map(ReportDocument::release).toList());
    document.put("history", report.history().stream().map(this::past).toList());
    document.put("events", report.events().stream().map(this::event).toList());
    document.put("unclear", report.unclear());
    return Collections.unmodifiableMap(document);
  }

  /// What the data says of its own shape.
  public static Map<String, @Nullable Object> schema(Schema schema) {
    return schema(SchemaItem.of(schema));
  }

  private static Map<String, @Nullable Object> schema(SchemaItem schema) {
    return fields(
        "level", schema.level().orElse(null),
        "write_level", schema.writeLevel().orElse(null),
        "min_reader", schema.minReader().orElse(null),
        "min_writer", schema.minWriter().orElse(null),
        "phase", schema.phase().name().toLowerCase(Locale.ROOT));
  }

  private @Nullable Object blocked(Progress.Blocked blocked) {
    return fields(
        "reason",
        isOpen ? "an item could not be changed" : blocked.reason(),
        "items",
        isOpen ? List.of() : blocked.items());
  }

  private static Map<String, @Nullable Object> release(Seen seen) {
    return fields(
        "name", seen.name(),
        "level", seen.level(),
        "reads_from", seen.readsFrom(),
        "first_seen", time(seen.first()),
        "last_seen", time(seen.last()));
  }

  private Map<String, @Nullable Object> past(Report.Past past) {
    return fields(
        "id", past.id(),
        "title", past.title(),
        "from", past.from(),
        "to", past.to(),
        "state", past.state(),
        "release", past.release(),
        "by", isOpen ? null : past.by(),
        "started", time(past.startedAt()),
        "applied", time(past.appliedAt()),
        "rolled_back", time(past.rolledBackAt()),
        "finalised", time(past.finalisedAt()),
        "restorable_to", time(past.pitrAt()),
        "backup", isOpen ? null : past.backupArn(),
        "counts", counts(past.counts()),
        "progress", past.progress().map(ReportDocument::progress).orElse(null));
  }

  private static Map<String, @Nullable Object> counts(Counts counts) {
    return fields(
        "scanned", counts.scanned(),
        "changed", counts.changed(),
        "skipped", counts.skipped(),
        "failed", counts.failed());
  }

  private static Map<String, @Nullable Object> progress(Estimate estimate) {
    return fields(
        "pass", estimate.pass(),
        "done", estimate.done(),
        "total", estimate.total().orElse(null),
        "percent", estimate.percent(),
        "per_second", Math.round(estimate.perSecond() * 10) / 10.0,
        "seconds_left", estimate.left().map(Duration::toSeconds).orElse(null));
  }

  private Map<String, @Nullable Object> event(Event event) {
    return fields(
        "at", time(event.at()),
        "by", isOpen ? null : event.by(),
        "release", event.release(),
        "migration", event.migration().isEmpty() ? null : event.migration(),
        "from", event.from(),
        "to", event.to(),
        "reason", isOpen ? null : event.reason());
  }

  private static @Nullable String time(@Nullable Instant at) {
    return at == null ? null : at.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static Map<String, @Nullable Object> fields(@Nullable Object... namesAndValues) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    for (int at = 0; at < namesAndValues.length; at += 2) {
      fields.put(String.valueOf(namesAndValues[at]), namesAndValues[at + 1]);
    }
    return fields;
  }
}
