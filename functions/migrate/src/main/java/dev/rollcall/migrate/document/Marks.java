package dev.rollcall.migrate.document;

/// The attributes by which a migration knows what it did to an item. All begin with `~m` and its
/// id; releases that do not know them leave them alone.
///
/// @param id of the migration
record Marks(String id) {

  /// The version of an item's shape.
  static final String VERSION = "_v";

  /// Counts the writes of an item, where it has it.
  static final String REV = "rev";

  /// Begins what only migrations write.
  static final String PREFIX = "~";

  private static final String ATTIC = "ATTIC#";

  /// Of an item that was expanded and waits to be settled.
  String expanded() {
    return "~m" + id;
  }

  /// What `attr` was before, while the item is up. NULL: it was missing.
  String original(String attr) {
    return "~m" + id + "." + attr;
  }

  /// What `attr` was when the item was up, while it is down. NULL: it was missing.
  String kept(String attr) {
    return "~m" + id + "-" + attr;
  }

  boolean isAttic(String name) {
    return name.startsWith(original("")) || name.startsWith(kept(""));
  }

  /// The `sk` of the item's attic item.
  String pointer() {
    return "~m" + id + "@";
  }

  /// The key of an attic item.
  Key atticOf(Key item, String digest) {
    return new Key(item.pk(), ATTIC + item.sk() + "#m" + id + "#" + digest);
  }

  boolean isAtticItem(Key key) {
    return key.sk().startsWith(ATTIC) && key.sk().contains("#m" + id + "#");
  }
}
