package dev.rollcall.notify;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import dev.rollcall.store.Agenda;
import dev.rollcall.store.AgendaStore;
import dev.rollcall.store.LogStore;
import dev.rollcall.store.Notification;
import dev.rollcall.store.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One claim of a route, and all that is told under it: what waits, oldest first, until nothing
/// does, a try fails, or it has taken long enough.
final class Visit {

  /// How many flips are told one by one. What waits beyond them is told as one.
  static final int SINGLY = 10;

  /// After so long no further flip is begun: the function has its time-out.
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

  /// How soon what was left goes on.
  private static final Duration GO_ON = Duration.ofSeconds(1);

  private final Telling telling;
  private final AgendaStore agendas;
  private final InstantSource clock;
  private final Duration claim;
  private final Route route;
  private final String holder;
  private final boolean isDoubtful;
  private final boolean isFirst;
  private final @Nullable Instant early;
  private final long begun;
  private Agenda agenda;

  /// @param claim how long the claim lasts from each sign of life on
  /// @param parcel the message by which it was claimed
  /// @param begun by [System#nanoTime], when work on the route began
  Visit(
      Telling telling,
      AgendaStore agendas,
      InstantSource clock,
      Duration claim,
      Parcel parcel,
      Agenda agenda,
      long begun) {
    this.telling = telling;
    this.agendas = agendas;
    this.clock = clock;
    this.claim = claim;
    this.agenda = agenda;
    this.begun = begun;
    route = parcel.route();
    holder = parcel.received().id();
    var isNew = parcel.received().receiveCount() == 1;
    isFirst = isNew && agenda.failures() == 0;
    isDoubtful = !isNew || agenda.failures() > 0 || !agenda.waiting().equals(Set.of(parcel.flip()));
    early = isNew && isAhead(agenda.next()) ? agenda.next() : null;
  }

  /// @return how long what is left has to wait; zero when everything was told
  Duration tellAll(LogStore log, Briefing briefing, Crowd crowd) {
    try {
      var told = isDoubtful ? told(log) : Set.<Long>of();
      var first = isFirst;
      while (!agenda.waiting().isEmpty()) {
        var next = next();
        var untold = next.stream().filter(flip -> !told.contains(flip)).toList();
        if (!untold.isEmpty()
            && telling.tell(route, untold, first, briefing, crowd)
                instanceof Telling.Told.Failed(var reason, var asked)) {
          return fail(reason, asked);
        }
        first = false;
        var left = agenda.without(next);
        var goesOn = !left.waiting().isEmpty() && !isLongEnough();
        var settled =
            agendas.settle(
                route,
                holder,
                next,
                left.singly() + 1,
                goesOn ? clock.instant().plus(claim) : null);
        agenda = settled.orElse(left);
        if (settled.isEmpty() || !goesOn) {
          return left.waiting().isEmpty() ? Duration.ZERO : GO_ON;
        }
      }
      return Duration.ZERO;
    } catch (RuntimeException | Error broken) {
      release();
      throw broken;
    }
  }

  /// Whether nothing more is to be told of a flip.
  boolean isDoneWith(long flip) {
    return flip <= agenda.settled();
  }

  private Collection<Long> next() {
    var waiting = agenda.waiting();
    return agenda.singly() >= SINGLY ? waiting : List.of(waiting.first());
  }

  /// A process that died may have told something that is still on the agenda, and so may an older
  /// release, which knows no agenda.
  private Set<Long> told(LogStore log) {
    return log.told(route, agenda.waiting().first()).stream()
        .map(Notification::flip)
        .collect(toSet());
  }

  /// A try before its time does not count: a check that flips every minute would use up in minutes
  /// what its flips have for half a day.
  private Duration fail(String reason, @Nullable Duration asked) {
    var now = clock.instant();
    if (early != null && now.isBefore(early)) {
      agendas.release(route, holder);
      return Duration.between(now, early);
    }
    var failed = agenda.failed();
    var givenUp =
        failed.waiting().stream()
            .filter(flip -> failed.sat(flip) >= Backoff.TRIES)
            .collect(toCollection(TreeSet::new));
    if (!givenUp.isEmpty()) {
      telling.giveUp(route, givenUp, reason);
    }
    agenda = failed.without(givenUp);
    var wait = Backoff.after(failed.failures(), asked);
    agendas.fail(route, holder, agenda, givenUp, now.plus(wait));
    return wait;
  }

  private void release() {
    try {
      agendas.release(route, holder);
    } catch (RuntimeException alsoBroken) {
      // The claim ends by itself.
    }
  }

  private boolean isLongEnough() {
    return System.nanoTime() - begun >= LONG_ENOUGH.toNanos();
  }

  private boolean isAhead(@Nullable Instant instant) {
    return instant != null && clock.instant().isBefore(instant);
  }
}
