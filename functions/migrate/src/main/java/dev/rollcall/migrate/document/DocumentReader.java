package dev.rollcall.migrate.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Reads a document: what this build can interpret, and nothing else. Whether a document is wise is
/// for [Lint], when it is built; whoever gets one from the data asks only whether it is understood.
final class DocumentReader {
  static final String TOO_LONG = "the text has more than 600 KB";

  private static final int MOST_LEVELS = 9_999;

  private final Faults faults;

  private DocumentReader(Faults faults) {
    this.faults = faults;
  }

  static Read read(String file, String text) {
    var faults = new Faults(file);
    if (text.getBytes(UTF_8).length > Documents.LONGEST) {
      faults.add(1, TOO_LONG, "do it in several documents");
      return new Read.Bad(faults.inOrder());
    }
    var read = Yaml.read(text, faults).flatMap(new DocumentReader(faults)::document);
    return read.isPresent() && faults.areNone()
        ? new Read.Good(read.get())
        : new Read.Bad(faults.inOrder());
  }

  private Optional<Migration> document(Json json) {
    if (!isOfThisBuild(json)) {
      return Optional.empty();
    }
    var part = Part.of("the document", json, Vocabulary.fieldsOf("document"), faults);
    var id = part.text("id", Vocabulary.ID, "\"0007\", in quotes");
    var levels = part.part("level");
    var from = levels.number("from", 1, MOST_LEVELS);
    var to = levels.number("to", 2, MOST_LEVELS + 1);
    if (to != from + 1 && faults.areNone()) {
      levels.fault(
          "to",
          "a document leads from level %d to %d".formatted(from, to),
          "make `to` %d: each document raises the level by one".formatted(from + 1));
    }
    var compat = compat(part.part("compat"), to);
    var match = match(part.part("match"), from);
    var ops = new OpReader(faults).read(part);
    var loss = part.part("loss");
    var canonical = Canonical.of(json);
    if (canonical.getBytes(UTF_8).length > Migration.LONGEST) {
      faults.add(1, "the document has more than 300 KB: it has to fit into one item", "split it");
    }
    var migration =
        new Migration(
            id,
            part.text("title"),
            part.text("release", Vocabulary.RELEASE, "0.2.0"),
            Migration.VOCAB,
            from,
            to,
            compat,
            match,
            ops,
            new Loss(loss.choice("down", Loss.Down.class), loss.text("finalised")),
            part.choice("backup", Backup.class),
            examples(part),
            canonical);
    return Optional.of(migration);
  }

  /// Looks at nothing else of a document that is written in words which this build does not know.
  private boolean isOfThisBuild(Json json) {
    if (!(json instanceof Json.Fields(int line, var fields))) {
      faults.add(json.line(), "a document is not " + json.kind(), "begin with format: 1");
      return false;
    }
    var release =
        fields.get("release") instanceof Json.Text(_, var name) ? name : "the one that wrote it";
    var deploy = "deploy release %s or a later one".formatted(release);
    return isUpTo(fields.get("format"), "format", Migration.FORMAT, line, deploy)
        && isUpTo(fields.get("vocab"), "vocab", Migration.VOCAB, line, deploy);
  }

  private boolean isUpTo(@Nullable Json json, String field, int most, int line, String deploy) {
    if (!(json instanceof Json.Whole(int at, var number)) || number < 1) {
      faults.add(
          json == null ? line : json.line(),
          "the document lacks the number `%s`".formatted(field),
          "add %s: %d".formatted(field, most));
      return false;
    }
    if (number > most) {
      faults.add(at, "`%s` is %d, and this build knows %d".formatted(field, number, most), deploy);
      return false;
    }
    return true;
  }

  private static Compat compat(Part part, int to) {
    var after =
        part.has("afterFinalise")
            ? Optional.of(bounds(part.part("afterFinalise"), to))
            : Optional.<Compat.Bounds>empty();
    var bounds = bounds(part, to);
    return new Compat(bounds.minReader(), bounds.minWriter(), after);
  }

  private static Compat.Bounds bounds(Part part, int to) {
    return new Compat.Bounds(
        part.number("minReader", 1, Math.max(1, to)), part.number("minWriter", 1, Math.max(1, to)));
  }

  private static Match match(Part part, int from) {
    return new Match(
        part.text("entity"),
        part.text("pkPrefix", Vocabulary.PK_PREFIX, "CHECK#, and never META"),
        part.text("sk", Vocabulary.SK, "ITEM, or SLUG#* for all that begin so"),
        part.number("version", 1, from));
  }

  private List<Example> examples(Part document) {
    var examples = new ArrayList<Example>();
    for (var json : document.items("examples")) {
      var part = Part.of("an example", json, Vocabulary.fieldsOf("example"), faults);
      for (var direction : Example.Direction.values()) {
        var way = Part.word(direction);
        if (part.has(way)) {
          examples.add(example(part.part(way, "step"), direction));
        }
      }
      if (!part.has("up") && !part.has("down")) {
        faults.add(part.line(), "an example has `up` or `down`", "add one of them");
      }
    }
    return examples;
  }

  private Example example(Part part, Example.Direction direction) {
    var in = new HashMap<String, AttributeValue>();
    part.named("in")
        .forEach(
            (name, json) -> Attributes.read(json, faults).ifPresent(value -> in.put(name, value)));
    Map<String, Optional<AttributeValue>> out = new HashMap<>();
    part.named("out")
        .forEach((name, json) -> {
          var isAny = json instanceof Json.Text(_, var text) && text.equals(Example.ANY);
          out.put(name, isAny ? Optional.empty() : Attributes.read(json, faults));
        });
    return new Example(part.line(), direction, in, out);
  }
}
