package dev.rollcall.migrate.engine;

import dev.rollcall.core.schema.Schema.Phase;
import dev.rollcall.migrate.document.Migration;
import dev.rollcall.migrate.engine.Course.Next;
import dev.rollcall.migrate.engine.Head.Dir;
import dev.rollcall.migrate.engine.Moves.Move;
import dev.rollcall.migrate.engine.Worker.Worked;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Goes after what is wanted: decides, does what was decided, and looks again, until it is there,
/// is refused, or has to wait.
record Pursuit(Data data, Build build, Timing timing) {

  /// What is decided by, and what is done.
  interface Data {
    Instant now();

    Known known();

    /// @return whether it is done; if not, somebody else came first
    boolean make(Head before, Move move);

    /// The first transition of a migration, with whatever backup it wants.
    Move backedUp(Move move, Migration migration);

    Worked work(Head head, Run run);

    /// Looks whether an older release has left items below the level of all others.
    ///
    /// @param applied what those have behind them, in the order of their levels
    Stragglers.Found stragglers(List<Migration> applied);
  }

  Progress of(Wish said) {
    var wish = said;
    while (true) {
      var known = data.known();
      var refusal = known.refusal(build.release());
      if (refusal.isPresent()) {
        return new Progress.Refused(refusal.get());
      }
      var head = known.head();
      var ledger = known.ledger();
      var next = course(head, ledger).next(wish);
      if (isBelieved(head, wish, next)) {
        switch (data.stragglers(applied(head, ledger))) {
          case Stragglers.Found.None() -> {}
          case Stragglers.Found.NotYet(var again) -> {
            return new Progress.Going(
                0, again, "looking for what an older release has left behind");
          }
          case Stragglers.Found.At(var level) -> {
            data.make(head, course(head, ledger).moves().reopen(level));
            continue;
          }
        }
      }
      switch (next) {
        case Next.Finished() -> {
          return new Progress.Done(head.schema());
        }
        case Next.Refuse(var reason) -> {
          return new Progress.Refused(reason);
        }
        case Next.Stuck(var trouble) -> {
          return new Progress.Blocked(trouble.reason(), trouble.items());
        }
        case Next.Make(var move) -> wish = data.make(head, move) ? wish.again() : wish;
        case Next.Begin(var move, var migration) ->
            wish = data.make(head, data.backedUp(move, migration)) ? wish.again() : wish;
        case Next.Work(var run) -> {
          wish = wish.again();
          var end = worked(run, head, ledger);
          if (end.isPresent()) {
            return end.get();
          }
        }
      }
    }
  }

  /// Whether it is taken from META alone that all items have reached the level of the data, by
  /// somebody who goes up from there, or stays.
  private static boolean isBelieved(Head head, Wish wish, Next next) {
    return head.isAt(Phase.STEADY)
        && head.schema().writeLevel() == head.schema().level()
        && (next instanceof Next.Finished
            ? wish.dir() == Dir.SETTLE && head.schema().level() == wish.target()
            : next instanceof Next.Begin && wish.told());
  }

  private List<Migration> applied(Head head, Ledger ledger) {
    return ledger.above(0).reversed().stream()
        .filter(entry -> entry.to() <= head.schema().level())
        .map(entry -> Recorded.of(entry, ledger, build))
        .flatMap(recorded ->
            recorded instanceof Recorded.Usable(var migration) ? Stream.of(migration) : Stream.of())
        .toList();
  }

  /// @return empty when it is to be looked at again
  private Optional<Progress> worked(Run run, Head head, Ledger ledger) {
    return switch (data.work(head, run)) {
      case Worked.Going(var going) -> Optional.of(going);
      case Worked.Overtaken() -> Optional.empty();
      case Worked.Through(var now, var counts) -> {
        data.make(now, course(now, ledger).completed(run, counts));
        yield Optional.empty();
      }
      case Worked.Stuck(var now, var reason, var items, var counts) -> {
        var isSaid =
            data.make(now, course(now, ledger).moves().block(run.entry(), reason, items, counts));
        yield isSaid ? Optional.of(new Progress.Blocked(reason, items)) : Optional.empty();
      }
    };
  }

  private Course course(Head head, Ledger ledger) {
    return new Course(head, ledger, build, timing, data.now());
  }
}
