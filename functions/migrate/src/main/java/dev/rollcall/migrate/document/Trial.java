package dev.rollcall.migrate.document;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// An item, with its attic item if it has one, as changes make them. Nobody else writes here, so
/// that no change is refused.
///
/// @param attic empty when there is none
record Trial(Map<String, AttributeValue> item, Map<String, AttributeValue> attic) {

  static Trial of(Map<String, AttributeValue> item) {
    return new Trial(item, Map.of());
  }

  Trial after(Change change) {
    return switch (change) {
      case Change.Nothing _ -> this;
      case Change.Update update -> {
        var changed = new HashMap<>(item);
        changed.keySet().removeAll(update.remove());
        changed.putAll(update.set());
        var kept = update.deleteAfter().isPresent() ? Map.<String, AttributeValue>of() : attic;
        yield new Trial(Map.copyOf(changed), update.putFirst().orElse(kept));
      }
      case Change.Delete _ -> new Trial(Map.of(), attic);
      case Change.Refused(var reason) -> throw new IllegalStateException(reason);
    };
  }

  Trial expanded(Migration migration, Source ids) {
    return after(migration.expand(item, attic, ids));
  }

  Trial settled(Migration migration, Source ids) {
    return after(migration.settle(item, attic, ids));
  }

  Trial back(Migration migration) {
    return after(migration.back(item, attic));
  }

  Trial finalised(Migration migration) {
    return after(migration.finalise(item, false, false));
  }
}
