package dev.rollcall.migrate.engine;

import dev.rollcall.core.schema.Schema;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What the data says of its history.
///
/// @param entries in the order of their levels
/// @param strange what is not understood of the releases that have worked with it
record Ledger(List<Entry> entries, List<Seen> releases, List<String> strange) {

  Ledger {
    entries =
        entries.stream()
            .sorted(Comparator.comparingInt(Entry::to).thenComparing(Entry::id))
            .toList();
    strange = List.copyOf(strange);
  }

  Optional<Entry> entry(String id) {
    return entries.stream().filter(entry -> entry.id().equals(id)).findFirst();
  }

  /// The migration in work: the one that was wanted last, or, where nothing says that, the only one
  /// that is neither up nor down.
  Optional<Entry> current(Head head) {
    if (head.intent() != null) {
      return entry(head.intent().id());
    }
    var working = entries.stream().filter(entry -> entry.state().isWorking()).toList();
    return working.size() == 1 ? Optional.of(working.getFirst()) : Optional.empty();
  }

  /// The highest version that any item may have.
  int top(Head head) {
    return head.working() == Schema.Phase.STEADY
        ? head.schema().level()
        : Math.max(head.schema().level(), current(head).map(Entry::to).orElse(1));
  }

  /// What has to be taken back to reach a level, in this order.
  List<Entry> above(int level) {
    return entries.stream()
        .filter(entry -> entry.state().isInTheData() && entry.to() > level)
        .toList()
        .reversed();
  }

  /// What the data demands once this migration is taken back.
  Bounds without(String id) {
    return entries.stream()
        .filter(entry -> entry.state().isInTheData() && !entry.id().equals(id))
        .map(entry -> entry.origin().bounds())
        .reduce(Bounds.NONE, Bounds::and);
  }

  /// The newest release of those that understand a vocabulary.
  Optional<Seen> speaking(int vocab) {
    return releases.stream()
        .filter(release -> release.vocab() >= vocab)
        .max(
            Comparator.comparing(
                release -> release.last() == null ? Instant.EPOCH : release.last()));
  }
}
