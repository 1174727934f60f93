package dev.rollcall.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testing.LoggedText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/// The function as Lambda starts it, by its handler class and the variables of its environment,
/// which the module's pom sets for tests.
class NotifyFunctionTest {
  private static final String EVENT =
      """
      {"Records": [{
        "messageId": "m1",
        "receiptHandle": "r1",
        "body": "{\\"check\\": \\"a-secret-check\\"}",
        "attributes": {"ApproximateReceiveCount": "1"},
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:eu-central-1:123456789012:rollcall-deliveries"
      }]}
      """;

  @Test
  void Starts_takes_an_event_and_logs_nothing_of_its_content() throws IOException {
    var console = new ByteArrayOutputStream();
    var out = System.out;
    var err = System.err;
    var answer = new ByteArrayOutputStream();
    try (var captured = new PrintStream(console, true, UTF_8)) {
      System.setOut(captured);
      System.setErr(captured);
      var function = new NotifyFunction();
      // After Spring, which takes the handlers away that it finds.
      try (var logged = new LoggedText("")) {
        function.handleRequest(new ByteArrayInputStream(EVENT.getBytes(UTF_8)), answer, null);
        captured.print(logged.text());
      }
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(answer.toString(UTF_8)).isEqualTo(Stage.back(1));
    assertThat(console.toString(UTF_8)).contains("message m1").doesNotContain("a-secret-check");
  }
}
