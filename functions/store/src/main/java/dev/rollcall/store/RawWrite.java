package dev.rollcall.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A conditional write of one item of the state table, by attributes as they lie there.
public sealed interface RawWrite {

  Map<String, AttributeValue> key();

  Only only();

  /// What must hold of the item that is there, or nothing is written.
  record Only(List<Term> terms) {
    public static final Only ANYHOW = new Only(List.of());

    /// No item has this key.
    public static final Only NEW = new Only(List.of(new Term.Absent(Keys.PK)));

    public static final Only EXISTING = new Only(List.of(new Term.Present(Keys.PK)));

    public Only {
      terms = List.copyOf(terms);
    }

    /// @param seen attributes and what they must still be; empty: absent
    public static Only seen(Map<String, Optional<AttributeValue>> seen) {
      return new Only(
          seen.entrySet().stream()
              .<Term>map(attribute ->
                  attribute
                      .getValue()
                      .<Term>map(value -> new Term.Is(attribute.getKey(), value))
                      .orElseGet(() -> new Term.Absent(attribute.getKey())))
              .toList());
    }

    public Only and(Term term) {
      var all = new ArrayList<>(terms);
      all.add(term);
      return new Only(all);
    }
  }

  /// One condition.
  sealed interface Term {
    record Is(String name, AttributeValue value) implements Term {}

    record Absent(String name) implements Term {}

    record Present(String name) implements Term {}

    /// Absent, or this.
    record NoOther(String name, AttributeValue value) implements Term {}

    /// Absent, or not above this.
    record AtMost(String name, long number) implements Term {}

    record Either(Term one, Term other) implements Term {}
  }

  /// Changes attributes and leaves all others. Makes the item, unless `only` forbids it.
  ///
  /// @param counted numbers, in the item already, that are raised by one
  record Edit(
      Map<String, AttributeValue> key,
      Map<String, AttributeValue> set,
      Set<String> remove,
      Set<String> counted,
      Only only)
      implements RawWrite {}

  /// Puts an item in the place of whatever has its key. For items that only migrations write.
  record Put(Map<String, AttributeValue> item, Only only) implements RawWrite {
    @Override
    public Map<String, AttributeValue> key() {
      return RawItems.keyOf(item);
    }
  }

  record Delete(Map<String, AttributeValue> key, Only only) implements RawWrite {}

  /// The expressions of a write, with every name and value by placeholder: attribute names may
  /// contain anything.
  final class Expression {
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();

    Optional<String> condition(Only only) {
      var terms = only.terms().stream().map(this::term).toList();
      return terms.isEmpty() ? Optional.empty() : Optional.of(String.join(" AND ", terms));
    }

    private String term(Term term) {
      return switch (term) {
        case Term.Is(var name, var value) -> name(name) + " = " + value(value);
        case Term.Absent(var name) -> "attribute_not_exists(" + name(name) + ")";
        case Term.Present(var name) -> "attribute_exists(" + name(name) + ")";
        case Term.NoOther(var name, var value) ->
            "(attribute_not_exists(%1$s) OR %1$s = %2$s)".formatted(name(name), value(value));
        case Term.AtMost(var name, var number) ->
            "(attribute_not_exists(%1$s) OR %1$s <= %2$s)"
                .formatted(name(name), value(AttributeValue.fromN(Long.toString(number))));
        case Term.Either(var one, var other) -> "(%s OR %s)".formatted(term(one), term(other));
      };
    }

    String update(Edit edit) {
      var sets = new ArrayList<String>();
      edit.set().forEach((name, value) -> sets.add(name(name) + " = " + value(value)));
      for (var counted : edit.counted()) {
        sets.add("%1$s = %1$s + %2$s".formatted(name(counted), value(AttributeValue.fromN("1"))));
      }
      var removes = edit.remove().stream().map(this::name).toList();
      return (clause("SET ", sets) + clause(" REMOVE ", removes)).strip();
    }

    Map<String, String> names() {
      return names;
    }

    Map<String, AttributeValue> values() {
      return values;
    }

    private static String clause(String word, List<String> parts) {
      return parts.isEmpty() ? "" : word + String.join(", ", parts);
    }

    private String name(String attribute) {
      for (var entry : names.entrySet()) {
        if (entry.getValue().equals(attribute)) {
          return entry.getKey();
        }
      }
      var placeholder = "#n" + names.size();
      names.put(placeholder, attribute);
      return placeholder;
    }

    private String value(AttributeValue value) {
      var placeholder = ":v" + values.size();
      values.put(placeholder, value);
      return placeholder;
    }
  }
}
