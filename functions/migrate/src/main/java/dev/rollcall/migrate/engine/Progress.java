package dev.rollcall.migrate.engine;

import dev.rollcall.core.schema.Schema;
import java.time.Instant;
import java.util.List;

/// How a piece of work stands.
public sealed interface Progress {

  /// There is nothing left to do.
  record Done(Schema schema) implements Progress {}

  /// There is, and it goes on with the next call.
  ///
  /// @param percent of the items, of the pass that is under way; 0 to 100
  /// @param again when the next call can do something
  /// @param doing in words
  record Going(int percent, Instant again, String doing) implements Progress {}

  /// It was not begun, and nothing is changed.
  ///
  /// @param reason what, where, and what helps
  record Refused(String reason) implements Progress {}

  /// It was begun, and a person has to look.
  ///
  /// @param items the keys of some of the items concerned, abridged where they are secret
  record Blocked(String reason, List<String> items) implements Progress {
    public Blocked {
      items = List.copyOf(items);
    }
  }
}
