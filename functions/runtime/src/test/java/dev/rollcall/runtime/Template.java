package dev.rollcall.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// `template.yaml` as it is written. CloudFormation's functions are maps: `!Ref StateTable` is
/// `{Ref: StateTable}`.
record Template(Map<String, Object> root) {
  static final Path PROJECT = project();

  private static final Template TEMPLATE = read(PROJECT.resolve("template.yaml"));

  static Template ofTheProject() {
    return TEMPLATE;
  }

  /// A function as the template declares it.
  ///
  /// @param name its logical name
  /// @param variables those of the globals included; values may refer to resources and parameters
  record Function(
      String name, String handler, Path zip, boolean snapStart, Map<String, Object> variables) {

    /// The module that makes the zip.
    Path module() {
      return zip.resolve("../..").normalize();
    }

    /// What the names of its sample events begin with.
    String prefix() {
      return name.substring(0, name.length() - "Function".length()).toLowerCase(Locale.ROOT);
    }
  }

  List<Function> functions() {
    return map(root, "Resources").entrySet().stream()
        .filter(entry -> "AWS::Serverless::Function".equals(map(entry.getValue()).get("Type")))
        .map(entry -> function(entry.getKey(), map(map(entry.getValue()), "Properties")))
        .toList();
  }

  Function function(String name) {
    return functions().stream()
        .filter(function -> function.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /// The properties of a resource.
  Map<String, Object> properties(String resource) {
    return map(map(map(root, "Resources"), resource), "Properties");
  }

  /// The default of a parameter, or empty when it has none.
  String parameter(String name) {
    return String.valueOf(map(map(root, "Parameters"), name).getOrDefault("Default", ""));
  }

  boolean isParameter(String name) {
    return map(root, "Parameters").containsKey(name);
  }

  private Function function(String name, Map<String, Object> properties) {
    var variables = new LinkedHashMap<String, Object>();
    variables.putAll(variables(map(map(root, "Globals"), "Function")));
    variables.putAll(variables(properties));
    return new Function(
        name,
        text(properties, "Handler"),
        PROJECT.resolve(text(properties, "CodeUri")),
        properties.containsKey("SnapStart"),
        variables);
  }

  private static Map<String, Object> variables(Map<String, Object> properties) {
    return map(map(properties, "Environment"), "Variables");
  }

  /// A map inside a map; empty where there is none.
  static Map<String, Object> map(Map<String, Object> parent, String key) {
    return map(parent.getOrDefault(key, Map.of()));
  }

  @SuppressWarnings("unchecked") // YAML's maps have text for keys, here at least
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  /// @throws NullPointerException when there is no such text
  static String text(Map<String, Object> parent, String key) {
    return Objects.requireNonNull(parent.get(key), key).toString();
  }

  private static Template read(Path file) {
    try (var reader = Files.newBufferedReader(file)) {
      return new Template(map(new Yaml(new Functions()).<Object>load(reader)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// The folder of `template.yaml`, from wherever the tests are started.
  private static Path project() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
        .takeWhile(Objects::nonNull)
        .filter(folder -> Files.exists(folder.resolve("template.yaml")))
        .findFirst()
        .orElseThrow();
  }

  /// Reads the short forms of CloudFormation's functions.
  private static final class Functions extends SafeConstructor {
    /// The template is ours, and repeats by anchors what its functions share.
    private static LoaderOptions options() {
      var options = new LoaderOptions();
      options.setMaxAliasesForCollections(1000);
      return options;
    }

    Functions() {
      super(options());
      yamlMultiConstructors.put(
          "!",
          new AbstractConstruct() {
            @Override
            public Object construct(Node node) {
              return Map.of(node.getTag().getValue().substring(1), argument(node));
            }
          });
    }

    private Object argument(Node node) {
      return switch (node) {
        case ScalarNode scalar -> constructScalar(scalar);
        case SequenceNode sequence -> constructSequence(sequence);
        case MappingNode mapping -> constructMapping(mapping);
        default -> throw new IllegalArgumentException("no argument: " + node.getTag());
      };
    }
  }
}
