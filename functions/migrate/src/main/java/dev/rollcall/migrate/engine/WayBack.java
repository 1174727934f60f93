package dev.rollcall.migrate.engine;

import java.util.List;
import java.util.Optional;

/// Whether the data can be taken back, all the way, from what META remembers. All steps are looked
/// at before the first is taken.
record WayBack(Head head, Ledger ledger, Build build) {

  /// @param steps in the order in which they are taken back
  /// @return what stands in the way
  Optional<String> obstacle(List<Entry> steps, Wish wish) {
    var level = ledger.top(head);
    for (var step : steps) {
      if (step.to() != level) {
        return Optional.of(
            "META does not remember how level %d was reached, so nothing can be taken back"
                .formatted(level));
      }
      var obstacle = obstacle(step, wish);
      if (obstacle.isPresent()) {
        return obstacle;
      }
      level = step.from();
    }
    return level > wish.target()
        ? Optional.of(
            "META does not remember how level %d was reached, so nothing can be taken back"
                .formatted(level))
        : Optional.empty();
  }

  private Optional<String> obstacle(Entry step, Wish wish) {
    if (step.state().isFinal()) {
      return Optional.of(
          "Migration %s is final: what its way back needs was given up. Deploy release %s or later"
              .formatted(step.id(), step.origin().release()));
    }
    return switch (Recorded.of(step, ledger, build)) {
      case Recorded.Useless(var reason) -> Optional.of("Nothing is touched: " + reason);
      case Recorded.Usable(var migration) ->
          Recorded.isLossy(migration) && !agreed(step, wish)
              ? Optional.of(
                  ("Taking back migration %s loses something. Deploy release %s or later, or agree"
                          + " to the loss with AllowLossyRollback=%s")
                      .formatted(step.id(), step.origin().release(), step.id()))
              : Optional.empty();
    };
  }

  private boolean agreed(Entry step, Wish wish) {
    return wish.lossy()
        || build.policy().lossy().contains(step.id())
        || (step.state() == Entry.State.ROLLING_BACK && step.origin().lossAck());
  }
}
