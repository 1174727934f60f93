package dev.rollcall.migrate.engine;

import dev.rollcall.migrate.document.Migration;
import dev.rollcall.store.RawItems;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Looks for items below the level that META says all have reached: an older release was there
/// since, and release 0.1.0 says nothing of that in META. So whoever brings data to a level looks
/// at all items once, before the first step and after the last. A million of them cost 0.06 USD.
///
/// It knows how far it has looked, so that a call that ends in between is no beginning anew.
final class Stragglers {
  private static final int PAGE = 1000;

  private final RawItems items;
  private final Watch watch;
  private Map<String, AttributeValue> from = Map.of();
  private int lowest = Integer.MAX_VALUE;

  Stragglers(RawItems items, Watch watch) {
    this.items = items;
    this.watch = watch;
  }

  /// What was found.
  sealed interface Found {
    /// All items have reached the level.
    record None() implements Found {}

    /// Some are as this level leaves them.
    record At(int level) implements Found {}

    /// There was no time to look at all, or the table refuses calls for there are too many.
    ///
    /// @param again when there is a point in going on
    record NotYet(Instant again) implements Found {}
  }

  /// @param applied what all items should have behind them, in the order of their levels
  /// @param until when no more is looked at in this call
  Found look(List<Migration> applied, Instant until) {
    if (applied.isEmpty()) {
      return new Found.None();
    }
    do {
      if (!watch.now().isBefore(until)) {
        return new Found.NotYet(watch.now());
      }
      try {
        var page = items.scan(from.isEmpty() ? null : from, PAGE);
        page.items().forEach(item -> lowest = Math.min(lowest, levelOf(item, applied)));
        from = page.next();
      } catch (AwsServiceException failure) {
        if (!Page.isThrottling(failure)) {
          throw failure;
        }
        return new Found.NotYet(watch.now().plus(Worker.THROTTLED));
      }
    } while (!from.isEmpty());
    var found = lowest;
    lowest = Integer.MAX_VALUE;
    return found == Integer.MAX_VALUE ? new Found.None() : new Found.At(found);
  }

  private static int levelOf(Map<String, AttributeValue> item, List<Migration> applied) {
    return applied.stream()
        .filter(migration -> migration.isLeftBehind(item))
        .map(Migration::from)
        .findFirst()
        .orElse(Integer.MAX_VALUE);
  }
}
