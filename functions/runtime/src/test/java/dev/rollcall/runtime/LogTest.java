package dev.rollcall.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What functions log, whatever they are fed: lines of JSON that have the call and the function,
/// and none of what is secret.
class LogTest extends RuntimeTest {

  /// In every place of an event that may hold a key, an address or a body.
  private static final String SECRET = "never-logged";

  private static final List<String> REQUESTS =
      List.of(
          request("GET", "/ping/" + SECRET + "-key/" + SECRET, "create=1&rid=" + SECRET, SECRET),
          request("POST", "/ping/6a1d7c40-3c1e-4c55-9d0b-3f5a1c2b4d6e", "", SECRET),
          request("POST", "/ping/6a1d7c40-3c1e-4c55-9d0b-3f5a1c2b4d6e/" + SECRET, "", SECRET),
          request("POST", "/api/v3/checks/", "tag=" + SECRET, "{\\\"name\\\": \\\"" + SECRET),
          request("GET", "/api/v3/checks/" + SECRET, SECRET, ""),
          request("GET", "/projects/" + SECRET + "/metrics/" + SECRET, "", ""));

  private static final List<String> OTHERS =
      List.of(
          message("flips", SECRET),
          message("deliveries", "{\\\"check\\\": \\\"" + SECRET + "\\\"}"),
          message("due", "{\\\"check\\\": \\\"" + SECRET + "\\\"}"),
          message("inbox", "{\\\"at\\\": \\\"" + SECRET + "\\\"}"),
          message(
              "inbox",
              "{\\\"at\\\": \\\"2026-06-01T12:00:00Z\\\", \\\"path\\\": \\\"/ping/"
                  + SECRET
                  + "/"
                  + SECRET
                  + "\\\"}"),
          """
          {"Records": [{"ses": {"mail": {"messageId": "%1$s", "source": "%1$s@example.org"},
            "receipt": {"recipients": ["%1$s-key+%1$s@ping.example.org"]}}}]}
          """
              .formatted(SECRET),
          """
          {"RequestType": "Create", "ResponseURL": "http://127.0.0.1:9/%1$s?%1$s", "StackId": "s",
           "RequestId": "r", "LogicalResourceId": "SchemaExpand", "ResourceType": "Custom::Schema",
           "ResourceProperties": {"Target": "%1$s", "Phase": "%1$s"}}
          """
              .formatted(SECRET),
          "{\"surprise\": \"" + SECRET + "\"}",
          "[\"" + SECRET + "\"]");

  @TestFactory
  Stream<DynamicTest> is_lines_of_json_without_a_secret() {
    return functions().stream()
        .map(function -> DynamicTest.dynamicTest(function.name(), () -> logs(function, Map.of())));
  }

  @TestFactory
  Stream<DynamicTest> is_so_too_where_nothing_of_aws_answers() {
    var gone = "http://127.0.0.1:9";
    return functions().stream()
        .map(function ->
            DynamicTest.dynamicTest(
                function.name(),
                () ->
                    logs(
                        function,
                        Map.of(
                            "AWS_ENDPOINT_URL_DYNAMODB", gone,
                            "AWS_ENDPOINT_URL_SQS", gone,
                            "AWS_ENDPOINT_URL_S3", gone))));
  }

  private static void logs(Template.Function function, Map<String, String> otherwise)
      throws IOException {
    var variables = new HashMap<>(cloud.variables(function));
    variables.putAll(otherwise);
    var own = Files.createTempDirectory(folder, function.name());
    try (var running = RunningFunction.start(function, variables, own)) {
      running.awaitStart();
      var events = new ArrayList<>(function.snapStart() ? REQUESTS : List.<String>of());
      Samples.all().stream()
          .filter(sample -> sample.isFor(function))
          .forEach(sample -> events.add(sample.event()));
      events.addAll(OTHERS);
      events.forEach(running::invoke);

      var output = running.output();
      assertThat(output).doesNotContain(SECRET);
      Samples.all().stream()
          .filter(sample -> sample.isFor(function))
          .flatMap(sample -> sample.secrets().stream())
          .forEach(secret -> assertThat(output).doesNotContain(secret));
      assertThat(lines(output))
          .anySatisfy(line -> assertThat(line.path("message").asString("")).contains("Rollcall"))
          .allSatisfy(LogTest::isWhole);
    }
  }

  /// Lambda's own lines name the call, and not the function.
  private static void isWhole(JsonNode line) {
    assertThat(line.path("level").asString("")).as("%s", line).isNotEmpty();
    assertThat(line.path("timestamp").asString("")).as("%s", line).isNotEmpty();
    var isOfACall = line.has("AWSRequestId");
    assertThat(line.has("FunctionName") || isOfACall).as("%s", line).isTrue();
    var isAMetric = line.has("_aws");
    assertThat(isOfACall || !isAMetric).as("%s", line).isTrue();
  }

  /// What the function logs from its first line on; what the machine says before is not its own.
  private static List<JsonNode> lines(String output) {
    return output.lines().dropWhile(line -> !line.startsWith("{")).map(LogTest::json).toList();
  }

  private static JsonNode json(String line) {
    try {
      return Samples.json(line);
    } catch (JacksonException none) {
      throw new AssertionError("no JSON: " + line, none);
    }
  }

  private static String request(String method, String path, String query, String body) {
    return """
    {"version": "2.0", "rawPath": "%s", "rawQueryString": "%s", "body": "%s",
     "headers": {"x-api-key": "%s", "x-metrics-key": "%s", "user-agent": "%s",
       "rollcall-origin-key": "51af3dc0-da77-11e4-872e-1234567db123"},
     "requestContext": {"requestId": "1", "http": {"method": "%s", "sourceIp": "192.0.2.1"}}}
    """
        .formatted(
            path,
            query,
            body,
            "hcw_" + (SECRET + SECRET + SECRET).substring(0, 28),
            SECRET,
            SECRET,
            method);
  }

  private static String message(String queue, String body) {
    return """
    {"Records": [{"messageId": "1", "receiptHandle": "r", "body": "%s",
      "attributes": {"ApproximateReceiveCount": "1"},
      "eventSourceARN": "arn:aws:sqs:eu-central-1:123456789012:rollcall-%s"}]}
    """
        .formatted(body, queue);
  }
}
