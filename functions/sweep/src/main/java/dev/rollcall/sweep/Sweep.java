package dev.rollcall.sweep;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.check.Step;
import dev.rollcall.edge.Backlog;
import dev.rollcall.edge.queue.Hints;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.edge.queue.SqsQueue;
import dev.rollcall.store.CheckItem;
import dev.rollcall.store.CheckStore;
import dev.rollcall.store.Due;
import dev.rollcall.store.InboxStore;
import dev.rollcall.store.Saved;
import dev.rollcall.store.UnreadableItem;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/// Looks at checks whose time has come. Whatever it does is safe to do twice, by two sweeps at once
/// as well: a check is stepped by the same conditional write as everywhere.
///
/// One tick looks [Hints#HORIZON] ahead: ticks can be 119 s apart, since the scheduler may run up
/// to a minute late. What is due by now is stepped at once; what is due soon becomes a message that
/// arrives when it is.
final class Sweep {
  private static final Logger LOG = System.getLogger(Sweep.class.getName());

  /// How many entries of the index are taken at a time: what one BatchGetItem can read.
  private static final int PAGE = 100;

  /// How many checks of a page are written at once.
  private static final int WRITERS = 8;

  private final CheckStore checks;
  private final InboxStore inbox;
  private final Outgoing queues;

  /// @param inbox where pings wait that may have come in time
  Sweep(CheckStore checks, InboxStore inbox, Outgoing queues) {
    this.checks = checks;
    this.inbox = inbox;
    this.queues = queues;
  }

  /// Where messages go.
  ///
  /// @param flips to notify
  /// @param due to this function
  /// @param inbox to the function that drains the inbox
  record Outgoing(SqsQueue flips, SqsQueue due, SqsQueue inbox) {}

  /// Looks at everything that is due within the horizon, and asks for pings that wait to be taken.
  ///
  /// @throws Unfinished when something failed, after everything else was done. A check that cannot
  ///   be read is logged, and no failure: only another release can do something about it
  void tick(Instant instant) {
    var now = instant.truncatedTo(ChronoUnit.MICROS);
    var horizon = now.plus(Hints.HORIZON);
    var backlog = new Backlog(inbox);
    var left = new Left();
    left.attempt("the inbox", () -> backlog.drain(queues.inbox()));
    each(
        IntStream.range(0, checks.shards()).boxed().toList(),
        checks.shards(),
        failure -> left.add("a shard", failure),
        shard -> {
          sweepShard(shard, backlog, left, now, horizon);
          return List.of();
        });
    left.check();
  }

  /// What a tick leaves to the next one. Safe for threads.
  private static final class Left {
    private final Map<String, Integer> times = new ConcurrentSkipListMap<>();

    void attempt(String what, Runnable sending) {
      try {
        sending.run();
      } catch (SdkException | IllegalStateException failed) {
        add(what, failed);
      }
    }

    void add(String what, @Nullable Throwable failure) {
      var left = what + ": " + kind(failure);
      LOG.log(Level.ERROR, "left to the next sweep: {0}", left);
      times.merge(left, 1, Integer::sum);
    }

    void check() {
      if (!times.isEmpty()) {
        throw new Unfinished(
            times.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .collect(joining(", ")));
      }
    }
  }

  /// A message that asks for a look.
  ///
  /// @param again it came before, and whoever took it may have died before sending what follows
  record Asked(Message.Look look, boolean again) {}

  /// Looks at checks, because messages say that their time has come: reads them together, steps
  /// several at a time, and sends together what follows. Of messages that ask the same one is
  /// enough: the others find everything done, and would hide what is to be told of it.
  ///
  /// @return the messages that are not done with, each with what it failed at
  Map<Asked, RuntimeException> look(List<Asked> all, Instant instant) {
    var messages = all.stream().distinct().toList();
    var now = instant.truncatedTo(ChronoUnit.MICROS);
    var backlog = new Backlog(inbox);
    var found = new ConcurrentHashMap<CheckId, CheckItem>();
    try {
      checks
          .findAll(messages.stream().map(asked -> asked.look().check()).toList())
          .forEach(item -> found.put(item.check().id(), item));
    } catch (RuntimeException failed) {
      // Each is read by itself below: whoever meets the same failure meets it alone.
    }
    var undone = new ConcurrentHashMap<Asked, RuntimeException>();
    var stepped = new ConcurrentHashMap<Asked, Stepped>();
    each(
        messages,
        WRITERS,
        Sweep::failed,
        asked -> {
          attempt(
              List.of(asked),
              undone,
              () ->
                  Optional.ofNullable(found.get(asked.look().check()))
                      .or(() -> checks.find(asked.look().check()))
                      .flatMap(item -> step(item, asked.again(), backlog, now))
                      .ifPresent(done -> stepped.put(asked, done)));
          return List.of();
        });
    stepped.keySet().stream()
        .collect(groupingBy(asked -> asked.look().horizon()))
        .forEach((horizon, together) -> {
          var done =
              together.stream().map(asked -> Optional.ofNullable(stepped.get(asked))).toList();
          attempt(together, undone, () -> follow(done, now, horizon));
        });
    return Map.copyOf(undone);
  }

  private static void attempt(
      List<Asked> messages, Map<Asked, RuntimeException> undone, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failure) {
      failed(failure);
      messages.forEach(message -> undone.put(message, failure));
    }
  }

  private static void failed(@Nullable Throwable failure) {
    LOG.log(Level.ERROR, "look failed: {0}", kind(failure));
  }

  /// The message of a failure is not logged: it may quote what was read or sent.
  private static String kind(@Nullable Throwable failure) {
    return failure == null ? "unknown" : failure.getClass().getSimpleName();
  }

  private void sweepShard(int shard, Backlog backlog, Left left, Instant now, Instant horizon) {
    @Nullable Due last = null;
    List<Due> page;
    do {
      page = checks.due(shard, last, horizon, PAGE);
      if (!page.isEmpty()) {
        last = page.getLast();
        sweepPage(page, backlog, left, now, horizon);
      }
    } while (page.size() == PAGE);
  }

  /// A queue that does not answer must not keep what it would hear of from happening: what was not
  /// sent is found in the table again by the next tick.
  private void sweepPage(List<Due> page, Backlog backlog, Left left, Instant now, Instant horizon) {
    var reached = page.stream().filter(entry -> !entry.at().isAfter(now)).map(Due::check).toList();
    var stepped =
        each(
            read(reached),
            WRITERS,
            failure -> left.add("a check", failure),
            item -> List.of(step(item, false, backlog, now)));
    left.attempt("messages", () -> follow(stepped, now, horizon));
    var soon =
        page.stream()
            .filter(entry -> entry.at().isAfter(now))
            .map(entry -> delayed(entry.check(), entry.at(), now, horizon))
            .toList();
    left.attempt("messages", () -> queues.due().sendDelayed(soon));
  }

  /// The checks of a page. One that this release cannot read must not hide the others.
  private List<CheckItem> read(List<CheckId> ids) {
    try {
      return checks.findAll(ids);
    } catch (UnreadableItem unreadable) {
      LOG.log(Level.ERROR, "a due check cannot be read: {0}", unreadable.getMessage());
      return ids.stream().flatMap(id -> readOne(id).stream()).toList();
    }
  }

  private Optional<CheckItem> readOne(CheckId id) {
    try {
      return checks.find(id);
    } catch (UnreadableItem unreadable) {
      return Optional.empty();
    }
  }

  /// What a look at a check led to.
  ///
  /// @param tell the flips to send on: those that it brought, and those that were untold when their
  ///   time to be sent again came, or when the message came again. A flip that somebody else has
  ///   just brought is that one's to send
  private record Stepped(CheckItem item, List<Flip> tell) {}

  /// Steps a check whose index entry was reached: down if its deadline has passed, else on to its
  /// next instant. One for which a ping may wait stays as it is, and due: the next tick steps it.
  private Optional<Stepped> step(CheckItem item, boolean again, Backlog backlog, Instant now) {
    if (item.due() == null || item.due().isAfter(now)) {
      return Optional.of(new Stepped(item, again ? item.untold() : List.of()));
    }
    return switch (checks.save(item, now, (Check check) -> sweep(check, backlog, now))) {
      case Saved.Done(var saved, var brought) -> {
        var tell = new ArrayList<>(item.untold());
        tell.addAll(brought);
        yield Optional.of(new Stepped(saved, tell));
      }
      case Saved.Gone() -> Optional.empty();
    };
  }

  private static Step sweep(Check check, Backlog backlog, Instant now) {
    var step = check.sweep(now);
    return backlog.mayDeny(step) ? new Step(check, List.of()) : step;
  }

  /// Sends what follows: the flips, and a message for whatever comes due again within the horizon.
  /// What is due still is left to the next tick.
  private void follow(List<Optional<Stepped>> stepped, Instant now, Instant horizon) {
    var told = new ArrayList<Message>();
    var soon = new ArrayList<SqsQueue.Delayed>();
    for (var possible : stepped) {
      possible.ifPresent(done -> {
        var id = done.item().check().id();
        done.tell().forEach(flip -> told.add(new Message.Told(id, flip.number())));
        var next = done.item().due();
        if (next != null && next.isAfter(now) && !next.isAfter(horizon)) {
          soon.add(delayed(id, next, now, horizon));
        }
      });
    }
    try {
      queues.flips().sendAll(told);
    } finally {
      queues.due().sendDelayed(soon);
    }
  }

  private static SqsQueue.Delayed delayed(CheckId check, Instant at, Instant now, Instant horizon) {
    return new SqsQueue.Delayed(new Message.Look(check, at, horizon), Duration.between(now, at));
  }

  private interface Work<T, R> {
    List<R> on(T item);
  }

  /// Does `work` on each item, several at a time. What fails is handed to `failed`; the rest goes
  /// on.
  private static <T, R> List<R> each(
      List<T> items, int atOnce, Consumer<@Nullable Throwable> failed, Work<T, R> work) {
    if (items.isEmpty()) {
      return List.of();
    }
    var results = new ArrayList<R>();
    try (var workers =
        Executors.newFixedThreadPool(
            Math.min(atOnce, items.size()), Thread.ofVirtual().factory())) {
      var running = new ArrayList<Future<List<R>>>();
      for (var item : items) {
        running.add(workers.submit((Callable<List<R>>) () -> work.on(item)));
      }
      for (var each : running) {
        results.addAll(result(each, failed));
      }
    }
    return results;
  }

  private static <R> List<R> result(Future<List<R>> future, Consumer<@Nullable Throwable> failed) {
    try {
      return future.get();
    } catch (ExecutionException failure) {
      failed.accept(failure.getCause());
      return List.of();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopped);
    }
  }
}
