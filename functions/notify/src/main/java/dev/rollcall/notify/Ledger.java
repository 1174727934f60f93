package dev.rollcall.notify;

import dev.rollcall.store.LogStore;
import dev.rollcall.store.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Writes to the log how deliveries ended. What comes while a write is under way is written
/// together by the next one, many in a call: nobody waits for more to come, and no more calls are
/// made than the table can answer. Safe for threads.
final class Ledger {

  /// The most entries of one call: what DynamoDB takes in one BatchWriteItem.
  private static final int MOST = 25;

  private final LogStore log;
  private final ReentrantLock writing = new ReentrantLock();
  private final Queue<Entry> waiting = new ConcurrentLinkedQueue<>();

  Ledger(LogStore log) {
    this.log = log;
  }

  /// What is to be written.
  private static final class Entry {
    final Notification notification;

    /// Whether it is written; null until that was tried. Guarded by [#writing].
    @Nullable Boolean written;

    Entry(Notification notification) {
      this.notification = notification;
    }
  }

  /// Returns when they are written.
  ///
  /// @param all how one delivery ended: an entry for each flip that it told, at least one
  /// @throws RuntimeException when they could not be written, alone either
  void append(List<Notification> all) {
    if (all.size() > 1) {
      log.appendNotifications(all);
      return;
    }
    var entry = new Entry(all.getFirst());
    waiting.add(entry);
    if (!isWrittenWithOthers(entry)) {
      log.append(entry.notification);
    }
  }

  /// How many wait for a write to end. Others may come at any time.
  int waiting() {
    return waiting.size();
  }

  private boolean isWrittenWithOthers(Entry entry) {
    writing.lock();
    try {
      while (entry.written == null) {
        writeNext();
      }
      return entry.written;
    } finally {
      writing.unlock();
    }
  }

  /// What cannot be written together is left to each that waits for it, so that no entry is kept
  /// from the log by another. One that is alone here is its caller's own.
  private void writeNext() {
    var batch = new ArrayList<Entry>();
    for (var next = waiting.poll(); next != null; next = waiting.poll()) {
      batch.add(next);
      next.written = false;
      if (batch.size() == MOST) {
        break;
      }
    }
    if (batch.size() == 1) {
      log.append(batch.getFirst().notification);
      batch.getFirst().written = true;
    } else if (isWrittenTogether(batch)) {
      batch.forEach(entry -> entry.written = true);
    }
  }

  private boolean isWrittenTogether(List<Entry> batch) {
    try {
      log.appendNotifications(batch.stream().map(entry -> entry.notification).toList());
      return true;
    } catch (RuntimeException failed) {
      return false;
    }
  }
}
