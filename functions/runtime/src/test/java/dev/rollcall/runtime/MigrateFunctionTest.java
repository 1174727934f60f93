package dev.rollcall.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.schema.Schema;
import dev.rollcall.store.SchemaItem;
import dev.rollcall.store.SchemaStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The migrate function's zip, asked as CloudFormation asks.
class MigrateFunctionTest extends RuntimeTest {
  private static RunningFunction running;

  @BeforeAll
  static void startFunction() throws IOException {
    var function = TEMPLATE.function("MigrateFunction");
    var own = Files.createTempDirectory(folder, function.name());
    running = RunningFunction.start(function, cloud.variables(function), own);
  }

  @AfterAll
  static void stopFunction() {
    running.close();
  }

  @Test
  void begins_with_the_data_and_answers_although_its_time_is_short() {
    ask("migrate-create.json");

    assertThat(answer("/answer/schema"))
        .contains("\"Status\":\"SUCCESS\"", "\"PhysicalResourceId\":\"SchemaExpand\"");
    assertThat(new SchemaStore(cloud.dynamo(), cloud.tables()).read())
        .isNotEqualTo(SchemaItem.of(Schema.FIRST));
  }

  @Test
  void has_the_dashboard_in_its_zip_and_puts_it_into_the_bucket() {
    ask("migrate-site.json");

    assertThat(answer("/answer/site")).contains("\"Status\":\"SUCCESS\"");
    assertThat(cloud.outside().puts())
        .containsKey("/SiteBucket/index.html")
        .anySatisfy((path, _) -> assertThat(path).matches("/SiteBucket/assets/.{16}/js/main.js"))
        .anySatisfy(
            (path, _) -> assertThat(path).matches("/SiteBucket/assets/.{16}/vendor/lit/index.js"));
  }

  private static void ask(String sample) {
    var event = cloud.outside().addressed(Samples.named(sample).event());
    assertThat(running.invoke(event)).isEqualTo(new RuntimeApi.Answer.Returned("{}"));
  }

  private static String answer(String path) {
    return Map.copyOf(cloud.outside().puts()).getOrDefault(path, "");
  }
}
