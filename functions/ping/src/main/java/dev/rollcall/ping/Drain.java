package dev.rollcall.ping;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.rollcall.core.json.Json;
import dev.rollcall.core.schema.Fit;
import dev.rollcall.edge.Gate;
import dev.rollcall.edge.queue.SqsQueue;
import dev.rollcall.store.InboxStore;
import dev.rollcall.store.InboxStore.Kept;
import dev.rollcall.store.WaitingPing;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/// Takes the pings that wait in the log table, as if they came when they did: those of one target
/// in the order of their arrival, those of different targets at once.
///
/// A ping is removed after it was taken. A process that dies between the two leaves it to be taken
/// again, which counts nothing unless another ping of the same check was heard meanwhile.
///
/// A ping that cannot be taken holds up those of its own target, so that they keep their order, and
/// no others. After [#TRIES] tries it goes to the queue of the inbox, where it is tried for days
/// more, and so do those behind it that cannot be taken either: so no ping keeps the inbox from
/// becoming empty, for which alerts wait. Tables that do not answer are given [#PATIENCE] tries, as
/// they stop alerts themselves.
final class Drain {
  /// How often a ping is tried here. One try a minute.
  static final int TRIES = 5;

  /// The same where it is the tables that fail.
  static final int PATIENCE = 30;

  /// How long a drain may take: its function's time-out, less what the last calls may need.
  static final Duration LONGEST = Duration.ofSeconds(40);

  /// Longer than the function can run.
  static final Duration LEASE = Duration.ofSeconds(90);

  private static final Logger LOG = System.getLogger(Drain.class.getName());

  private static final int PAGE = 100;

  /// How many targets of a shard are served at once: four shards have fewer calls under way than
  /// there may be connections.
  private static final int AT_ONCE = 10;

  private final InboxStore inbox;
  private final Pings pings;
  private final SqsQueue queue;
  private final Gate gate;
  private final InstantSource clock;

  Drain(InboxStore inbox, Pings pings, SqsQueue queue, Gate gate, InstantSource clock) {
    this.inbox = inbox;
    this.pings = pings;
    this.queue = queue;
    this.gate = gate;
    this.clock = clock;
  }

  /// Takes the pings of a shard, unless somebody else does, or this release cannot read the data.
  /// What is left when the time is up, the next drain takes.
  ///
  /// @param until when the time is up
  /// @param waited notes the pings that are taken
  void shard(int shard, Instant until, Waited waited) {
    var now = clock.instant();
    if (!now.isBefore(until) || gate.fit() == Fit.UNREADABLE) {
      return;
    }
    var lease = now.plus(LEASE);
    if (!inbox.lease(shard, now, lease)) {
      return;
    }
    try {
      takeAll(shard, until, waited);
    } finally {
      inbox.release(shard, lease);
    }
  }

  private void takeAll(int shard, Instant until, Waited waited) {
    var stuck = new Stuck(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());
    @Nullable Kept last = null;
    while (clock.instant().isBefore(until)) {
      var page = inbox.page(shard, last, PAGE);
      if (page.isEmpty()) {
        return;
      }
      last = page.getLast();
      take(page, stuck, until, waited);
    }
  }

  /// Targets whose pings cannot be taken.
  ///
  /// @param heldUp those that wait for another try
  /// @param givenUp those that have had all their tries
  private record Stuck(Set<String> heldUp, Set<String> givenUp) {}

  private void take(List<Kept> page, Stuck stuck, Instant until, Waited waited) {
    var byTarget = page.stream().collect(groupingBy(Drain::target, LinkedHashMap::new, toList()));
    try (var threads = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      byTarget.forEach(
          (target, waiting) -> threads.execute(() -> take(target, waiting, stuck, until, waited)));
    }
  }

  private void take(String target, List<Kept> waiting, Stuck stuck, Instant until, Waited waited) {
    for (var kept : waiting) {
      if (stuck.heldUp().contains(target) || !clock.instant().isBefore(until)) {
        return;
      }
      try {
        if (!take(kept, target, stuck.givenUp(), waited)) {
          stuck.heldUp().add(target);
        }
      } catch (RuntimeException failure) {
        log("ping still waits", failure);
        stuck.heldUp().add(target);
      }
    }
  }

  /// @return whether the next one of its target may be taken
  private boolean take(Kept kept, String target, Set<String> givenUp, Waited waited) {
    var ping = kept.ping();
    if (ping.isEmpty()) {
      move(kept, Json.write(Map.of("remains", kept.remains())));
      return true;
    }
    try {
      var _ = pings.takeInTurn(Inbox.request(ping.get()), ping.get().arrivedAt());
      waited.add(ping.get().arrivedAt());
    } catch (RuntimeException failure) {
      log("ping still waits", failure);
      var tries = failure instanceof SdkException ? PATIENCE : TRIES;
      if (!givenUp.contains(target) && inbox.failed(kept) < tries) {
        return false;
      }
      givenUp.add(target);
      move(kept, Inbox.write(ping.get()));
      return true;
    }
    inbox.remove(kept);
    return true;
  }

  /// First to the queue, then out of the table: a process that dies between the two leaves it in
  /// both.
  private void move(Kept kept, String text) {
    LOG.log(Level.ERROR, "ping moved to the queue, as it cannot be taken");
    queue.sendText(text);
    inbox.remove(kept);
  }

  /// Those that name nobody have each a target of their own.
  private static String target(Kept kept) {
    return kept.ping()
        .map(WaitingPing::path)
        .flatMap(PingUrl::parse)
        .map(url -> url.target().name())
        .orElse(kept.key());
  }

  private static void log(String what, RuntimeException failure) {
    LOG.log(Level.WARNING, what + ": {0}", failure.getClass().getSimpleName());
  }
}
