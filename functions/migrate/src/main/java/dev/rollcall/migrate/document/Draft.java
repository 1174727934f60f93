package dev.rollcall.migrate.document;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// An item while a migration works on it, and what it has looked at. What an item of one level
/// cannot say of the same item at another goes to the attic: attributes of the item, or, where it
/// is hot or large, an item of its own.
final class Draft {
  /// From this size on, in bytes, an item's attic is an item of its own.
  private static final int LARGE = 32 * 1024;

  /// What DynamoDB takes, in bytes.
  private static final int LARGEST = 400 * 1024;

  private final Marks marks;
  private final boolean isHot;
  private final Map<String, AttributeValue> before;
  private final Map<String, AttributeValue> now;
  private final Map<String, AttributeValue> attic = new TreeMap<>();
  private final Set<String> seen = new HashSet<>();
  private final @Nullable Key formerAttic;

  /// @param atticItem the one that the item refers to, or empty when it refers to none
  Draft(
      Marks marks,
      boolean isHot,
      Map<String, AttributeValue> item,
      Map<String, AttributeValue> atticItem) {
    this.marks = marks;
    this.isHot = isHot;
    before = item;
    now = new HashMap<>(item);
    formerAttic = atticKey(marks, item);
    take(item);
    if (formerAttic != null) {
      take(atticItem);
    }
    now.keySet().removeIf(marks::isAttic);
    now.remove(marks.pointer());
    seen.add(Marks.VERSION);
    seen.add(marks.expanded());
    seen.add(marks.pointer());
  }

  private void take(Map<String, AttributeValue> item) {
    item.forEach((name, value) -> {
      if (marks.isAttic(name)) {
        attic.put(name, value);
      }
    });
  }

  /// Where the item says its attic is.
  static @Nullable Key atticKey(Marks marks, Map<String, AttributeValue> item) {
    var pointer = item.get(marks.pointer());
    return pointer == null ? null : new Key(Key.of(item).pk(), pointer.s());
  }

  Optional<AttributeValue> value(String attr) {
    seen.add(attr);
    return Optional.ofNullable(now.get(attr));
  }

  void set(String attr, AttributeValue value) {
    now.put(attr, value);
  }

  void remove(String attr) {
    now.remove(attr);
  }

  void set(String attr, Optional<AttributeValue> value) {
    value.ifPresentOrElse(present -> set(attr, present), () -> remove(attr));
  }

  /// Puts a value into the attic.
  void store(String atticName, AttributeValue value) {
    seen.add(atticName);
    attic.put(atticName, value);
  }

  /// Takes a value out of the attic.
  Optional<AttributeValue> fetch(String atticName) {
    seen.add(atticName);
    return Optional.ofNullable(attic.remove(atticName));
  }

  boolean isExpanded() {
    return now.containsKey(marks.expanded());
  }

  void expanded() {
    now.put(marks.expanded(), Values.TRUE);
  }

  /// Nothing is left to do for the item at this level.
  void version(int version) {
    now.put(Marks.VERSION, AttributeValue.fromN(Integer.toString(version)));
    now.remove(marks.expanded());
  }

  /// Everything that would help on the way back goes.
  void clearAttic() {
    attic.keySet().forEach(seen::add);
    attic.clear();
  }

  /// All of it, as one update.
  Change change() {
    var key = Key.of(before);
    var separate = !attic.isEmpty() && (isHot || Values.size(before) >= LARGE);
    Key atticKey = null;
    if (separate) {
      atticKey = marks.atticOf(key, Canonical.digest(attic));
      now.put(marks.pointer(), AttributeValue.fromS(atticKey.sk()));
    } else {
      now.putAll(attic);
    }
    var isTooLarge = Values.size(now) > LARGEST && Values.size(now) > Values.size(before);
    if (isTooLarge || Values.size(attic) > LARGEST) {
      return new Change.Refused("the item would exceed the 400 KB that DynamoDB takes");
    }
    return update(key, atticKey);
  }

  private Change update(Key key, @Nullable Key atticKey) {
    var set = new HashMap<String, AttributeValue>();
    now.forEach((name, value) -> {
      if (!value.equals(before.get(name))) {
        set.put(name, value);
      }
    });
    var remove = new HashSet<>(before.keySet());
    remove.removeAll(now.keySet());
    if (set.isEmpty() && remove.isEmpty()) {
      return new Change.Nothing();
    }
    seen.addAll(set.keySet());
    seen.addAll(remove);
    var asSeen = new LinkedHashMap<String, Optional<AttributeValue>>();
    seen.forEach(name -> asSeen.put(name, Optional.ofNullable(before.get(name))));
    return new Change.Update(
        key.attributes(),
        set,
        remove,
        asSeen,
        before.containsKey(Marks.REV) ? Set.of(Marks.REV) : Set.of(),
        Optional.ofNullable(atticKey).map(at -> at.on(attic)),
        Optional.ofNullable(formerAttic).filter(at -> !at.equals(atticKey)).map(Key::attributes));
  }
}
