package dev.rollcall.migrate.deploy;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.digest.Sha256;
import dev.rollcall.core.project.ChannelId;
import dev.rollcall.core.schema.Fit;
import dev.rollcall.core.schema.Release;
import dev.rollcall.edge.Gate;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.edge.queue.SqsQueue;
import dev.rollcall.migrate.engine.Watch;
import dev.rollcall.store.Agenda;
import dev.rollcall.store.AgendaStore;
import dev.rollcall.store.FlipCounts;
import dev.rollcall.store.SchemaStore;
import dev.rollcall.store.TableKind;
import dev.rollcall.store.Tables;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/// The resource `Custom::Tables`: tables that there are already, restored or left by another stack,
/// and are to serve this one.
///
/// First everything is looked at, and nothing is written where something is wrong. Then the tables
/// get what a restored one lacks: protection from deletion, point-in-time recovery, expiry. At last
/// deliveries are sent anew for what channels have still to be told: the messages for that were in
/// queues, which are not restored. All of it may be done twice.
public final class Adoption {
  private static final Logger LOG = System.getLogger(Adoption.class.getName());

  private static final int DIGITS = 8;

  /// A table that is being changed takes the next change when it is done with that.
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static final int TRIES = 24;

  private final DynamoDbClient dynamo;
  private final Tables tables;
  private final Release release;
  private final Supplier<SqsQueue> deliveries;
  private final Watch watch;

  /// @param deliveries asked for only where tables are taken over
  /// @param watch passes the time in which a table takes no change
  public Adoption(
      DynamoDbClient dynamo,
      Tables tables,
      Release release,
      Supplier<SqsQueue> deliveries,
      Watch watch) {
    this.dynamo = dynamo;
    this.tables = tables;
    this.release = release;
    this.deliveries = deliveries;
    this.watch = watch;
  }

  /// Takes the tables over.
  ///
  /// @param properties those of the resource
  /// @return why they cannot serve; empty when they do
  Optional<String> adopt(Map<String, String> properties) {
    var hasLog = properties.getOrDefault("AdoptsLog", "").equals("true");
    var waiting = new ArrayList<Message.Deliver>();
    var objection =
        TableKind.STATE
            .objection(dynamo, tables)
            .or(() -> hasLog ? TableKind.LOG.objection(dynamo, tables) : Optional.empty())
            .or(this::newer)
            .or(() -> hasLog ? read(waiting) : Optional.empty());
    if (objection.isPresent()) {
      return objection;
    }
    recover(tables.state());
    if (properties.getOrDefault("LogRecovery", "").equals("true")) {
      recover(tables.log());
    }
    expire();
    protect(tables.state());
    protect(tables.log());
    if (!waiting.isEmpty()) {
      deliveries.get().sendAll(waiting);
    }
    LOG.log(
        Level.INFO,
        "tables are taken over; {0} deliveries that waited are sent anew",
        waiting.size());
    return Optional.empty();
  }

  /// Names the tables in few characters.
  String state() {
    return Sha256.hex(tables.state() + " " + tables.log()).substring(0, DIGITS);
  }

  /// Data beyond this release is not taken back here: whoever restores it with an older release has
  /// most likely taken the wrong one.
  private Optional<String> newer() {
    var item = new SchemaStore(dynamo, tables).read();
    var isFit =
        item.schema()
            .map(data -> data.level() <= release.level() || release.on(data) == Fit.NORMAL);
    return isFit.orElse(false)
        ? Optional.empty()
        : Optional.of(
            "The data in %s is that of a newer release than %s. %s Then go back, if you have to, by another deployment."
                .formatted(
                    tables.state(),
                    release.name(),
                    new Gate(dynamo, tables, watch::now).refusal().remedy()));
  }

  /// Collects what channels have still to be told. A log that knows of flips which no check has had
  /// is newer than the state: it would take new flips for told.
  private Optional<String> read(List<Message.Deliver> waiting) {
    var agendas = new AgendaStore(dynamo, tables);
    var ahead = new ArrayList<CheckId>();
    new FlipCounts(dynamo, tables)
        .each((check, flips) ->
            agendas
                .ofCheck(check)
                .forEach((channel, agenda) -> {
                  if (newest(agenda) > flips) {
                    ahead.add(check);
                  }
                  agenda.waiting().forEach(flip -> waiting.add(deliver(check, flip, channel)));
                }));
    return ahead.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The log %s is newer than %s: it has told flips of %d checks that have not happened there, and later ones would not be told. Restore both tables to the same second, or leave ExistingLogTable empty."
                .formatted(tables.log(), tables.state(), ahead.stream().distinct().count()));
  }

  private static long newest(Agenda agenda) {
    return agenda.waiting().isEmpty()
        ? agenda.settled()
        : Math.max(agenda.settled(), agenda.waiting().last());
  }

  private static Message.Deliver deliver(CheckId check, long flip, ChannelId channel) {
    return new Message.Deliver(check, flip, channel, 0);
  }

  private void recover(String table) {
    var recovery =
        dynamo
            .describeContinuousBackups(describe -> describe.tableName(table))
            .continuousBackupsDescription()
            .pointInTimeRecoveryDescription();
    if (recovery == null
        || recovery.pointInTimeRecoveryStatus() != PointInTimeRecoveryStatus.ENABLED) {
      patiently(() ->
          dynamo.updateContinuousBackups(update ->
              update
                  .tableName(table)
                  .pointInTimeRecoverySpecification(
                      wanted -> wanted.pointInTimeRecoveryEnabled(true))));
    }
  }

  private void expire() {
    var status =
        dynamo
            .describeTimeToLive(describe -> describe.tableName(tables.log()))
            .timeToLiveDescription()
            .timeToLiveStatus();
    if (status != TimeToLiveStatus.ENABLED && status != TimeToLiveStatus.ENABLING) {
      patiently(() ->
          dynamo.updateTimeToLive(update ->
              update.tableName(tables.log()).timeToLiveSpecification(Tables.logExpiry())));
    }
  }

  private void protect(String table) {
    var isProtected =
        dynamo
            .describeTable(describe -> describe.tableName(table))
            .table()
            .deletionProtectionEnabled();
    if (!Boolean.TRUE.equals(isProtected)) {
      patiently(() ->
          dynamo.updateTable(update -> update.tableName(table).deletionProtectionEnabled(true)));
    }
  }

  private void patiently(Runnable change) {
    for (int attempt = 1; ; attempt++) {
      try {
        change.run();
        return;
      } catch (ResourceInUseException | ContinuousBackupsUnavailableException busy) {
        if (attempt == TRIES) {
          throw busy;
        }
        watch.pause(PAUSE);
      }
    }
  }
}
