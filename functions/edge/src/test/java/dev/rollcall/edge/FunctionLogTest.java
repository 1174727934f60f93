package dev.rollcall.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class FunctionLogTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final FunctionLog log =
      new FunctionLog("rollcall-ping", new PrintStream(out, true, UTF_8));

  @Nested
  class An_event_that_is_logged {

    @Test
    void is_one_line_with_its_level_and_its_function() {
      log.publish(record(Level.WARNING, "ping not stored: {0}", "Refused"));

      assertThat(out.toString(UTF_8))
          .hasLineCount(1)
          .contains("\"timestamp\": \"2", "\"level\": \"WARN\"")
          .contains("\"FunctionName\": \"rollcall-ping\"", "\"logger\": \"dev.rollcall.Ping\"")
          .contains("\"message\": \"ping not stored: Refused\"")
          .endsWith("}\n");
    }

    @Test
    void has_lambdas_names_of_levels() {
      for (var level : new Level[] {Level.SEVERE, Level.WARNING, Level.INFO, Level.FINE}) {
        log.publish(record(level, "so"));
      }

      assertThat(out.toString(UTF_8).lines())
          .zipSatisfy(
              List.of("ERROR", "WARN", "INFO", "DEBUG"),
              (line, level) -> assertThat(line).contains("\"level\": \"" + level + "\""));
    }

    @Test
    void is_one_line_whatever_it_says() {
      log.publish(record(Level.INFO, "first\nsecond \"quoted\""));

      assertThat(out.toString(UTF_8)).hasLineCount(1).contains("first\\nsecond \\\"quoted\\\"");
    }
  }

  @Nested
  class A_failure {

    @Test
    void is_told_by_its_kind_and_place_and_never_by_its_words() {
      var failure = new IllegalStateException("https://secret", new Error("also secret"));

      log.publish(thrown(failure));

      assertThat(out.toString(UTF_8))
          .hasLineCount(1)
          .contains("java.lang.IllegalStateException", "java.lang.Error")
          .contains("FunctionLogTest$A_failure.is_told_by_its_kind")
          .doesNotContain("secret");
    }

    @Test
    void of_aws_has_the_name_that_aws_gives_it() {
      log.publish(
          thrown(
              DynamoDbException.builder()
                  .message("a secret item")
                  .awsErrorDetails(
                      AwsErrorDetails.builder()
                          .errorCode("AccessDeniedException")
                          .errorMessage("a secret item")
                          .build())
                  .build()));

      assertThat(out.toString(UTF_8)).contains("AccessDeniedException").doesNotContain("secret");
    }

    private LogRecord thrown(Throwable failure) {
      var record = record(Level.SEVERE, "message 1 failed");
      record.setThrown(failure);
      return record;
    }
  }

  @Nested
  class What_a_library_prints {

    @Test
    void is_a_line_for_each_of_its_lines() {
      var printed = new PrintStream(log.printed("WARN"), true, UTF_8);
      printed.println("WARNING: a restricted method");
      printed.print("of a class\r\n\n");

      assertThat(out.toString(UTF_8).lines())
          .hasSize(2)
          .allSatisfy(line ->
              assertThat(line).startsWith("{").contains("\"level\": \"WARN\"", "rollcall-ping"));
    }

    @Test
    void is_left_as_it_is_where_it_is_json_as_lambdas_own_lines_are() {
      new PrintStream(log.printed("INFO"), true, UTF_8).println("{\"level\":\"FATAL\"}");

      assertThat(out.toString(UTF_8)).isEqualTo("{\"level\":\"FATAL\"}\n");
    }
  }

  private static LogRecord record(Level level, String text, Object... parameters) {
    var record = new LogRecord(level, text);
    record.setLoggerName("dev.rollcall.Ping");
    record.setParameters(parameters);
    return record;
  }
}
