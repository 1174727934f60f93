package dev.rollcall.core.check;

import dev.rollcall.core.project.ProjectId;
import dev.rollcall.core.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A watched job: what is expected of it and how it fares. This is the part that pings change;
/// names and other descriptions are in [Details].
///
/// Everything that happens to a check is a method that returns a [Step]. They are pure: time is a
/// parameter, and the same call on the same check gives the same step.
///
/// @param grace how long after the expected time, or after a start, the job may still be silent
/// @param run the run under way, or null
/// @param lastDuration how long the run took that ended with the last ping, or null when that is
///   not known
/// @param pings how many pings it has heard, which is also the number of the newest
/// @param flips how many flips it has had, which is also the number of the newest
/// @param tally of what kinds its pings were
public record Check(
    CheckId id,
    ProjectId project,
    Schedule schedule,
    Duration grace,
    Rules rules,
    State state,
    @Nullable Run run,
    @Nullable Duration lastDuration,
    long pings,
    long flips,
    Tally tally) {

  /// A check that nothing has happened to.
  public static Check create(
      CheckId id, ProjectId project, Schedule schedule, Duration grace, Rules rules) {
    return new Check(
        id, project, schedule, grace, rules, new State.New(), null, null, 0, 0, Tally.NONE);
  }

  /// When the next success is expected: by the schedule, or the start of the run under way if that
  /// is earlier. Empty when nothing is expected: the check is new, paused or down, or its calendar
  /// has ended.
  public Optional<Instant> expected() {
    return Stream.of(expectedBySchedule(), runStart())
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  /// The instant at which the check goes down unless it hears something. Empty when it cannot go
  /// down by silence.
  public Optional<Instant> deadline() {
    return expected().map(instant -> instant.plus(grace));
  }

  /// How the check fares at `now`, whether or not a sweep has noticed.
  public Status status(Instant now) {
    if (run != null && !isRunning(now)) {
      return Status.DOWN;
    }
    return switch (state) {
      case State.New _, State.Down _, State.Paused _ -> state.status();
      case State.Up _ ->
          expectedBySchedule().map(instant -> lateness(instant, now)).orElse(Status.UP);
    };
  }

  /// Whether a run is under way that has not yet taken longer than the grace time.
  public boolean isRunning(Instant now) {
    return run != null && now.isBefore(run.startedAt().plus(grace));
  }

  /// What a ping means to this check, by its rules. A mail has no method, so a rule about methods
  /// is not about it. Keywords count only where the rules or filters say so.
  public Signal understand(Arrival arrival, Filters filters) {
    var asked = arrival.asked();
    if (rules.postOnly()
        && arrival instanceof Arrival.Web(_, var method, _)
        && !method.equals("POST")) {
      return new Signal.Ignored(asked.run());
    }
    if (rules.manualResume() && state instanceof State.Paused) {
      return new Signal.Ignored(asked.run());
    }
    return searched(arrival, filters)
        .map(text -> filters.keywords().judge(text, rules.failByDefault(), asked))
        .orElse(asked);
  }

  /// A ping that arrived at `now`.
  ///
  /// A success or failure that comes after the deadline, before any sweep noticed, finds the outage
  /// first: it is told, and then what the ping says. A ping older than the last one (it had to wait
  /// somewhere) is counted and changes nothing.
  public Step hear(Signal signal, Instant now) {
    if (isOvertaken(now)) {
      return Step.quiet(counted(signal));
    }
    return switch (signal) {
      case Signal.Start(var id) -> Step.quiet(counted(signal).with(state, new Run(id, now)));
      case Signal.Log _, Signal.Ignored _, Signal.Unknown _ -> Step.quiet(counted(signal));
      case Signal.Success success -> sweep(now).then(check -> check.succeed(success, now));
      case Signal.Failure failure -> sweep(now).then(check -> check.fail(failure, now));
    };
  }

  /// What time alone does: past its deadline the check goes down, *at* its deadline.
  public Step sweep(Instant now) {
    return deadline()
        .filter(deadline -> !now.isBefore(deadline))
        .map(deadline -> turn(new State.Down(deadline, Reason.TIMEOUT, state.lastPing()), deadline))
        .orElseGet(() -> Step.quiet(this));
  }

  /// Stop watching. Once is enough: a paused check stays as it is.
  public Step pause(Instant now) {
    if (state instanceof State.Paused) {
      return Step.quiet(this);
    }
    return with(state, null).turn(new State.Paused(state.lastPing()), now);
  }

  /// Watch again, from the next ping on. Empty when the check is not paused.
  public Optional<Step> resume(Instant now) {
    return state instanceof State.Paused
        ? Optional.of(with(state, null).turn(new State.New(), now))
        : Optional.empty();
  }

  /// The same check with other expectations. A longer period saves a check that is past its
  /// deadline as long as no sweep has noticed; it does not revive one that is down.
  public Step expect(Schedule newSchedule, Duration newGrace, Rules newRules) {
    return Step.quiet(
        new Check(
            id,
            project,
            newSchedule,
            newGrace,
            newRules,
            state,
            run,
            lastDuration,
            pings,
            flips,
            tally));
  }

  /// The same check in another state: as it was, or would have been.
  public Check in(State other) {
    return with(other, run);
  }

  private Optional<Predicate<String>> searched(Arrival arrival, Filters filters) {
    return switch (arrival) {
      case Arrival.Web(_, _, var body) ->
          rules.filterBody() ? Optional.of(body::contains) : Optional.empty();
      case Arrival.Mail mail -> filters.searched(mail);
    };
  }

  private boolean isOvertaken(Instant now) {
    var last = state.lastPing();
    return (last != null && now.isBefore(last)) || (run != null && now.isBefore(run.startedAt()));
  }

  /// A success ends an outage: at the outage's beginning if it had to wait and is older than that.
  /// It ends none that would begin again at once, because another run takes too long, or because it
  /// came before the time that was missed.
  private Step succeed(Signal.Success signal, Instant now) {
    var heard = counted(signal).endRun(signal.run(), false, now);
    if (state instanceof State.Down(var since, var reason, _)) {
      var at = now.isBefore(since) ? since : now;
      var up = heard.turn(new State.Up(now), at);
      return up.check().status(at) == Status.DOWN
          ? heard.turn(new State.Down(since, reason, now), at)
          : up;
    }
    return heard.turn(new State.Up(now), now);
  }

  /// A failure keeps the beginning of the outage that it prolongs.
  private Step fail(Signal.Failure signal, Instant now) {
    var next =
        state instanceof State.Down(var since, var reason, _)
            ? new State.Down(since, reason, now)
            : new State.Down(now, Reason.FAILURE, now);
    return counted(signal).endRun(signal.run(), true, now).turn(next, now);
  }

  private Check endRun(@Nullable RunId signalled, boolean failed, Instant now) {
    if (run == null) {
      return withDuration(null, null);
    }
    if (Objects.equals(run.id(), signalled)) {
      return withDuration(null, Duration.between(run.startedAt(), now));
    }
    return withDuration(failed || signalled == null ? null : run, null);
  }

  /// The check in state `next`, with a flip where that is another status.
  private Step turn(State next, Instant at) {
    if (next.status() == state.status()) {
      return Step.quiet(with(next, run));
    }
    var reason = next instanceof State.Down(_, var why, _) ? why : null;
    var flip = new Flip(id, flips + 1, at, state.status(), next.status(), reason, pings);
    var turned =
        new Check(
            id, project, schedule, grace, rules, next, run, lastDuration, pings, flips + 1, tally);
    return new Step(turned, List.of(flip));
  }

  private Optional<Instant> expectedBySchedule() {
    return state instanceof State.Up(var lastPing) ? schedule.next(lastPing) : Optional.empty();
  }

  private Optional<Instant> runStart() {
    return run == null || state instanceof State.Down
        ? Optional.empty()
        : Optional.of(run.startedAt());
  }

  private Status lateness(Instant expected, Instant now) {
    if (!now.isBefore(expected.plus(grace))) {
      return Status.DOWN;
    }
    return now.isBefore(expected) ? Status.UP : Status.LATE;
  }

  private Check counted(Signal signal) {
    return new Check(
        id,
        project,
        schedule,
        grace,
        rules,
        state,
        run,
        lastDuration,
        pings + 1,
        flips,
        tally.with(signal));
  }

  private Check with(State newState, @Nullable Run newRun) {
    return new Check(
        id, project, schedule, grace, rules, newState, newRun, lastDuration, pings, flips, tally);
  }

  private Check withDuration(@Nullable Run newRun, @Nullable Duration newDuration) {
    return new Check(
        id, project, schedule, grace, rules, state, newRun, newDuration, pings, flips, tally);
  }
}
