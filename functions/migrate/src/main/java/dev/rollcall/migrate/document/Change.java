package dev.rollcall.migrate.document;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What has to be written so that an item is as a document wants it. Each is safe to write again,
/// and safe to leave after any of its parts: the item itself changes in one write, and what that
/// write refers to is there before it and goes after it.
public sealed interface Change {

  /// The item is as it should be.
  record Nothing() implements Change {}

  /// One conditional update of the item, all of it or nothing.
  ///
  /// `putFirst` is an attic item. It is put before the update: an update whose attic was not
  /// written would have thrown values away. Its key holds a digest of its content, so that no other
  /// content can take its place: not that of a worker that woke up late, nor that of an update
  /// which lost a race. `deleteAfter` goes when the update holds: until then the item refers to it.
  /// A crash in between leaves an item that nothing refers to; finalising finds it.
  ///
  /// Whoever writes gives an attic item the generation of its lease, puts it only where none of a
  /// later generation is, and deletes it only if it is not of a later generation: otherwise a late
  /// worker deletes what a later one has put again under the same name.
  ///
  /// @param key of the item
  /// @param set attributes to write
  /// @param remove attributes to take away; none of those in `set`
  /// @param seen what the update was made from: it holds only while each of these attributes has
  ///   its value, or is missing
  /// @param counts numbers that grow by one with the update, so that whoever read the item before
  ///   it is refused
  /// @param putFirst a whole item
  /// @param deleteAfter the key of an item
  record Update(
      Map<String, AttributeValue> key,
      Map<String, AttributeValue> set,
      Set<String> remove,
      Map<String, Optional<AttributeValue>> seen,
      Set<String> counts,
      Optional<Map<String, AttributeValue>> putFirst,
      Optional<Map<String, AttributeValue>> deleteAfter)
      implements Change {
    public Update {
      key = Map.copyOf(key);
      set = Map.copyOf(set);
      remove = Set.copyOf(remove);
      seen = Map.copyOf(seen);
      counts = Set.copyOf(counts);
    }
  }

  /// An attic item that nobody needs any more.
  record Delete(Map<String, AttributeValue> key, Map<String, Optional<AttributeValue>> seen)
      implements Change {
    public Delete {
      key = Map.copyOf(key);
      seen = Map.copyOf(seen);
    }
  }

  /// The item cannot be changed as it is; a person has to look.
  ///
  /// @param reason names no value of the item
  record Refused(String reason) implements Change {}
}
