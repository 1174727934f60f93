package dev.rollcall.api;

import dev.rollcall.core.check.Check;
import dev.rollcall.core.check.State;
import dev.rollcall.core.check.Step;
import dev.rollcall.edge.queue.Hints;
import dev.rollcall.store.CheckRecord;
import dev.rollcall.store.Saved;
import dev.rollcall.store.Stores;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/// Pausing, resuming and deleting checks.
record Lifecycle(Stores stores, Documents documents, Hints hints) {

  Answer pause(Call call, CheckRecord record) {
    return take(call, record, check -> check.pause(call.now()));
  }

  Answer resume(Call call, CheckRecord record) {
    return record.item().check().state() instanceof State.Paused
        ? take(call, record, check -> check.resume(call.now()).orElse(new Step(check, List.of())))
        : new Problem.NotPaused();
  }

  /// Answers with the check as it was, but for its channels: by then it tells none.
  Answer delete(Call call, CheckRecord record) {
    return stores.catalog().delete(record.item().check().id())
        ? Answer.ok(
            documents.show(
                call,
                new CheckRecord(
                    record.item(), record.details().telling(Collections.emptySortedSet()))))
        : new Problem.NoSuchPage();
  }

  private Answer take(Call call, CheckRecord record, Function<Check, Step> step) {
    return switch (stores.checks().save(record.item(), call.now(), step)) {
      case Saved.Done done -> {
        hints.after(done, call.now());
        yield Answer.ok(documents.show(call, new CheckRecord(done.item(), record.details())));
      }
      case Saved.Gone() -> new Problem.NoSuchPage();
    };
  }
}
