package dev.rollcall.migrate.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Reads the operations of a document.
///
/// @param faults of the document
record OpReader(Faults faults) {
  List<Op> read(Part document) {
    var ops = new ArrayList<Op>();
    var touched = new HashSet<String>();
    for (var json : document.items("ops")) {
      op(json)
          .ifPresent(op -> {
            for (var attribute : new TreeSet<>(op.attributes())) {
              if (!attribute.isEmpty() && !touched.add(attribute)) {
                faults.add(
                    json.line(),
                    "two operations touch `%s`".formatted(attribute),
                    "do one of them in a document of its own, a level later");
              }
            }
            ops.add(op);
          });
    }
    if (ops.isEmpty() && faults.areNone()) {
      document.fault("ops", "the document does nothing", "add an operation");
    }
    return ops;
  }

  private Optional<Op> op(Json json) {
    if (!(json instanceof Json.Fields(int line, var fields))
        || !(fields.get("op") instanceof Json.Text(_, var word))) {
      faults.add(json.line(), "an operation lacks `op`", "add op: " + words());
      return Optional.empty();
    }
    var known = Vocabulary.OPS.get(word);
    if (known == null) {
      faults.add(
          line,
          "vocabulary %d has no operation `%s`".formatted(Migration.VOCAB, word),
          "use one of " + words());
      return Optional.empty();
    }
    var part = Part.of("`" + word + "`", json, known, faults);
    return Optional.of(
        switch (word) {
          case "add" -> new Op.Add(part.attribute("attr"), added(part), phase(part));
          case "remove" ->
              new Op.Remove(
                  part.attribute("attr"),
                  part.has("default") ? part.value("default") : Optional.empty(),
                  phase(part));
          case "rename" -> rename(part);
          default -> new Op.Mapping(part.attribute("attr"), table(part), phase(part));
        });
  }

  private static String words() {
    return String.join(", ", new TreeSet<>(Vocabulary.OPS.keySet()));
  }

  private static Op.Phase phase(Part part) {
    return part.has("phase") ? part.choice("phase", Op.Phase.class) : Op.Phase.EXPAND;
  }

  private Op.Value added(Part part) {
    return part.optional("value").filter(OpReader::isGenerated).isPresent()
        ? new Op.Value.Generated(part.part("value", "gen").choice("gen", Op.Value.Kind.class))
        : new Op.Value.Const(part.value("value").orElse(Values.NULL));
  }

  private static boolean isGenerated(Json json) {
    return json instanceof Json.Fields(_, var fields) && fields.containsKey("gen");
  }

  private static Op.Rename rename(Part part) {
    var rename =
        new Op.Rename(
            part.attribute("from"), part.attribute("to"), part.flag("mirror"), phase(part));
    if (rename.from().equals(rename.to()) && !rename.from().isEmpty()) {
      part.fault("to", "`rename` keeps the name", "write the newer name in `to`");
    }
    if (rename.mirror() && rename.phase() == Op.Phase.SETTLE) {
      part.fault(
          "phase",
          "a mirror is for the time when older releases serve",
          "leave `phase` out: the settle phase copies mirrors by itself");
    }
    return rename;
  }

  private List<Op.Entry> table(Part part) {
    var entries = new ArrayList<Op.Entry>();
    var origins = new HashSet<AttributeValue>();
    for (var json : part.items("values")) {
      var line = Part.of("a line of `values`", json, Vocabulary.fieldsOf("entry"), faults);
      if (line.optional("from").filter(OpReader::isGenerated).isPresent()
          || line.optional("to").filter(OpReader::isGenerated).isPresent()) {
        faults.add(
            line.line(),
            "a table has no generated values: they would not lead back",
            "write values out, or use `add`");
        continue;
      }
      var from = line.value("from");
      var to = line.value("to");
      if (from.isPresent() && to.isPresent()) {
        if (!origins.add(from.get())) {
          faults.add(line.line(), "the table has this `from` twice", "leave one of them out");
        }
        entries.add(new Op.Entry(from.get(), to.get()));
      }
    }
    if (entries.isEmpty() && faults.areNone()) {
      part.fault("values", "the table of `map` is empty", "add a line with `from` and `to`");
    }
    return entries;
  }
}
