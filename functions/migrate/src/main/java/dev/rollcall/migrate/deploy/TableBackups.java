package dev.rollcall.migrate.deploy;

import dev.rollcall.migrate.engine.Backups;
import dev.rollcall.store.Tables;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;

/// What the state table can be set back to. A way back by a backup is the last resort: it makes a
/// new table, and loses every ping since.
public final class TableBackups implements Backups {
  private static final Logger LOG = System.getLogger(TableBackups.class.getName());

  private final DynamoDbClient dynamo;
  private final String table;
  private final InstantSource clock;

  public TableBackups(DynamoDbClient dynamo, Tables tables, InstantSource clock) {
    this.dynamo = dynamo;
    this.table = tables.state();
    this.clock = clock;
  }

  /// Empty where the table's point-in-time recovery is off, or nobody can say. DynamoDB can restore
  /// to the instant about five minutes later.
  @Override
  public Optional<Instant> mark(Instant now) {
    try {
      var recovery =
          dynamo
              .describeContinuousBackups(describe -> describe.tableName(table))
              .continuousBackupsDescription()
              .pointInTimeRecoveryDescription();
      return recovery != null
              && recovery.pointInTimeRecoveryStatus() == PointInTimeRecoveryStatus.ENABLED
          ? Optional.of(now)
          : Optional.empty();
    } catch (SdkException unanswered) {
      // A note for disaster, which is not worth a failed deployment.
      LOG.log(Level.WARNING, "no mark: {0}", unanswered.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  /// Makes a backup of its own, which outlives the table. It is accepted at once and usable within
  /// minutes; writes of the minute around it may or may not be in it.
  ///
  /// @param migration the one that it is made for, four digits
  /// @return its ARN
  @Override
  public String take(String migration) {
    var name = "rollcall-before-" + migration + "-" + clock.instant().getEpochSecond();
    return dynamo
        .createBackup(create -> create.tableName(table).backupName(name))
        .backupDetails()
        .backupArn();
  }
}
