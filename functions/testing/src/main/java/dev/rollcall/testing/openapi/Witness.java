package dev.rollcall.testing.openapi;

import dev.rollcall.testing.openapi.Description.Operation;
import dev.rollcall.testing.openapi.Description.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/// Sees exchanges, says where they are not as the document has it, and remembers what of the
/// document they showed. Safe for threads.
public final class Witness {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /// Headers that say how an answer is written.
  private static final Set<String> OF_EVERY_ANSWER =
      Set.of("content-type", "content-encoding", "vary");

  private final Description description;
  private final Set<String> seen = new HashSet<>();

  public Witness(Description description) {
    this.description = description;
  }

  /// Looks at an exchange.
  ///
  /// @return what is not as it is documented
  public synchronized List<String> see(Exchange exchange) {
    var faults = new ArrayList<String>();
    switch (description.find(exchange.method(), exchange.path())) {
      case Place.Known(var operation) -> {
        sent(exchange, operation);
        got(exchange, operation.toString(), operation.node().path("responses"), faults);
      }
      case Place.Other(var rule, var responses) -> got(exchange, rule, responses, faults);
      case Place.Slashless(var operation) -> {
        var name = operation.map(Operation::toString).orElse("a path without its slash");
        got(exchange, name, only("301", "MissingSlash"), faults);
      }
      case Place.Nowhere() ->
          got(exchange, "a path that is not documented", only("404", "NoSuchPage"), faults);
    }
    return faults.stream().map(fault -> exchange + ": " + fault).toList();
  }

  /// What the document has and no exchange showed: statuses, kinds of content, parameters,
  /// examples, fields of requests and answers, and the values and types that fields may have.
  ///
  /// @param chosen the operations that count; the rules for other methods count with all of them
  public synchronized Set<String> unseen(List<Operation> chosen) {
    var all = new TreeSet<String>();
    var visited = new HashSet<String>();
    for (var operation : chosen) {
      showable(operation, visited, all);
    }
    if (chosen.size() == description.operations().size()) {
      description.others().forEach((rule, responses) -> showable(rule, responses, visited, all));
    }
    all.removeAll(seen);
    return all;
  }

  private JsonNode only(String status, String response) {
    return MAPPER.valueToTree(Map.of(status, Map.of("$ref", "#/components/responses/" + response)));
  }

  private void sent(Exchange exchange, Operation operation) {
    exchange.parameters().forEach(name -> seen.add(operation + " ?" + name));
    if (!exchange.isTaken() || exchange.sent().isEmpty()) {
      return;
    }
    var content = content(description.resolve(operation.node().path("requestBody")));
    for (var media : content.properties()) {
      var value = value(media.getKey(), exchange.sent().text());
      var schema = media.getValue().path("schema");
      description
          .schemas()
          .shown(operation + " body", schema, value, shown -> seen.add("in " + shown));
      examples(operation + " sends", media.getValue(), value);
    }
  }

  private void got(Exchange exchange, String name, JsonNode responses, List<String> faults) {
    var status = Integer.toString(exchange.status());
    if (!responses.has(status)) {
      faults.add("the status is not documented");
      return;
    }
    seen.add(name + " " + status);
    var response = description.resolve(responses.path(status));
    headers(exchange, response, faults);
    if (exchange.got().isEmpty()) {
      if (response.has("content")
          && !response.path("x-or-nothing").asBoolean(false)
          && !exchange.method().equals("HEAD")) {
        faults.add("there is no body");
      }
      return;
    }
    var type = exchange.headers().getOrDefault("content-type", "");
    var media = content(response).path(type);
    if (media.isMissingNode()) {
      faults.add("a body of " + type + " is not documented: " + exchange.text());
      return;
    }
    seen.add(name + " " + status + " " + type);
    var value = value(type, exchange.text());
    var schema = media.path("schema");
    faults.addAll(description.schemas().strictFaults(schema, value));
    description
        .schemas()
        .shown(name + " " + status, schema, value, shown -> seen.add("out " + shown));
    examples(responseName(name, status, responses), media, value);
  }

  private void headers(Exchange exchange, JsonNode response, List<String> faults) {
    var unknown = new TreeSet<>(exchange.headers().keySet());
    unknown.removeAll(OF_EVERY_ANSWER);
    for (var everywhere : description.headersOfEveryAnswer().properties()) {
      var header = description.resolve(everywhere.getValue());
      header(exchange, everywhere.getKey(), header, unknown, faults);
    }
    for (var documented : response.path("headers").properties()) {
      var header = description.resolve(documented.getValue());
      header(exchange, documented.getKey(), header, unknown, faults);
      for (var beside : header.path("x-comes-with").properties()) {
        header(exchange, beside.getKey(), description.resolve(beside.getValue()), unknown, faults);
      }
    }
    unknown.forEach(name -> faults.add("the header " + name + " is not documented"));
  }

  private void header(
      Exchange exchange, String name, JsonNode header, Set<String> unknown, List<String> faults) {
    var lower = name.toLowerCase(Locale.ROOT);
    unknown.remove(lower);
    var value = exchange.headers().get(lower);
    if (value != null) {
      description
          .schemas()
          .faults(header.path("schema"), StringNode.valueOf(value))
          .forEach(fault -> faults.add("header " + name + ": " + fault));
    } else if (header.path("required").asBoolean(false)) {
      faults.add("the header " + name + " is missing");
    }
  }

  private void examples(String name, JsonNode media, JsonNode value) {
    for (var example : media.path("examples").properties()) {
      if (example.getValue().path("value").equals(value)) {
        seen.add(name + " example " + example.getKey());
      }
    }
  }

  private void showable(Operation operation, Set<String> visited, Set<String> all) {
    description
        .parameters(operation)
        .filter(parameter -> parameter.path("in").asString("").equals("query"))
        .forEach(parameter -> all.add(operation + " ?" + parameter.path("name").asString("")));
    var content = content(description.resolve(operation.node().path("requestBody")));
    for (var media : content.properties()) {
      var within = new HashSet<String>();
      description
          .schemas()
          .showable(
              operation + " body",
              media.getValue().path("schema"),
              within,
              shown -> all.add("in " + shown));
      examplesOf(operation + " sends", media.getValue(), all);
    }
    showable(operation.toString(), operation.node().path("responses"), visited, all);
  }

  private void showable(String name, JsonNode responses, Set<String> visited, Set<String> all) {
    for (var documented : responses.properties()) {
      var status = documented.getKey();
      all.add(name + " " + status);
      var isShared = documented.getValue().has("$ref");
      for (var media : content(description.resolve(documented.getValue())).properties()) {
        if (!isShared) {
          all.add(name + " " + status + " " + media.getKey());
        }
        description
            .schemas()
            .showable(
                name + " " + status,
                media.getValue().path("schema"),
                visited,
                shown -> all.add("out " + shown));
        examplesOf(responseName(name, status, responses), media.getValue(), all);
      }
    }
  }

  private static void examplesOf(String name, JsonNode media, Set<String> all) {
    media
        .path("examples")
        .properties()
        .forEach(example -> all.add(name + " example " + example.getKey()));
  }

  /// A response that several operations share shows its examples once for all of them.
  private static String responseName(String name, String status, JsonNode responses) {
    var reference = responses.path(status).path("$ref").asString("");
    return reference.isEmpty() ? name + " " + status : reference.replaceAll(".*/", "");
  }

  private static JsonNode content(JsonNode body) {
    return body.path("content");
  }

  private static JsonNode value(String type, String text) {
    if (!type.equals("application/json")) {
      return StringNode.valueOf(text);
    }
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException malformed) {
      return StringNode.valueOf(text);
    }
  }
}
