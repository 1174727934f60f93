package dev.rollcall.migrate.document;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Items that get another key.
///
/// @param marks the attributes of this migration
/// @param match where they are before
/// @param rekey where they go
/// @param to their version there
record Relocation(Marks marks, Match match, Op.Rekey rekey, int to) {

  /// Where the items are afterwards.
  Match target() {
    return new Match(match.entity(), rekey.pkPrefix(), rekey.sk().orElse(match.sk()), to);
  }

  Change there(Map<String, AttributeValue> item) {
    var from = Key.of(item);
    var target =
        new Key(
            rekey.pkPrefix() + from.pk().substring(match.pkPrefix().length()),
            rekey.sk().orElse(from.sk()));
    var tombstone = new HashMap<>(from.attributes());
    tombstone.put(Marks.VERSION, version(to));
    tombstone.put(marks.tombstone(), target.value());
    return move(item, target, to, Optional.of(Map.copyOf(tombstone)));
  }

  /// A `sk` that was changed is the match's own: only such documents may change it.
  Change back(Map<String, AttributeValue> item) {
    var from = Key.of(item);
    var target =
        new Key(
            match.pkPrefix() + from.pk().substring(rekey.pkPrefix().length()),
            rekey.sk().isPresent() ? match.sk() : from.sk());
    return move(item, target, match.version(), Optional.empty());
  }

  private Change move(
      Map<String, AttributeValue> item,
      Key target,
      int version,
      Optional<Map<String, AttributeValue>> leave) {
    var from = Key.of(item);
    var seen = new HashMap<String, Optional<AttributeValue>>();
    rekey.optional().forEach(name -> seen.put(name, Optional.empty()));
    item.forEach((name, value) -> seen.put(name, Optional.of(value)));
    var put = new HashMap<>(target.on(item));
    put.replaceAll(
        (name, value) -> Marks.isPointer(name) ? pointer(value, from.pk(), target.pk()) : value);
    put.put(Marks.VERSION, version(version));
    return new Change.Move(from.attributes(), seen, put, leave, marks.tombstone());
  }

  /// Attic items of other migrations stay where they are.
  private static AttributeValue pointer(AttributeValue pointer, String from, String target) {
    if (!pointer.hasL()) {
      return new Key(from, pointer.s()).value();
    }
    return pointer.l().getFirst().s().equals(target) ? pointer.l().getLast() : pointer;
  }

  private static AttributeValue version(int version) {
    return AttributeValue.fromN(Integer.toString(version));
  }

  /// The only operation of a document, if it is this one.
  static Optional<Op.Rekey> in(List<Op> ops) {
    return ops.stream().filter(Op.Rekey.class::isInstance).map(Op.Rekey.class::cast).findFirst();
  }
}
