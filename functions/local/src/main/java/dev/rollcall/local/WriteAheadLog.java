package dev.rollcall.local;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import java.io.File;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// The log of changes that SQLite keeps beside the file of the tables until it takes them in, kept
/// short. Thread-safe.
///
/// SQLite would do so by itself after every thousandth page or so, were there a moment in which
/// nobody reads. DynamoDB Local ends each change while it still holds what it has read for it, so
/// that moment never comes: the log grows for as long as the process lives. Here calls are held
/// back for as long as it takes, once the log is [#MOST] long.
final class WriteAheadLog {
  private static final Logger LOG = System.getLogger(WriteAheadLog.class.getName());

  /// How long the log may be, in bytes, before it is taken in. Calls that were under way by then
  /// add what they write.
  static final long MOST = 8L * 1024 * 1024;

  /// How long after one that failed the next attempt comes, for instance on a full disk.
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final File tables;
  private final File log;
  private final ReadWriteLock calls = new ReentrantReadWriteLock();
  private volatile long notBefore = System.nanoTime();

  /// @param tables the file that the log belongs to, which DynamoDB Local has open
  WriteAheadLog(Path tables) {
    this.tables = tables.toFile();
    log = tables.resolveSibling(tables.getFileName() + "-wal").toFile();
  }

  /// Makes a call.
  <T> T during(Callable<T> call) throws Exception {
    calls.readLock().lock();
    try {
      return call.call();
    } finally {
      calls.readLock().unlock();
      if (isLong()) {
        shorten();
      }
    }
  }

  private boolean isLong() {
    return log.length() > MOST && System.nanoTime() - notBefore >= 0;
  }

  private void shorten() {
    calls.writeLock().lock();
    try {
      if (isLong()) {
        takeIn();
      }
    } finally {
      calls.writeLock().unlock();
    }
  }

  private void takeIn() {
    var sqlite = new SQLiteConnection(tables);
    try {
      // Only a write after all of the log was taken in cuts it off, and only with such a limit.
      sqlite
          .open(false)
          .exec("PRAGMA journal_size_limit = 0")
          .exec("PRAGMA wal_checkpoint(RESTART)")
          .exec("PRAGMA user_version = 0");
    } catch (SQLiteException failure) {
      LOG.log(Level.WARNING, "{0} stays long: {1}", log, failure.getMessage());
    } finally {
      sqlite.dispose();
      if (log.length() > MOST) {
        notBefore = System.nanoTime() + PAUSE.toNanos();
      }
    }
  }
}
