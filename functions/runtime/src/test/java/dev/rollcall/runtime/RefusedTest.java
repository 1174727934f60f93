package dev.rollcall.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.runtime.RuntimeApi.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A function that AWS refuses everything says so: whoever waits for an answer gets one of the
/// server's errors, and otherwise the function itself fails. Both have alarms.
class RefusedTest extends RuntimeTest {

  /// What each function cannot do without AWS.
  private static final Map<String, List<String>> WORK =
      Map.of(
          "PingFunction", List.of("ping-success.json"),
          "ApiFunction", List.of("api-list-checks.json"),
          "SweepFunction", List.of("sweep-tick.json", "sweep-due.json"),
          "NotifyFunction", List.of("notify-flips.json", "notify-deliveries.json"),
          "InboxFunction", List.of("inbox-waiting.json", "inbox-drain.json"),
          "MailFunction", List.of("mail-received.json"),
          "MigrateFunction", List.of("migrate-tick.json"));

  private static final byte[] REFUSAL =
      """
      {"__type": "com.amazon.coral.service#AccessDeniedException",
       "message": "User is not authorized to perform this"}
      """
          .getBytes(StandardCharsets.UTF_8);

  private static HttpServer aws;

  @BeforeAll
  static void startRefusing() throws IOException {
    aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    aws.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    aws.createContext("/", RefusedTest::refuse);
    aws.start();
  }

  @AfterAll
  static void stopRefusing() {
    aws.stop(0);
  }

  @TestFactory
  Stream<DynamicTest> is_seen_to_be_blind() {
    return functions().stream()
        .map(function -> DynamicTest.dynamicTest(function.name(), () -> complains(function)));
  }

  private static void complains(Template.Function function) throws IOException {
    var variables = new HashMap<>(cloud.variables(function));
    variables.replaceAll((name, value) ->
        name.startsWith("AWS_ENDPOINT_URL")
            ? "http://127.0.0.1:" + aws.getAddress().getPort()
            : value);
    var own = Files.createTempDirectory(folder, function.name());
    try (var running = RunningFunction.start(function, variables, own)) {
      assertThat(WORK).containsKey(function.name());
      for (var sample : WORK.getOrDefault(function.name(), List.of())) {
        var answer = running.invoke(Samples.named(sample).event());
        if (function.snapStart()) {
          assertThat(answer)
              .as(sample)
              .isInstanceOfSatisfying(
                  Answer.Returned.class,
                  returned ->
                      assertThat(Samples.json(returned.body()).path("statusCode").asInt(0))
                          .isEqualTo(503));
        } else {
          assertThat(answer).as(sample).isInstanceOf(Answer.Failed.class);
        }
      }
      assertThat(running.output()).doesNotContain("6a1d7c40-3c1e-4c55-9d0b-3f5a1c2b4d6e");
    }
  }

  private static void refuse(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(400, REFUSAL.length);
      exchange.getResponseBody().write(REFUSAL);
    }
  }
}
