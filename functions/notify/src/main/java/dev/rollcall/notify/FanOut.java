package dev.rollcall.notify;

import static java.util.Comparator.comparingLong;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.check.Flip;
import dev.rollcall.core.check.Reason;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.edge.queue.SqsQueue;
import dev.rollcall.store.CheckRecord;
import dev.rollcall.store.CheckStore;
import dev.rollcall.store.LogStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Takes over the untold flips of a check: writes each to the log, makes one delivery a channel,
/// and then says that it is told.
///
/// What comes together is sent together, so that those who deliver get full batches as well.
///
/// In this order, a crash at any point leaves the flip untold, and the next message about it, or
/// the sweep's, does all of it again. That writes the log entry anew, and repeats deliveries, which
/// [Deliveries] drops.
final class FanOut {

  /// A flip that follows the one before by less is told after it, even where the queue turns them
  /// round.
  private static final Duration CLOSE = Duration.ofSeconds(60);

  /// How far back the flip before is looked for. Between two that are news come at most a pause, a
  /// resume and a first ping.
  private static final int BACK = 5;

  private final CheckStore checks;
  private final LogStore log;
  private final SqsQueue deliveries;

  FanOut(CheckStore checks, LogStore log, SqsQueue deliveries) {
    this.checks = checks;
    this.log = log;
    this.deliveries = deliveries;
  }

  /// A flip that is in the log, with the deliveries that it calls for.
  record Taken(Flip flip, List<Message.Deliver> deliveries) {}

  /// Writes the flip that the message names to the log, and no other: each has a message of its
  /// own, and whoever took over a neighbour's would tell it twice. Empty when there is nothing to
  /// do: a flip that is not untold has been told; a check that is gone has nobody to tell.
  Optional<Taken> take(Message.Told told, Briefing briefing) {
    return briefing
        .check(told.check())
        .flatMap(check ->
            check.item().untold().stream()
                .filter(flip -> flip.number() == told.flip())
                .findFirst()
                .map(flip -> take(check, flip, briefing)));
  }

  /// Sends the deliveries of flips that were taken.
  void send(Collection<Taken> taken) {
    deliveries.sendAll(taken.stream().flatMap(each -> each.deliveries().stream()).toList());
  }

  /// Says that a flip whose deliveries were sent is told.
  void conclude(Taken taken) {
    checks.told(taken.flip().check(), taken.flip().number());
  }

  private Taken take(CheckRecord check, Flip flip, Briefing briefing) {
    log.append(flip);
    if (!flip.isNews()) {
      return new Taken(flip, List.of());
    }
    var previous = previous(check, flip);
    return new Taken(
        flip,
        listening(check, briefing)
            .map(integration ->
                new Message.Deliver(flip.check(), flip.number(), integration.id(), previous))
            .toList());
  }

  private static Stream<Integration> listening(CheckRecord check, Briefing briefing) {
    return check.details().channels().stream()
        .flatMap(channel -> briefing.integration(channel).stream())
        .filter(integration -> !integration.disabled());
  }

  /// The number of the flip that goes first, or 0. It may be untold itself, or in the log by now.
  ///
  /// A missed deadline that is untold goes first however long ago it was: the ping that ended the
  /// outage may have found it, and then both were written at once.
  private long previous(CheckRecord check, Flip flip) {
    var untold = check.item().untold();
    var earlier = untold.stream().filter(other -> other.number() < flip.number());
    var logged = log.flips(flip.check(), flip.number(), BACK).stream();
    return Stream.concat(earlier, logged)
        .filter(Flip::isNews)
        .max(comparingLong(Flip::number))
        .filter(before ->
            before.at().plus(CLOSE).isAfter(flip.at())
                || (before.reason() == Reason.TIMEOUT && untold.contains(before)))
        .map(Flip::number)
        .orElse(0L);
  }
}
