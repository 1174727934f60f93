package dev.rollcall.migrate.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/// Reads YAML as far as JSON goes: no anchors, no tags, no numbers but whole ones. So the text of a
/// document is the same in both, and nothing in it is expanded or executed.
final class Yaml {
  /// How deep parts may lie in one another. A document's own lie eight deep, and a value may have
  /// 32.
  private static final int DEEPEST = 64;

  private static final String TOO_DEEP = "its parts lie too deep in one another";
  private static final String FLATTER = "write values at most 32 deep";

  private final Faults faults;

  private Yaml(Faults faults) {
    this.faults = faults;
  }

  /// Empty when it is no such text; the faults say why.
  static Optional<Json> read(String text, Faults faults) {
    var settings =
        LoadSettings.builder()
            .setSchema(new JsonSchema())
            .setUseMarks(true)
            .setMaxAliasesForCollections(1)
            .build();
    try {
      var documents = new ArrayList<Node>();
      new Compose(settings).composeAllFromString(text).forEach(documents::add);
      if (documents.size() != 1) {
        faults.add(1, "a file holds one document", "put the others into files of their own");
        return Optional.empty();
      }
      var root = new Yaml(faults).json(documents.getFirst(), 0);
      return faults.areNone() ? Optional.of(root) : Optional.empty();
    } catch (MarkedYamlEngineException failure) {
      var line = failure.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      faults.add(line, "this is not YAML: " + failure.getProblem(), "mend the text at this line");
    } catch (YamlEngineException failure) {
      faults.add(1, "this is not YAML: " + failure.getMessage(), "mend the text");
    } catch (StackOverflowError tooDeep) {
      faults.add(1, TOO_DEEP, FLATTER);
    }
    return Optional.empty();
  }

  private Json json(Node node, int depth) {
    var line = line(node);
    if (depth > DEEPEST) {
      faults.add(line, TOO_DEEP, FLATTER);
      return Json.nothing(line);
    }
    if (node.getAnchor().isPresent()) {
      faults.add(line, "an anchor is used", "write the value out at each of its places");
      return Json.nothing(line);
    }
    return switch (node) {
      case MappingNode fields -> fields(fields, line, depth);
      case SequenceNode items -> {
        List<Json> values = new ArrayList<>();
        items.getValue().forEach(item -> values.add(json(item, depth + 1)));
        yield new Json.Items(line, values);
      }
      case ScalarNode scalar -> scalar(scalar, line);
      default -> Json.nothing(line);
    };
  }

  private Json fields(MappingNode node, int line, int depth) {
    var fields = new LinkedHashMap<String, Json>();
    for (var field : node.getValue()) {
      var at = line(field.getKeyNode());
      if (!(field.getKeyNode() instanceof ScalarNode key)) {
        faults.add(at, "a field has no name", "give it a text as its name");
      } else if (fields.put(key.getValue(), json(field.getValueNode(), depth + 1)) != null) {
        faults.add(at, "`" + key.getValue() + "` is given twice", "leave one of them out");
      }
    }
    return new Json.Fields(line, fields);
  }

  private Json scalar(ScalarNode node, int line) {
    var tag = node.getTag();
    var text = node.getValue();
    if (tag.equals(Tag.STR)) {
      return new Json.Text(line, text);
    }
    if (tag.equals(Tag.BOOL)) {
      return new Json.Flag(line, text.equals("true"));
    }
    if (tag.equals(Tag.INT) && text.length() < 19) {
      return new Json.Whole(line, Long.parseLong(text));
    }
    faults.add(line, "`" + text + "` is not a text, a whole number or a truth", "put it in quotes");
    return Json.nothing(line);
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }
}
