package dev.rollcall.notify;

import dev.rollcall.core.channel.Integration;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Flip;
import dev.rollcall.edge.Metrics;
import dev.rollcall.edge.queue.Message;
import dev.rollcall.edge.queue.SqsQueue;
import dev.rollcall.store.AgendaStore;
import dev.rollcall.store.CheckRecord;
import dev.rollcall.store.CheckStore;
import dev.rollcall.store.LogStore;
import dev.rollcall.store.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Takes over all untold flips of a check: writes them to the log, enters each for every channel
/// that listens, makes one delivery a channel and flip, and then says that they are told.
///
/// In this order, a crash at any point leaves the flips untold, and the next message about the
/// check, or the sweep's, does all of it again. That writes the log entries anew and enters only
/// what is not settled. What was entered once is told, even if its delivery is told by another's
/// message.
final class FanOut {
  private final CheckStore checks;
  private final LogStore log;
  private final AgendaStore agendas;
  private final SqsQueue deliveries;
  private final Metrics metrics;

  FanOut(
      CheckStore checks, LogStore log, AgendaStore agendas, SqsQueue deliveries, Metrics metrics) {
    this.metrics = metrics;
    this.checks = checks;
    this.log = log;
    this.agendas = agendas;
    this.deliveries = deliveries;
  }

  /// Flips of one check that are taken over together.
  ///
  /// @param flips oldest first, at least one
  record Takeover(CheckRecord check, List<Flip> flips) {
    private CheckId id() {
      return check.item().check().id();
    }

    private List<Flip> news() {
      return flips.stream().filter(Flip::isNews).toList();
    }
  }

  /// What is to be taken over of a check, whichever flip the message named. Empty when there is
  /// nothing to do: what is not untold has been told; a check that is gone has nobody to tell. Of
  /// more than [CheckStore#MOST_TOLD] flips the rest is left to the sweep's next message.
  Optional<Takeover> find(CheckId id, Briefing briefing) {
    return briefing
        .check(id)
        .filter(check -> !check.item().untold().isEmpty())
        .map(check ->
            new Takeover(
                check,
                check.item().untold().stream()
                    .sorted((one, other) -> Long.compare(one.number(), other.number()))
                    .limit(CheckStore.MOST_TOLD)
                    .toList()));
  }

  /// Writes the flips of all of these to the log.
  void log(Collection<Takeover> all) {
    log.appendFlips(all.stream().flatMap(each -> each.flips().stream()).toList());
  }

  /// Enters the flips for every channel that listens.
  ///
  /// @return the deliveries that they call for, in the order of the flips
  List<Message.Deliver> enter(Takeover takeover, Briefing briefing, Instant now) {
    var news = takeover.news();
    if (news.isEmpty()) {
      return List.of();
    }
    var numbers = news.stream().map(Flip::number).toList();
    var called = new ArrayList<Message.Deliver>();
    listening(takeover.check(), briefing)
        .forEach(channel -> {
          var route = new Route(takeover.id(), channel.id());
          var previous = 0L;
          for (var number : agendas.enter(route, numbers, now)) {
            called.add(new Message.Deliver(route.check(), number, route.channel(), previous));
            previous = number;
          }
        });
    return called;
  }

  /// Sends deliveries, what comes together together, so that those who deliver get full batches.
  void send(List<Message.Deliver> called) {
    deliveries.sendAll(called);
  }

  /// Says that flips whose deliveries were sent are told.
  void conclude(Takeover takeover) {
    checks.told(takeover.id(), takeover.flips().stream().map(Flip::number).toList());
    metrics.flips(takeover.flips().size());
  }

  private static List<Integration> listening(CheckRecord check, Briefing briefing) {
    return check.details().channels().stream()
        .flatMap(channel -> briefing.integration(channel).stream())
        .filter(integration -> !integration.disabled())
        .toList();
  }
}
