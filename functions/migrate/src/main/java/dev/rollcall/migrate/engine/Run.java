package dev.rollcall.migrate.engine;

import dev.rollcall.migrate.document.Change;
import dev.rollcall.migrate.document.Migration;
import dev.rollcall.migrate.document.Source;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The work on one migration in one direction.
///
/// @param migration as this build understands the text of `entry`
record Run(Way way, Entry entry, Migration migration) {

  /// What an item needs.
  ///
  /// @param attic the item that it refers to, or empty
  /// @param isVerifying whether a pass before this one, and a wait, found nothing more to do
  Change change(
      Map<String, AttributeValue> item,
      Map<String, AttributeValue> attic,
      Source ids,
      boolean isVerifying) {
    return switch (way) {
      case EXPAND -> migration.expand(item, attic, ids);
      case SETTLE -> migration.settle(item, attic, ids);
      case BACK -> migration.back(item, attic);
      case FINALISE -> migration.finalise(item, entry.isTakenBack(), isVerifying);
    };
  }
}
