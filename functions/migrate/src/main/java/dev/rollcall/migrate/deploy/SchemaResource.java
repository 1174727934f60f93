package dev.rollcall.migrate.deploy;

import dev.rollcall.core.schema.Schema;
import dev.rollcall.migrate.engine.Migrator;
import dev.rollcall.migrate.engine.Policy;
import dev.rollcall.migrate.engine.Progress;
import dev.rollcall.store.SchemaStore;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// The resources `Custom::Schema`: the data as a release needs it.
///
/// @param migrators makes one for a request, with what its deployment allows
/// @param data what the data says of itself
/// @param pauses passes the time in which nothing can be done
record SchemaResource(Function<Policy, Migrator> migrators, SchemaStore data, Pauses pauses) {

  /// Passes time.
  @FunctionalInterface
  interface Pauses {
    void until(Instant end);
  }

  /// @param goesBack whether the deployment does: it never gives up a way back
  Progress bring(Terms terms, Request request, Instant until, boolean goesBack) {
    var migrator = migrators.apply(terms.policy());
    return switch (terms.phase()) {
      case EXPAND -> patiently(until, () -> migrator.expand(terms.target(), request.id(), until));
      case SETTLE -> {
        var progress = patiently(until, () -> migrator.settle(terms.target(), request.id(), until));
        yield progress instanceof Progress.Done && !goesBack
            ? terms.finalise().map(through -> finalise(through, request, until)).orElse(progress)
            : progress;
      }
    };
  }

  private Progress finalise(String through, Request request, Instant until) {
    var migrator = migrators.apply(Policy.USUAL);
    return patiently(until, () -> migrator.finalise(through, request.id(), until));
  }

  /// Calls again until it is done, or the time is up. Every function must have heard of a change
  /// before the next one, so that there is waiting even where there is little data.
  Progress patiently(Instant until, Supplier<Progress> work) {
    while (true) {
      var progress = work.get();
      if (!(progress instanceof Progress.Going going) || !going.again().isBefore(until)) {
        return progress;
      }
      pauses.until(going.again());
    }
  }

  /// What is answered for work that did not end in time: what the data says of it.
  Progress sofar(Terms terms) {
    return data.read()
        .schema()
        .map(now -> sofar(terms, now))
        .orElseGet(() ->
            new Progress.Refused("What the data says of itself is not understood; deploy again"));
  }

  private static Progress sofar(Terms terms, Schema now) {
    return switch (now.phase()) {
      case BLOCKED ->
          new Progress.Blocked("the data is blocked; its page Data version says why", List.of());
      case EXPANDING, EXPANDED, SETTLING, ROLLING_BACK ->
          new Progress.Going(0, Instant.MAX, "not ended in time");
      case STEADY ->
          now.level() == terms.target()
              ? new Progress.Done(now)
              : new Progress.Refused("Nothing was begun within the function's time; deploy again");
    };
  }

  /// @throws dev.rollcall.store.UnreadableItem when this release does not understand it
  Schema schema() {
    return data.read().understood();
  }
}
