package dev.rollcall.migrate.engine;

import dev.rollcall.migrate.document.Change;
import dev.rollcall.migrate.document.Migration;
import dev.rollcall.migrate.document.Source;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What is done to each item of a migration's kind.
enum Way {
  /// Gives it what the next level adds. Older releases write meanwhile, so there is no last item,
  /// and no verifying either: settling goes over all of them again.
  EXPAND("u", false),
  /// Brings it all the way, whether it was expanded or an older release has made it meanwhile.
  SETTLE("u", true),
  /// Gives it its former shape.
  BACK("d", true),
  /// Takes away what only the way back needs.
  PURGE("p", true),
  /// Takes away what only another way up would need, after the way back.
  FORGET("p", true);

  private final String letter;
  private final boolean verified;

  Way(String letter, boolean verified) {
    this.letter = letter;
    this.verified = verified;
  }

  /// What the item needs.
  ///
  /// @param attic the item that it refers to, or empty
  /// @param isVerifying whether a pass before this one, and a wait, found nothing more to do
  Change change(
      Migration migration,
      Map<String, AttributeValue> item,
      Map<String, AttributeValue> attic,
      Source ids,
      boolean isVerifying) {
    return switch (this) {
      case EXPAND -> migration.expand(item, attic, ids);
      case SETTLE -> migration.settle(item, attic, ids);
      case BACK -> migration.back(item, attic);
      case PURGE -> migration.purge(item);
      case FORGET -> migration.forget(item, isVerifying);
    };
  }

  /// In the keys of segments.
  String letter() {
    return letter;
  }

  /// Whether a clean pass is followed by a wait and another one. A worker that lost its lease may
  /// be in the middle of a page, and writes it to its end; what it leaves is found then.
  boolean isVerified() {
    return verified;
  }
}
