package dev.rollcall.migrate.document;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A part of a document while it is read. What is missing or wrong becomes a fault and is read as
/// something harmless, so that one reading finds all there is to find.
final class Part {
  private static final String NOTHING = "";

  private final String name;
  private final int line;
  private final SequencedMap<String, Json> fields;
  private final Faults faults;

  private Part(String name, int line, SequencedMap<String, Json> fields, Faults faults) {
    this.name = name;
    this.line = line;
    this.fields = fields;
    this.faults = faults;
  }

  /// @param name what faults call it
  /// @param known the names of the fields that it may have
  static Part of(String name, Json json, List<String> known, Faults faults) {
    if (!(json instanceof Json.Fields(int line, var fields))) {
      faults.add(
          json.line(),
          "%s is %s".formatted(name, json.kind()),
          "give it the fields " + String.join(", ", known));
      return new Part(name, json.line(), new LinkedHashMap<>(), new Faults(NOTHING));
    }
    fields.forEach((field, value) -> {
      if (!known.contains(field)) {
        faults.add(
            value.line(),
            "%s has no field `%s`".formatted(name, field),
            "it has " + String.join(", ", known));
      }
    });
    return new Part(name, line, fields, faults);
  }

  int line() {
    return line;
  }

  int line(String field) {
    var value = fields.get(field);
    return value == null ? line : value.line();
  }

  void fault(String field, String rule, String remedy) {
    faults.add(line(field), rule, remedy);
  }

  Optional<Json> optional(String field) {
    return Optional.ofNullable(fields.get(field));
  }

  Json any(String field) {
    return optional(field)
        .orElseGet(() -> {
          fault(field, "%s lacks `%s`".formatted(name, field), "add it");
          return Json.nothing(line);
        });
  }

  boolean has(String field) {
    return fields.containsKey(field);
  }

  String text(String field) {
    if (!has(field)) {
      any(field);
      return NOTHING;
    }
    var value = any(field);
    if (value instanceof Json.Text(_, var text) && !text.isBlank()) {
      return text;
    }
    fault(
        field,
        "`%s` of %s is no text".formatted(field, name),
        "write a text, in quotes if it looks like a number");
    return NOTHING;
  }

  String text(String field, Pattern form, String example) {
    var text = text(field);
    if (!text.isEmpty() && !form.matcher(text).matches()) {
      fault(
          field,
          "`%s` of %s cannot be `%s`".formatted(field, name, text),
          "write it like " + example);
      return NOTHING;
    }
    return text;
  }

  /// The name of an attribute that migrations may touch.
  String attribute(String field) {
    var text = text(field);
    return text.isEmpty() || mayTouch(field, text) ? text : NOTHING;
  }

  boolean mayTouch(String field, String attribute) {
    if (Vocabulary.OWN.contains(attribute)
        || attribute.startsWith("_")
        || attribute.startsWith(Marks.PREFIX)) {
      fault(
          field,
          "no operation touches `%s`: keys, indexes or migrations themselves stand on it"
              .formatted(attribute),
          "name another attribute");
      return false;
    }
    if (!Vocabulary.ATTRIBUTE.matcher(attribute).matches()) {
      fault(
          field,
          "`%s` is not the name of an attribute".formatted(attribute),
          "begin with a letter, go on with letters, digits and _");
      return false;
    }
    return true;
  }

  int number(String field, int least, int most) {
    var value = any(field);
    if (value instanceof Json.Whole(_, var number) && number >= least && number <= most) {
      return (int) number;
    }
    if (has(field)) {
      fault(
          field,
          "`%s` of %s is not a whole number from %d to %d".formatted(field, name, least, most),
          "write such a number, without quotes");
    }
    return least;
  }

  boolean flag(String field) {
    return switch (optional(field).orElse(new Json.Flag(line, false))) {
      case Json.Flag(_, var isSet) -> isSet;
      default -> {
        fault(field, "`%s` of %s is true or false".formatted(field, name), "write one of them");
        yield false;
      }
    };
  }

  /// One of an enum's constants, written in lower case with hyphens.
  <E extends Enum<E>> E choice(String field, Class<E> type) {
    var constants = type.getEnumConstants();
    var text = text(field);
    for (var constant : constants) {
      if (word(constant).equals(text)) {
        return constant;
      }
    }
    if (!text.isEmpty()) {
      fault(
          field,
          "`%s` of %s cannot be `%s`".formatted(field, name, text),
          "choose one of " + words(type));
    }
    return constants[0];
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> String words(Class<E> type) {
    return String.join(", ", List.of(type.getEnumConstants()).stream().map(Part::word).toList());
  }

  Part part(String field, String... called) {
    var known = called.length == 0 ? field : called[0];
    return of("`" + field + "`", any(field), Vocabulary.fieldsOf(known), faults);
  }

  List<Json> items(String field) {
    return switch (any(field)) {
      case Json.Items(_, var items) -> items;
      case Json other -> {
        if (has(field)) {
          fault(field, "`%s` of %s is %s".formatted(field, name, other.kind()), "make it a list");
        }
        yield List.of();
      }
    };
  }

  Map<String, Json> named(String field) {
    return switch (any(field)) {
      case Json.Fields(_, var named) -> named;
      case Json other -> {
        fault(
            field,
            "`%s` of %s is %s".formatted(field, name, other.kind()),
            "give it the names and values of attributes");
        yield Map.of();
      }
    };
  }

  Optional<AttributeValue> value(String field) {
    return Attributes.read(any(field), faults);
  }
}
