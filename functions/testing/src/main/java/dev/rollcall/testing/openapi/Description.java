package dev.rollcall.testing.openapi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An OpenAPI document as far as it says what is found where.
///
/// Beside what OpenAPI knows, a path has `x-other-methods`, the name of a rule below `components`
/// for the methods that it does not list: responses by status, or the method that it is answered
/// as. `x-trailing-slash` says that a slash at its end changes nothing.
/// `x-headers-of-every-answer`, below `components` as well, has the headers that any answer may
/// have.
public final class Description {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z]+)}");
  private static final List<String> METHODS =
      List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private final JsonNode root;
  private final List<PathItem> items;
  private final Schemas schemas;

  private Description(JsonNode root) {
    this.root = root;
    this.schemas = new Schemas(root);
    this.items =
        root.path("paths").properties().stream()
            .map(path -> new PathItem(path.getKey(), path.getValue()))
            .sorted(Comparator.comparingInt(PathItem::variables))
            .toList();
  }

  public static Description read(String json) {
    return new Description(MAPPER.readTree(json));
  }

  /// The whole document.
  public JsonNode root() {
    return root;
  }

  public Schemas schemas() {
    return schemas;
  }

  /// One method of one path.
  public record Operation(String method, String path, JsonNode node) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /// What a request comes upon.
  sealed interface Place {

    /// What the request's method does, or one that it is answered as.
    record Known(Operation operation) implements Place {}

    /// A method that the path does not list.
    ///
    /// @param rule what it says of that
    record Other(String rule, JsonNode responses) implements Place {}

    /// A path that lacks its slash.
    record Slashless(Optional<Operation> operation) implements Place {}

    /// A path that the document does not have.
    record Nowhere() implements Place {}
  }

  private record PathItem(String template, JsonNode node) {
    int variables() {
      return (int) VARIABLE.matcher(template).results().count();
    }

    List<Operation> operations() {
      return METHODS.stream()
          .filter(node::has)
          .map(
              method -> new Operation(method.toUpperCase(Locale.ROOT), template, node.path(method)))
          .toList();
    }

    Optional<Operation> operation(String method) {
      return operations().stream().filter(found -> found.method().equals(method)).findFirst();
    }

    Pattern pattern() {
      var quoted = template.replace(".", "\\.");
      var slash = node.path("x-trailing-slash").asBoolean(false) ? "/?" : "";
      return Pattern.compile(VARIABLE.matcher(quoted).replaceAll("(?<$1>[^/]+)") + slash);
    }
  }

  public List<Operation> operations() {
    return items.stream().flatMap(item -> item.operations().stream()).toList();
  }

  /// The rules for methods that paths do not list, by name and method, with their responses.
  Map<String, JsonNode> others() {
    var others = new LinkedHashMap<String, JsonNode>();
    for (var rule : root.at("/components/x-other-methods").properties()) {
      for (var method : rule.getValue().properties()) {
        if (method.getValue().isObject()) {
          others.put(rule.getKey() + " " + method.getKey(), method.getValue());
        }
      }
    }
    return others;
  }

  /// The headers that any answer may have, by name.
  JsonNode headersOfEveryAnswer() {
    return root.at("/components/x-headers-of-every-answer");
  }

  /// What a node says, or what it refers to says.
  public JsonNode resolve(JsonNode node) {
    var reference = node.path("$ref").asString("");
    return reference.isEmpty() ? node : root.at(reference.substring(1));
  }

  /// The parameters of an operation, resolved.
  public Stream<JsonNode> parameters(Operation operation) {
    return operation.node().path("parameters").valueStream().map(this::resolve);
  }

  Place find(String method, String path) {
    return items.stream()
        .flatMap(item -> at(item, method, path).stream())
        .findFirst()
        .or(() ->
            items.stream()
                .filter(item -> at(item, method, path + "/").isPresent())
                .findFirst()
                .map(item -> new Place.Slashless(item.operation(method))))
        .or(() -> items.stream().flatMap(item -> shapedAs(item, method, path).stream()).findFirst())
        .orElseGet(Place.Nowhere::new);
  }

  /// A path with the parts of a known one, of which one is not as the document has it.
  private Optional<Place> shapedAs(PathItem item, String method, String path) {
    return item.pattern().matcher(path).matches()
        ? item.operation(method).map(Place.Known::new)
        : Optional.empty();
  }

  private Optional<Place> at(PathItem item, String method, String path) {
    var fitting = new ArrayList<Operation>();
    for (var operation : item.operations()) {
      if (fits(item, operation, path)) {
        fitting.add(operation);
      }
    }
    if (fitting.isEmpty()) {
      return Optional.empty();
    }
    var known = fitting.stream().filter(found -> found.method().equals(method)).findFirst();
    if (known.isPresent()) {
      return Optional.of(new Place.Known(known.get()));
    }
    var rule = item.node().path("x-other-methods").asString("");
    var rules = root.at("/components/x-other-methods/" + rule);
    var which = rules.has(method) ? method : "*";
    var said = rules.path(which);
    return Optional.of(
        said.isString()
            ? new Place.Known(
                item.operation(said.stringValue().toUpperCase(Locale.ROOT)).orElseThrow())
            : new Place.Other(rule + " " + which, said));
  }

  private boolean fits(PathItem item, Operation operation, String path) {
    var matcher = item.pattern().matcher(path);
    return matcher.matches()
        && parameters(operation)
            .filter(parameter -> parameter.path("in").asString("").equals("path"))
            .allMatch(parameter -> {
              var value = matcher.group(parameter.path("name").asString(""));
              var schema = parameter.path("schema");
              return schema.path("type").asString("").equals("integer")
                  ? value.matches("[0-9]{1,9}")
                      && schemas
                          .faults(schema, MAPPER.valueToTree(Integer.valueOf(value)))
                          .isEmpty()
                  : schemas.faults(schema, MAPPER.valueToTree(value)).isEmpty();
            });
  }
}
