package dev.rollcall.local;

import dev.rollcall.core.schema.Release;
import dev.rollcall.migrate.document.Documents;
import dev.rollcall.migrate.document.Source;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Brings the data of a folder to the level of this release, up or down, as a deployment does in
/// the cloud: what is quickly done before anybody is let in, the rest while the service runs.
final class Upgrade implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Upgrade.class.getName());

  /// How long a start waits for it.
  static final Duration AT_START = Duration.ofSeconds(3);

  /// How long a turn is while the service runs.
  private static final Duration TURN = Duration.ofSeconds(1);

  /// The functions of this process read what the data says at each call, so that only requests that
  /// are under way have to end.
  private static final Timing BESIDE_REQUESTS =
      new Timing(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(10));

  /// Nobody else wants anything of the tables.
  private static final int UNLIMITED = 1_000_000;

  private final RawItems items;
  private final InstantSource clock;
  private final String request = UUID.randomUUID().toString();
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
    var migrator = migrator(Timing.ALONE, UNLIMITED);
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
    var migrator = migrator(BESIDE_REQUESTS, null);
    try {
      while (!stopped
          && step(migrator, clock.instant().plus(TURN)) instanceof Progress.Going going) {
        watch().pause(waiting(going));
      }
    } catch (RuntimeException failure) {
      if (!stopped) {
        LOG.log(Level.ERROR, "the data stays as it is until the next start", failure);
      }
    }
  }

  private Progress step(Migrator migrator, Instant until) {
    var progress = migrator.settle(Release.THIS.level(), request, until);
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

  private Migrator migrator(Timing timing, @Nullable Integer itemsPerSecond) {
    var documents = Documents.ofThisBuild();
    if (!documents.faults().isEmpty()) {
      throw new IllegalStateException("unreadable documents: " + documents.faults());
    }
    var setup =
        new Setup(
            "desk",
            Policy.USUAL,
            timing,
            watch(),
            Source.secure(),
            _ -> "none: this table has no backups",
            itemsPerSecond);
    return new Migrator(items, Release.THIS, documents.migrations(), setup);
  }

  /// The time of the service, whose clock may have been moved.
  private Watch watch() {
    return new Watch() {
      @Override
      public Instant now() {
        return clock.instant();
      }

      @Override
      public void pause(Duration duration) {
        Watch.system().pause(duration);
      }
    };
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
