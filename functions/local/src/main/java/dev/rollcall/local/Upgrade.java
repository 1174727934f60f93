package dev.rollcall.local;

import dev.rollcall.core.schema.Release;
import dev.rollcall.migrate.document.Documents;
import dev.rollcall.migrate.document.Source;
import dev.rollcall.migrate.engine.Backups;
import dev.rollcall.migrate.engine.Migrator;
import dev.rollcall.migrate.engine.Policy;
import dev.rollcall.migrate.engine.Progress;
import dev.rollcall.migrate.engine.Setup;
import dev.rollcall.migrate.engine.Timing;
import dev.rollcall.migrate.engine.Watch;
import dev.rollcall.store.RawItems;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Brings the data of a folder to the level of this release, up or down, as a deployment does in
/// the cloud: what is quickly done before anybody is let in, the rest while the service runs.
final class Upgrade implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Upgrade.class.getName());

  /// Who asks for it, in the data's history.
  private static final String WHO = "desk";

  /// How long a start waits for it.
  static final Duration AT_START = Duration.ofSeconds(3);

  /// How long a turn is while the service runs.
  private static final Duration TURN = Duration.ofSeconds(1);

  /// The functions of this process read what the data says at each call, so that only requests that
  /// are under way have to end.
  private static final Timing BESIDE_REQUESTS =
      new Timing(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(10));

  private final RawItems items;
  private final InstantSource clock;
  private final Thread thread = Thread.ofVirtual().name("upgrade").unstarted(this::work);
  private boolean isOver;
  private volatile boolean stopped;

  private Upgrade(RawItems items, InstantSource clock) {
    this.items = items;
    this.clock = clock;
  }

  static Upgrade of(DynamoDbClient client, InstantSource clock) {
    return new Upgrade(new RawItems(client, LocalTables.TABLES), clock);
  }

  /// Does what can be done at once, while nobody else has the tables.
  void begin(Duration patience) {
    var migrator = migrator(Setup.alone(WHO, clock));
    var until = clock.instant().plus(patience);
    do {
      isOver = !(step(migrator, until) instanceof Progress.Going);
    } while (!isOver && clock.instant().isBefore(until));
  }

  /// Does the rest beside the service.
  void goOn() {
    if (!isOver) {
      thread.start();
    }
  }

  /// Leaves what is under way to the next start.
  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    if (thread.isAlive()) {
      join();
    }
  }

  private void work() {
    var migrator =
        migrator(
            new Setup(
                WHO,
                Policy.USUAL,
                BESIDE_REQUESTS,
                Watch.by(clock),
                Source.secure(),
                Backups.NONE));
    try {
      while (!stopped
          && step(migrator, clock.instant().plus(TURN)) instanceof Progress.Going going) {
        Watch.by(clock).pause(waiting(going));
      }
    } catch (RuntimeException failure) {
      if (!stopped) {
        LOG.log(Level.ERROR, "the data stays as it is until the next start", failure);
      }
    }
  }

  private Progress step(Migrator migrator, Instant until) {
    var progress = migrator.settle(Release.THIS.level(), WHO, until);
    switch (progress) {
      case Progress.Refused(var reason) -> LOG.log(Level.WARNING, "the data stays: {0}", reason);
      case Progress.Blocked(var reason, var keys) ->
          LOG.log(Level.ERROR, "the data cannot be changed: {0} {1}", reason, keys);
      case Progress.Done _, Progress.Going _ -> {
        // Nobody need know.
      }
    }
    return progress;
  }

  private Migrator migrator(Setup setup) {
    var documents = Documents.ofThisBuild();
    if (!documents.faults().isEmpty()) {
      throw new IllegalStateException("unreadable documents: " + documents.faults());
    }
    return new Migrator(items, Release.THIS, documents.migrations(), setup);
  }

  private void join() {
    try {
      thread.join();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration waiting(Progress.Going going) {
    var left = Duration.between(clock.instant(), going.again());
    return left.isNegative() ? Duration.ZERO : left.compareTo(TURN) > 0 ? TURN : left;
  }
}
