package dev.rollcall.api;

import dev.rollcall.core.schema.Fit;
import dev.rollcall.core.schema.Release;
import dev.rollcall.core.zone.Zones;
import dev.rollcall.edge.Gate;
import dev.rollcall.migrate.engine.Report;
import dev.rollcall.migrate.engine.ReportDocument;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the data says of its own shape: for people who want to know why something is refused, or
/// how far an upgrade is.
///
/// @param report reads META
record DataVersion(Gate gate, Supplier<Report> report) {

  /// Answers whatever the data is. Without a key, which is how it is called where keys cannot be
  /// read, it says nothing that only the project's people should know.
  Answer show(Call call) {
    var found = report.get();
    var document =
        new Document()
            .with("release", release(gate.fit()))
            .with("tzdata", zones(call.now()))
            .with("remedy", gate.fit() == Fit.NORMAL ? null : gate.refusal().remedy());
    (call.key() == null ? ReportDocument.open(found) : ReportDocument.whole(found))
        .forEach(document::with);
    return Answer.ok(document.fields());
  }

  /// The time zone data that schedules go by.
  private static Map<String, @Nullable Object> zones(Instant now) {
    var data = Zones.data();
    return new Document()
        .with("version", data.version())
        .with("source", data.source().name().toLowerCase(Locale.ROOT))
        .with("released", data.released().toString())
        .with("old", data.isOld(now))
        .fields();
  }

  private static Map<String, @Nullable Object> release(Fit fit) {
    return new Document()
        .with("name", Release.THIS.name())
        .with("level", Release.THIS.level())
        .with("reads_from", Release.THIS.readsFrom())
        .with("fit", fit.name().toLowerCase(Locale.ROOT))
        .fields();
  }
}
