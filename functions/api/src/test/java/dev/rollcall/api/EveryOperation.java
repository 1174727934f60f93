package dev.rollcall.api;

import dev.rollcall.core.check.Body;
import dev.rollcall.core.schema.Release;
import dev.rollcall.store.SchemaView;
import dev.rollcall.testing.SchemaItems;
import dev.rollcall.testing.conformance.Service;
import dev.rollcall.testing.openapi.Description.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkClientException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is alike for all operations of the API's description, done to one of them: its examples
/// sent, and all that can go wrong whatever it does.
final class EveryOperation {

  /// One way to call an operation. What all operations have in common is added here, with the
  /// status that it shows: operations that do not document it are left alone.
  record Way(String status, Deed deed) {
    boolean isFor(Operation operation) {
      return status.isEmpty() || operation.node().path("responses").has(status);
    }
  }

  /// Calls an operation in some way.
  interface Deed {
    void accept(EveryOperation every, Operation operation);
  }

  static final List<Way> WAYS =
      List.of(
          new Way("", EveryOperation::as_documented),
          new Way("301", EveryOperation::without_its_slash),
          new Way("400", EveryOperation::with_no_json),
          new Way("401", EveryOperation::without_a_key),
          new Way("403", EveryOperation::of_another_project),
          new Way("404", EveryOperation::of_nothing),
          new Way("409", EveryOperation::while_the_data_may_only_be_read),
          new Way("429", EveryOperation::with_too_many_wrong_keys),
          new Way("503", EveryOperation::while_the_tables_do_not_answer),
          new Way("503", EveryOperation::while_the_data_cannot_be_read));

  /// How many wrong keys a minute the API is to bear: more than any way needs that is about
  /// something else.
  static final int WRONG_KEYS = 10;

  private static final Release NEWER = new Release("0.3.0", Release.THIS.level() + 1, 1);
  private static final String WRONG = "w".repeat(Keyring.KEY_LENGTH);

  private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z]+)}");
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final ApiUnderTest api;
  private final Service.Keys keys;

  /// Begins 40 seconds before the end of a minute in which no wrong key was shown.
  EveryOperation(ApiUnderTest api) {
    this.api = api;
    var now = api.now();
    var begin = now.truncatedTo(ChronoUnit.MINUTES).plusSeconds(80);
    api.clock().advance(Duration.between(now, begin));
    keys = api.project();
  }

  private void as_documented(Operation operation) {
    var examples = examples(operation);
    if (examples.isEmpty()) {
      send(operation, target(operation, known()), keys.readWrite(), "");
    }
    for (var example : examples) {
      send(operation, target(operation, known()), keys.readWrite(), example);
      if (operation.method().equals("POST")) {
        send(operation, target(operation, known()), keys.readWrite(), example);
      }
    }
  }

  private void without_its_slash(Operation operation) {
    var target = target(operation, known());
    send(operation, target.substring(0, target.length() - 1), keys.readWrite(), "");
    send(operation, target.substring(0, target.length() - 1) + "?a=b", keys.readWrite(), "");
  }

  private void with_no_json(Operation operation) {
    for (var body : List.of("nil", "[]", "\"" + "x".repeat(RequestBody.LIMIT) + "\"")) {
      send(operation, target(operation, known()), keys.readWrite(), body);
    }
  }

  private void without_a_key(Operation operation) {
    for (var key : List.of("", "x".repeat(32))) {
      send(operation, target(operation, known()), key, "");
    }
  }

  private void of_another_project(Operation operation) {
    send(operation, target(operation, known()), api.project().readWrite(), "");
  }

  private void of_nothing(Operation operation) {
    var unknown = new HashMap<>(known());
    unknown.put("check", UUID.randomUUID().toString());
    unknown.put("channel", UUID.randomUUID().toString());
    send(operation, target(operation, unknown), keys.readWrite(), "");
    var misnamed = new HashMap<>(known());
    misnamed.put("version", "9");
    misnamed.put("project", "none");
    send(operation, target(operation, misnamed), keys.readWrite(), "");
  }

  private void with_too_many_wrong_keys(Operation operation) {
    var wrong = new HashMap<>(known());
    wrong.put("key", WRONG);
    for (int i = 0; i <= WRONG_KEYS; i++) {
      send(operation, target(operation, wrong), headers(WRONG, WRONG, WRONG), "");
    }
  }

  private void while_the_data_may_only_be_read(Operation operation) {
    whileTheDataIs(SchemaItems::readOnly, operation);
  }

  private void while_the_data_cannot_be_read(Operation operation) {
    whileTheDataIs(SchemaItems::unreadable, operation);
  }

  private void whileTheDataIs(Consumer<SchemaItems> state, Operation operation) {
    var target = target(operation, known());
    api.data().served(NEWER);
    state.accept(api.data());
    api.clock().advance(SchemaView.TTL);
    send(operation, target, keys.readWrite(), "");
    api.data().own();
    api.clock().advance(SchemaView.TTL);
  }

  private void while_the_tables_do_not_answer(Operation operation) {
    var target = target(operation, known());
    api.badDay().tablesFail(() -> SdkClientException.create("nobody is there"));
    try {
      send(operation, target, keys.readWrite(), "");
    } finally {
      api.badDay().ends();
    }
  }

  /// A project in which all is there that a path may name.
  private Map<String, String> known() {
    var check = api.call("POST", "/api/v3/checks/", keys.readWrite(), "{\"tags\": \"prod\"}");
    var made = MAPPER.readTree(check.body().text());
    var channel = api.channel(keys.id(), Map.of("kind", "webhook"));
    var listed = api.call("GET", "/api/v3/badges/", keys.readWrite(), "");
    var badge =
        MAPPER.readTree(listed.body().text()).at("/badges/prod/svg").asString("").split("/", -1);
    return Map.ofEntries(
        Map.entry("version", "3"),
        Map.entry("check", made.path("uuid").asString("")),
        Map.entry("number", "1"),
        Map.entry("channel", channel),
        Map.entry("project", keys.id()),
        Map.entry("key", keys.readOnly()),
        Map.entry("notification", UUID.randomUUID().toString()),
        Map.entry("states", "2"),
        Map.entry("badge", badge[4]),
        Map.entry("signature", badge[5]),
        Map.entry("tag", "prod"),
        Map.entry("format", "svg"));
  }

  private static String target(Operation operation, Map<String, String> variables) {
    return VARIABLE
        .matcher(operation.path())
        .replaceAll(name -> variables.getOrDefault(name.group(1), "unknown"));
  }

  private void send(Operation operation, String target, String key, String body) {
    send(operation, target, headers(key, "metricskey", keys.readOnly()), body);
  }

  private static Map<String, String> headers(String key, String metrics, String bearer) {
    return Map.of("X-Api-Key", key, "X-Metrics-Key", metrics, "Authorization", "Bearer " + bearer);
  }

  private void send(Operation operation, String target, Map<String, String> headers, String body) {
    var bytes = Body.of(body.getBytes(StandardCharsets.UTF_8));
    api.send(new Service.Request(operation.method(), target, headers, bytes));
  }

  private static List<String> examples(Operation operation) {
    Predicate<JsonNode> isThere = example -> !example.isMissingNode();
    return operation
        .node()
        .at("/requestBody/content/application~1json/examples")
        .valueStream()
        .map(example -> example.path("value"))
        .filter(isThere)
        .map(JsonNode::toString)
        .toList();
  }
}
