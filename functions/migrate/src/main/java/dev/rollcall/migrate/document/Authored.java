package dev.rollcall.migrate.document;

/// A document with the lines of its parts.
///
/// @param file its name
/// @param migration what it says
/// @param json as it was written
record Authored(String file, Migration migration, Json json) {

  /// Where a part begins, or the part that should hold it.
  ///
  /// @param path names of fields, or positions in lists
  int line(Object... path) {
    var at = json;
    for (var step : path) {
      var next =
          switch (at) {
            case Json.Fields(_, var fields) -> fields.get(step.toString());
            case Json.Items(_, var items) when step instanceof Integer position ->
                items.get(position);
            default -> null;
          };
      if (next == null) {
        return at.line();
      }
      at = next;
    }
    return at.line();
  }

  /// Where an operation begins.
  int line(Op op) {
    return line("ops", migration.ops().indexOf(op));
  }

  /// The kind of items that it is about: documents about one kind follow one another.
  String kind() {
    return migration.match().pkPrefix() + " " + migration.match().sk();
  }
}
