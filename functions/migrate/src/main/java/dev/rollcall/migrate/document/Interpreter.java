package dev.rollcall.migrate.document;

import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What each operation means for an item, in either direction. Whatever one level says that the
/// other cannot goes to the attic, and comes back from there unless somebody has said something
/// else meanwhile.
///
/// @param marks the attributes of this migration
record Interpreter(Marks marks) {

  void up(Op op, Draft draft, Source ids) {
    switch (op) {
      case Op.Add add -> give(add, draft, ids);
      case Op.Remove remove -> putAway(remove, draft);
      case Op.Rename rename -> rename(rename, draft);
      case Op.Mapping mapping ->
          convert(
              mapping.attr(),
              value -> to(mapping, value),
              value -> from(mapping, value),
              Way.UP,
              draft);
    }
  }

  /// What settling does to an operation of the expand phase: older writers know only the older
  /// name.
  void copyAgain(Op op, Draft draft) {
    if (op instanceof Op.Rename rename && rename.mirror()) {
      draft.value(rename.to());
      draft.set(rename.to(), draft.value(rename.from()));
    }
  }

  /// @param isSettled whether newer writers have the say: then newer values go to older names
  void down(Op op, Draft draft, boolean isSettled) {
    switch (op) {
      case Op.Add add -> takeAway(add, draft);
      case Op.Remove remove -> bringBack(remove, draft);
      case Op.Rename rename -> renameBack(rename, draft, isSettled);
      case Op.Mapping mapping ->
          convert(
              mapping.attr(),
              value -> from(mapping, value),
              value -> to(mapping, value),
              Way.DOWN,
              draft);
    }
  }

  /// An item that has the attribute already keeps it, on the way down as well: the attic says so.
  private void give(Op.Add add, Draft draft, Source ids) {
    var kept = draft.fetch(marks.kept(add.attr()));
    if (draft.value(add.attr()).isPresent()) {
      draft.store(marks.original(add.attr()), Values.TRUE);
    } else if (kept.isEmpty()) {
      draft.set(add.attr(), fresh(add.value(), ids));
    } else if (!Values.isNull(kept.get())) {
      draft.set(add.attr(), kept.get());
    }
  }

  /// A constant that is as it was given need not be kept.
  private void takeAway(Op.Add add, Draft draft) {
    var value = draft.value(add.attr());
    var wasThere = draft.fetch(marks.original(add.attr())).isPresent();
    if (value.isEmpty()) {
      draft.store(marks.kept(add.attr()), Values.NULL);
    } else if (!wasThere) {
      draft.remove(add.attr());
      var isAsGiven =
          add.value() instanceof Op.Value.Const(var given) && Values.same(given, value.get());
      if (!isAsGiven) {
        draft.store(marks.kept(add.attr()), value.get());
      }
    }
  }

  private static AttributeValue fresh(Op.Value value, Source ids) {
    return switch (value) {
      case Op.Value.Const(var given) -> given;
      case Op.Value.Generated(var kind) ->
          AttributeValue.fromS(
              switch (kind) {
                case UUID4 -> ids.uuid4();
                case HEX32 -> ids.hex32();
              });
    };
  }

  private void putAway(Op.Remove remove, Draft draft) {
    var value = draft.value(remove.attr());
    draft.remove(remove.attr());
    draft.store(marks.original(remove.attr()), value.orElse(Values.NULL));
  }

  /// Whoever wrote the attribute meanwhile knew better than the attic.
  private void bringBack(Op.Remove remove, Draft draft) {
    var original = draft.fetch(marks.original(remove.attr()));
    if (draft.value(remove.attr()).isPresent()) {
      return;
    }
    if (original.isEmpty()) {
      remove.otherwise().ifPresent(value -> draft.set(remove.attr(), value));
    } else if (!Values.isNull(original.get())) {
      draft.set(remove.attr(), original.get());
    }
  }

  private void rename(Op.Rename rename, Draft draft) {
    var older = draft.value(rename.from());
    draft
        .value(rename.to())
        .ifPresent(inTheWay -> draft.store(marks.original(rename.to()), inTheWay));
    draft.set(rename.to(), older);
    if (!rename.mirror()) {
      draft.remove(rename.from());
    }
  }

  private void renameBack(Op.Rename rename, Draft draft, boolean isSettled) {
    var newer = draft.value(rename.to());
    draft.value(rename.from());
    if (!rename.mirror()) {
      newer.ifPresent(value -> draft.set(rename.from(), value));
    } else if (isSettled) {
      draft.set(rename.from(), newer);
    }
    draft.set(rename.to(), draft.fetch(marks.original(rename.to())));
  }

  private enum Way {
    UP,
    DOWN
  }

  /// The result leads back by itself, or the attic has what it came from. What has come this way
  /// before and was not touched since becomes what it was.
  private void convert(
      String attr,
      UnaryOperator<AttributeValue> there,
      UnaryOperator<AttributeValue> back,
      Way way,
      Draft draft) {
    var original = draft.fetch(marks.original(attr));
    var kept = draft.fetch(marks.kept(attr));
    var value = draft.value(attr);
    if (value.isEmpty()) {
      return;
    }
    var source = value.get();
    var result =
        (way == Way.UP ? kept : original)
            .flatMap(pair -> Values.partnerOf(source, pair))
            .orElseGet(() -> there.apply(source));
    draft.set(attr, result);
    if (!Values.same(back.apply(result), source)) {
      draft.store(
          way == Way.UP ? marks.original(attr) : marks.kept(attr), Values.pair(source, result));
    }
  }

  private static AttributeValue to(Op.Mapping mapping, AttributeValue value) {
    return mapping.values().stream()
        .filter(entry -> Values.same(entry.from(), value))
        .findFirst()
        .map(Op.Entry::to)
        .orElse(value);
  }

  /// Of several origins the first in the table.
  private static AttributeValue from(Op.Mapping mapping, AttributeValue value) {
    return mapping.values().stream()
        .filter(entry -> Values.same(entry.to(), value))
        .findFirst()
        .map(Op.Entry::from)
        .orElse(value);
  }
}
