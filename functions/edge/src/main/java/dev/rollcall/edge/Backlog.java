package dev.rollcall.edge;

import dev.rollcall.core.check.Reason;
import dev.rollcall.core.check.Step;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.edge.queue.SqsQueue;
import dev.rollcall.store.InboxStore;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The pings that wait in the inbox, as one call of a function sees them. One of them may say that
/// a check whose time is up was heard in time: nobody is told that a check is down before every
/// ping that arrived until its deadline has been taken.
///
/// That ends: each such ping is taken, or leaves the inbox after five tries, one a minute. Pings
/// that arrive later hold nothing up.
///
/// What waits is looked at once, when first asked for. Safe for threads.
public final class Backlog {
  private final InboxStore inbox;
  private @Nullable Map<Integer, Instant> oldest;

  public Backlog(InboxStore inbox) {
    this.inbox = inbox;
  }

  /// Asks for what waits to be taken.
  public void drain(SqsQueue queue) {
    queue.sendAll(oldest().keySet().stream().map(Message.Drain::new).toList());
  }

  /// Whether a ping that waits may have come before a deadline that this step finds missed. Looks
  /// at the inbox only for a step that finds one.
  public boolean mayDeny(Step step) {
    return step.flips().stream()
        .anyMatch(flip -> flip.reason() == Reason.TIMEOUT && isOpen(flip.at()));
  }

  private boolean isOpen(Instant deadline) {
    return oldest().values().stream().anyMatch(arrived -> !arrived.isAfter(deadline));
  }

  /// When the oldest ping arrived, of each shard in which pings wait.
  private synchronized Map<Integer, Instant> oldest() {
    var seen = oldest;
    if (seen == null) {
      var found = new TreeMap<Integer, Instant>();
      for (int number = 0; number < InboxStore.SHARDS; number++) {
        var shard = number;
        inbox.oldest(shard).ifPresent(arrived -> found.put(shard, arrived));
      }
      oldest = found;
      return found;
    }
    return seen;
  }
}
