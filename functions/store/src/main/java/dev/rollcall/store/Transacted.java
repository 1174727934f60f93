package dev.rollcall.store;

import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// What became of a transaction.
sealed interface Transacted {

  /// Everything is written.
  record Written() implements Transacted {}

  /// Nothing is written: somebody else came first. Whoever was refused looks again and tries anew.
  ///
  /// @param codes why, for each write of the transaction in its place
  record Refused(List<String> codes) implements Transacted {

    /// Whether the condition of the write in this place did not hold.
    boolean condition(int place) {
      return codes.get(place).equals(CONDITION);
    }
  }

  /// The code of a write whose condition did not hold.
  String CONDITION = "ConditionalCheckFailed";

  /// The codes of a lost race. `None` is that of a write that nothing was wrong with.
  Set<String> RACE = Set.of("None", CONDITION, "TransactionConflict");

  /// @throws TransactionCanceledException when it was not a race, but throttling or a bug
  static Transacted refused(TransactionCanceledException cancelled) {
    var codes =
        cancelled.cancellationReasons().stream()
            .map(CancellationReason::code)
            .map(code -> code == null ? "None" : code)
            .toList();
    if (codes.isEmpty() || !RACE.containsAll(codes)) {
      throw cancelled;
    }
    return new Refused(codes);
  }
}
