package dev.rollcall.migrate.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {

  @Nested
  class A_sample_event {

    @Test
    void of_the_schedule_is_a_tick() throws IOException {
      assertThat(read(sample("migrate-tick.json"))).isEqualTo(new Event.Tick());
    }

    @Test
    void of_a_deployment_says_what_is_asked() throws IOException {
      assertThat(read(sample("migrate-create.json")))
          .isEqualTo(
              new Event.Asked(
                  new Request(
                      Request.Kind.CREATE,
                      "http://127.0.0.1:9/answer/schema?X-Amz-Signature=5f3a9c",
                      "arn:aws:cloudformation:eu-central-1:123456789012:stack/rollcall/"
                          + "6a1d7c40-3c1e-4c55-9d0b-3f5a1c2b4d6e",
                      "0f4e24bf-5144-31bd-847e-56acb7568c64",
                      "SchemaExpand",
                      "Custom::Schema",
                      Map.of(
                          "ServiceToken",
                          "arn:aws:lambda:eu-central-1:123456789012:function:"
                              + "rollcall-MigrateFunction",
                          "ServiceTimeout",
                          "900",
                          "Phase",
                          "expand",
                          "Target",
                          "2",
                          "Release",
                          "0.2.0",
                          "Build",
                          "arn:aws:lambda:eu-central-1:123456789012:function:"
                              + "rollcall-MigrateFunction:1",
                          "OnOlderRelease",
                          "auto",
                          "AllowLossyRollback",
                          ""))));
    }

    @Test
    void of_an_update_says_what_is_wanted_and_not_what_was() throws IOException {
      var event = read(sample("migrate-site.json"));

      assertThat(event)
          .isInstanceOfSatisfying(
              Event.Asked.class,
              asked -> {
                assertThat(asked.request().kind()).isEqualTo(Request.Kind.UPDATE);
                assertThat(asked.request().properties().get("Build")).endsWith(":2");
              });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "never logged",
        "[\"never logged\"]",
        "{\"surprise\": \"never logged\"}",
        "{\"action\": \"never logged\"}",
        "{\"RequestType\": \"never logged\", \"ResponseURL\": \"http://never logged/\"}"
      })
  void of_another_shape_is_refused_without_a_word_of_it(String event) {
    assertThatThrownBy(() -> read(event))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("never")
        .hasNoCause();
  }

  private static Event read(String event) {
    return Event.read(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)));
  }

  private static String sample(String name) throws IOException {
    return Files.readString(Path.of("..", "..", "events", name));
  }
}
