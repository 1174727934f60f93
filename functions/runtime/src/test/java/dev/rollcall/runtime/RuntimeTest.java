package dev.rollcall.runtime;

import dev.rollcall.runtime.RuntimeApi.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What tests of running functions share. The zips have native libraries for Linux only.
@EnabledOnOs(OS.LINUX)
abstract class RuntimeTest {
  private static final int TRIES = 5;

  static final Template TEMPLATE = Template.ofTheProject();

  @TempDir static Path folder;

  static Cloud cloud;

  @BeforeAll
  static void startCloud() throws Exception {
    cloud = new Cloud(TEMPLATE);
  }

  @AfterAll
  static void stopCloud() throws Exception {
    cloud.stop();
  }

  /// The functions of the template.
  static List<Template.Function> functions() {
    return TEMPLATE.functions();
  }

  static boolean isHttpAnswer(JsonNode answer) {
    var status = answer.path("statusCode").asInt(0);
    return status >= 200
        && status < 500
        && answer.path("headers").isObject()
        && answer.path("body").isString();
  }

  /// Invokes a function until its answer is good, as clients and queues would: on a machine with
  /// too much to do, what it calls may not answer in time.
  static JsonNode invoke(RunningFunction running, String event, Predicate<JsonNode> good) {
    var answer = Samples.json(returned(running.invoke(event)));
    for (int tries = 1; tries < TRIES && !good.test(answer); tries++) {
      answer = Samples.json(returned(running.invoke(event)));
    }
    return answer;
  }

  private static String returned(Answer answer) {
    return switch (answer) {
      case Answer.Returned(var body) -> body;
      case Answer.Failed(var error) -> throw new AssertionError(error);
    };
  }
}
