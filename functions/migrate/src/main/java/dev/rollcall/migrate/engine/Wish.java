package dev.rollcall.migrate.engine;

import dev.rollcall.migrate.engine.Head.Dir;
import dev.rollcall.migrate.engine.Head.Intent;
import java.util.Optional;

/// What is wanted of the data.
///
/// @param target the level; of `finalise`, that which the last migration to be final leads to
/// @param lossy whether what is lost by going back may be lost
/// @param told whether somebody says so now; a tick only goes on with what was said
record Wish(Dir dir, int target, String requestId, boolean lossy, boolean told) {

  /// What was said before.
  static Optional<Wish> of(Head head) {
    return Optional.ofNullable(head.intent())
        .map(intent ->
            new Wish(intent.dir(), intent.target(), intent.requestId(), intent.lossy(), false));
  }

  /// The same, said before.
  Wish again() {
    return new Wish(dir, target, requestId, lossy, false);
  }

  /// Whether what is under way leads where this wants to go.
  boolean isServedBy(Intent intent) {
    return switch (dir) {
      case EXPAND, SETTLE ->
          intent.dir() == Dir.BACK
              ? intent.target() == target
              : intent.dir() != Dir.FINALISE && intent.target() >= target;
      case BACK -> intent.dir() == Dir.BACK && intent.target() <= target;
      case FINALISE -> intent.dir() == Dir.FINALISE;
    };
  }

  /// The same, as work on one migration.
  Intent on(String id) {
    return new Intent(dir, id, target, requestId, lossy);
  }

  /// Back to the target, whatever was wanted.
  ///
  /// @param agreed whether a policy lets something be lost on the way. Whoever goes on with it
  ///   later may have another one
  Intent backOn(String id, boolean agreed) {
    return new Intent(Dir.BACK, id, target, requestId, lossy || agreed);
  }
}
