package dev.rollcall.notify;

import dev.rollcall.edge.queue.SqsEvent.Received;
import dev.rollcall.edge.queue.SqsQueue;
import dev.rollcall.store.AgendaStore;
import dev.rollcall.store.Claim;
import dev.rollcall.store.LogStore;
import dev.rollcall.store.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Tells channels what their agendas say that they have still to be told: in the order of the
/// flips, and once if nothing breaks.
///
/// A delivery's message is only the reason to look. Whoever comes claims the route, and tells
/// everything that waits on it, oldest first, while the others of the route step back. So no flip
/// overtakes another, whichever message comes first, and a channel that fails is left alone until
/// its next try is due. Each flip keeps its own message until it is settled: whichever process
/// dies, and whichever release comes next, something in the queue still asks for it.
final class Deliveries {

  /// How long a claim lasts after its last sign of life: more than one try takes.
  private static final Duration CLAIM = Duration.ofSeconds(45);

  /// How long a message steps back while its route is claimed by another.
  private static final Duration STEP_BACK = Duration.ofSeconds(5);

  /// How long a delivery to a channel in trouble steps back while others wait, at least; and at
  /// most how much longer, so that those in trouble do not come together again.
  private static final Duration GIVE_WAY = Duration.ofSeconds(5);

  private static final int SPREAD_SECONDS = 20;

  /// The most that a message can be hidden from when it was received.
  private static final Duration LONGEST = Duration.ofHours(11);

  private final LogStore log;
  private final AgendaStore agendas;
  private final Telling telling;
  private final SqsQueue queue;
  private final InstantSource clock;

  Deliveries(
      LogStore log, AgendaStore agendas, Telling telling, SqsQueue queue, InstantSource clock) {
    this.log = log;
    this.agendas = agendas;
    this.telling = telling;
    this.queue = queue;
    this.clock = clock;
  }

  /// Who waits for deliveries while a batch of them is told.
  Crowd crowd() {
    return new Crowd(queue);
  }

  /// Tries a channel out. Once: how that went is the channel's last error.
  void test(Parcel parcel, Briefing briefing) {
    telling.test(parcel.message(), briefing, parcel.received().id());
  }

  /// Tells what waits on a route.
  ///
  /// @param parcels the messages that came for it, in the order of their flips, at least one
  /// @return those that are not done with: they come again
  List<Parcel> deliver(Route route, List<Parcel> parcels, Briefing briefing, Crowd crowd) {
    if (givesWay(route, parcels.getFirst().received(), briefing, crowd)) {
      return hide(parcels, spread(parcels.getFirst().received()));
    }
    var begun = System.nanoTime();
    var left = new ArrayList<>(parcels);
    while (!left.isEmpty()) {
      var first = left.getFirst();
      var now = clock.instant();
      switch (claim(route, first, now)) {
        case Claim.Settled(), Claim.Unrecorded() -> left.removeFirst();
        case Claim.Busy() -> {
          return hide(left, STEP_BACK);
        }
        case Claim.Later(var next) -> {
          return hide(left, Duration.between(now, next));
        }
        case Claim.Granted(var agenda) -> {
          var visit = new Visit(telling, agendas, clock, CLAIM, first, agenda, begun);
          var wait = visit.tellAll(log, briefing, crowd);
          left.removeIf(parcel -> visit.isDoneWith(parcel.flip()));
          if (!wait.isZero()) {
            return hide(left, wait);
          }
        }
      }
    }
    return List.of();
  }

  /// Whether a channel in trouble lets others go first. It does so once for each of its tries: the
  /// message that stepped back is tried when it comes again.
  private static boolean givesWay(Route route, Received received, Briefing briefing, Crowd crowd) {
    return received.receiveCount() % 2 == 1
        && briefing
            .integration(route.channel())
            .filter(channel -> channel.isInTrouble() && !channel.disabled())
            .isPresent()
        && crowd.isWaiting();
  }

  private static Duration spread(Received received) {
    return GIVE_WAY.plusSeconds(Math.floorMod(received.id().hashCode(), SPREAD_SECONDS));
  }

  /// A delivery that is not on the agenda was made by a release that keeps none: unless that one
  /// has told it, or a later one, it is entered now.
  private Claim claim(Route route, Parcel parcel, Instant now) {
    var claim = ask(route, parcel, now);
    if (!(claim instanceof Claim.Unrecorded)) {
      return claim;
    }
    var flip = parcel.flip();
    if (!log.told(route, flip).isEmpty() || agendas.enter(route, List.of(flip), now).isEmpty()) {
      return new Claim.Settled();
    }
    return ask(route, parcel, now);
  }

  private Claim ask(Route route, Parcel parcel, Instant now) {
    var isNew = parcel.received().receiveCount() == 1;
    return agendas.claim(route, parcel.flip(), parcel.received().id(), isNew, now, now.plus(CLAIM));
  }

  private List<Parcel> hide(List<Parcel> parcels, Duration asked) {
    var duration = asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    parcels.forEach(parcel ->
        queue.hide(parcel.received().receipt(), duration.isNegative() ? Duration.ZERO : duration));
    return parcels;
  }
}
