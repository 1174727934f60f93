package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.project.ApiKey;
import dev.rollcall.core.project.ProjectId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.function.adapter.aws.AWSLambdaUtils;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.FunctionalSpringApplication;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry.FunctionInvocationWrapper;
import org.springframework.cloud.function.json.JsonMapper;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

class ApiFunctionTest {

  /// The environment is that of the test run: no table answers.
  @Nested
  class As_Lambda_starts_it {

    @Test
    void answers_an_event() throws IOException {
      assertThat(handle(new ApiFunction(), "api-status.json"))
          .contains("\"statusCode\":200", "\"body\":\"OK\"");
    }

    @Test
    void answers_the_daily_call_that_keeps_it_awake_without_a_table() throws IOException {
      assertThat(handle(new ApiFunction(), "api-awake.json"))
          .contains("\"statusCode\":200", "\"body\":\"OK\"");
    }

    @Test
    void asks_to_try_again_while_no_table_answers_and_tells_the_log_no_secret() throws IOException {
      var function = new ApiFunction();
      var log = new ByteArrayOutputStream();
      var standard = System.out;
      System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
      try {
        assertThat(handle(function, "api-list-checks.json"))
            .contains("\"statusCode\":503", "try again later");
      } finally {
        System.setOut(standard);
      }
      assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("hcw_", "/api/v3/checks/");
    }

    private String handle(ApiFunction function, String event) throws IOException {
      var out = new ByteArrayOutputStream();
      try (var in = event(event)) {
        function.handleRequest(in, out, null);
      }
      return out.toString(StandardCharsets.UTF_8);
    }
  }

  @Nested
  class Wired_to_tables {

    @Test
    void makes_a_check_and_lists_it() throws IOException {
      try (var tables = new ApiUnderTest();
          var context = start(tables)) {
        keep(tables, "hcw_exampleexampleexampleexample");

        assertThat(invoke(context, "api-create-check.json"))
            .contains("\"statusCode\":201", "Nightly backup");
        assertThat(invoke(context, "api-list-checks.json"))
            .contains("\"statusCode\":200", "\"isBase64Encoded\":false", "Nightly backup");
      }
    }

    private ConfigurableApplicationContext start(ApiUnderTest tables) {
      OnTables.api = tables.api();
      return FunctionalSpringApplication.run(
          OnTables.class, "--spring.main.web-application-type=none");
    }

    private String invoke(ConfigurableApplicationContext context, String name) throws IOException {
      FunctionInvocationWrapper function =
          context.getBean(FunctionCatalog.class).lookup(ApiWiring.FUNCTION, "application/json");
      var json = context.getBean(JsonMapper.class);
      try (var in = event(name)) {
        var message =
            AWSLambdaUtils.generateMessage(in, function.getInputType(), false, json, null);
        var answer = function.apply(message);
        return new String(
            AWSLambdaUtils.generateOutputFromObject(
                message, answer, json, function.getOutputType()),
            StandardCharsets.UTF_8);
      }
    }

    private void keep(ApiUnderTest tables, String secret) {
      var project = new ProjectId(UUID.fromString(tables.project().id()));
      tables
          .stores()
          .projects()
          .keep(
              secret,
              new ApiKey(project, ApiKey.Access.READ_WRITE, secret.substring(0, 8), tables.now()));
    }
  }

  /// [ApiWiring] with tables in memory in place of AWS's.
  static final class OnTables implements ApplicationContextInitializer<GenericApplicationContext> {
    private static @Nullable Api api;

    @Override
    public void initialize(GenericApplicationContext context) {
      new ApiWiring(() -> ApiWiring.answering(Objects.requireNonNull(api)::handle))
          .initialize(context);
    }
  }

  private static InputStream event(String name) {
    return Objects.requireNonNull(ApiFunctionTest.class.getResourceAsStream("/events/" + name));
  }
}
