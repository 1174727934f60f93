package dev.rollcall.edge;

import dev.rollcall.core.schema.Fit;
import dev.rollcall.core.schema.Release;
import dev.rollcall.core.schema.Schema;
import dev.rollcall.store.SchemaItem;
import dev.rollcall.store.SchemaStore;
import dev.rollcall.store.SchemaView;
import dev.rollcall.store.Tables;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Says what this release may do with the data as it is. Each function has one, asks it at every
/// call, and never while it starts. An answer is at most [SchemaView#TTL] old.
///
/// Data that says of itself what this release does not understand is data that it cannot read.
///
/// Nothing here can be switched off, and nothing that it says suggests a way round it.
public final class Gate {
  private final SchemaStore store;
  private final SchemaView view;
  private final Release release;

  public Gate(DynamoDbClient client, Settings settings, InstantSource clock) {
    this(client, settings.tables(), clock, settings.schemaTtl(), Release.THIS);
  }

  /// For whoever is no function, and has no settings.
  public Gate(DynamoDbClient client, Tables tables, InstantSource clock) {
    this(client, tables, clock, SchemaView.TTL, Release.THIS);
  }

  Gate(DynamoDbClient client, Tables tables, InstantSource clock, Duration ttl, Release release) {
    store = new SchemaStore(client, tables);
    view = new SchemaView(store, clock, ttl);
    this.release = release;
  }

  /// What the stores of this function ask when they find an item that is newer than this release.
  public SchemaView view() {
    return view;
  }

  /// @throws RuntimeException when the table does not answer
  public Fit fit() {
    return fit(release, view.schema());
  }

  private static Fit fit(Release release, Optional<Schema> data) {
    return data.map(release::on).orElse(Fit.UNREADABLE);
  }

  /// The level in which items are to be written now: that of the data, while a newer release waits
  /// for all others, and never beyond this one's.
  ///
  /// @throws dev.rollcall.store.UnreadableItem when this release does not understand what it is
  public int writeLevel() {
    return release.writeLevel(view.item().understood());
  }

  /// The level of the data, if it is beyond this release's, as far as anybody here has seen. Reads
  /// nothing.
  public OptionalInt seenAhead() {
    return view.seen().flatMap(SchemaItem::level).stream()
        .mapToInt(Integer::intValue)
        .filter(this::isAhead)
        .findFirst();
  }

  /// What people are told who are refused.
  ///
  /// @param level of the data; empty when it is not understood
  /// @param release this one
  /// @param others the names of releases that have served this data and may do what this one may
  ///   not, the oldest level first
  /// @param remedy what helps, as a sentence or two
  public record Refusal(
      Optional<Integer> level, Release release, List<String> others, String remedy) {}

  /// Why this release may not do everything. Two read units.
  public Refusal refusal() {
    var data = view.item();
    var fit = fit(release, data.schema());
    var others =
        store.releases().stream()
            .filter(other -> mayDoMore(other, fit, data.schema()))
            .sorted(Comparator.comparingInt(Release::level).thenComparing(Release::name))
            .map(Release::name)
            .toList();
    return new Refusal(data.level(), release, others, remedy(data, others));
  }

  /// Of data that this release does not understand, newer ones may.
  private boolean mayDoMore(Release other, Fit fit, Optional<Schema> data) {
    return data.map(schema -> fit.compareTo(other.on(schema)) > 0)
        .orElse(other.level() > release.level());
  }

  private String remedy(SchemaItem data, List<String> others) {
    if (data.schema().isEmpty()) {
      return "Release %s does not understand what the data says of itself (%s). Deploy %s."
          .formatted(
              release.name(),
              String.join("; ", data.unclear()),
              others.isEmpty()
                  ? "the release that wrote it, or a newer one"
                  : "release " + String.join(" or ", others));
    }
    return others.isEmpty()
        ? "Deploy a release that knows this level of the data."
        : "Deploy release " + String.join(" or ", others) + ", which knows this level of the data.";
  }

  private boolean isAhead(int level) {
    return level > release.level();
  }
}
