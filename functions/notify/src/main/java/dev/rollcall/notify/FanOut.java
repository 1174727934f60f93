package dev.rollcall.notify;

import static java.util.Comparator.comparingLong;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.check.Flip;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.edge.queue.SqsQueue;
import dev.rollcall.store.CheckCatalog;
import dev.rollcall.store.CheckRecord;
import dev.rollcall.store.CheckStore;
import dev.rollcall.store.IntegrationStore;
import dev.rollcall.store.LogStore;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Takes over the untold flips of a check: writes each to the log, makes one delivery a channel,
/// and then says that it is told.
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

  private final CheckCatalog catalog;
  private final CheckStore checks;
  private final LogStore log;
  private final IntegrationStore integrations;
  private final SqsQueue deliveries;

  FanOut(
      CheckCatalog catalog,
      CheckStore checks,
      LogStore log,
      IntegrationStore integrations,
      SqsQueue deliveries) {
    this.catalog = catalog;
    this.checks = checks;
    this.log = log;
    this.integrations = integrations;
    this.deliveries = deliveries;
  }

  /// Tells of the flip that the message names, and of no other: each has a message of its own, and
  /// whoever took over a neighbour's would tell it twice. A flip that is not untold has been told;
  /// a check that is gone has nobody to tell.
  void tell(Message.Told told) {
    catalog
        .find(told.check())
        .ifPresent(check ->
            check.item().untold().stream()
                .filter(flip -> flip.number() == told.flip())
                .forEach(flip -> tell(check, flip)));
  }

  private void tell(CheckRecord check, Flip flip) {
    log.append(flip);
    if (flip.isNews()) {
      var previous = previous(check, flip);
      deliveries.sendAll(
          listening(check)
              .map(integration ->
                  new Message.Deliver(flip.check(), flip.number(), integration.id(), previous))
              .toList());
    }
    checks.told(flip.check(), flip.number());
  }

  private Stream<Integration> listening(CheckRecord check) {
    return integrations.findAll(List.copyOf(check.details().channels())).stream()
        .filter(integration -> !integration.disabled());
  }

  /// The number of the flip that goes first, or 0. It may be untold itself, or in the log by now.
  private long previous(CheckRecord check, Flip flip) {
    var untold = check.item().untold().stream().filter(other -> other.number() < flip.number());
    var logged = log.flips(flip.check(), flip.number(), BACK).stream();
    return Stream.concat(untold, logged)
        .filter(Flip::isNews)
        .max(comparingLong(Flip::number))
        .filter(before -> before.at().plus(CLOSE).isAfter(flip.at()))
        .map(Flip::number)
        .orElse(0L);
  }
}
