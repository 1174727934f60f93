package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.edge.http.HttpResponse;
import dev.rollcall.testing.QueueInMemory.Sent;
import dev.rollcall.testing.conformance.Service;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelSetupTest {
  private static final String CHANNELS = "/api/rollcall/v1/channels";
  private static final Pattern ID = Pattern.compile("\"id\": \"([0-9a-f-]{36})\"");

  private final ApiUnderTest api = new ApiUnderTest();
  private final Service.Keys keys = api.project();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void describes_every_kind_that_there_is() {
    assertThat(send("GET", CHANNELS + "/kinds", ""))
        .contains(
            "\"kind\": \"email\", \"title\": \"", "\"kind\": \"webhook\"", "\"type\": \"headers\"");
  }

  @Test
  void shows_nothing_that_is_secret() {
    create("{\"kind\": \"webhook\", \"settings\": {\"url_down\": \"https://x.example/t0ken\"}}");

    assertThat(send("GET", CHANNELS, ""))
        .contains("\"kind\": \"webhook\"")
        .doesNotContain("t0ken", "url_down");
  }

  @Nested
  class The_secret_with_which_a_webhook_is_signed {
    private static final String HOOK =
        "{\"kind\": \"webhook\", \"settings\": {\"url_down\": \"https://x.example/\"}}";
    private static final Pattern SECRET =
        Pattern.compile("\"signing_secret\": \"(whsec_[A-Za-z0-9+/]{43}=)\"");

    private String secret(String answer) {
      var found = SECRET.matcher(answer);
      assertThat(found.find()).as(answer).isTrue();
      return found.group(1);
    }

    @Test
    void is_told_to_who_makes_it_and_to_who_may_change_it() {
      api.data().own();
      var made = secret(send("POST", CHANNELS, HOOK));
      assertThat(secret(send("GET", CHANNELS, ""))).isEqualTo(made);
    }

    @Test
    void is_another_for_each() {
      api.data().own();
      assertThat(secret(send("POST", CHANNELS, HOOK)))
          .isNotEqualTo(secret(send("POST", CHANNELS, HOOK)));
    }

    @Test
    void is_not_told_where_nothing_is_signed_and_not_as_the_reference_lists_channels() {
      api.data().own();
      create("{\"kind\": \"email\", \"settings\": {\"value\": \"ann@example.org\"}}");
      assertThat(send("GET", CHANNELS, "")).contains("ann@").doesNotContain("secret");
      create(HOOK);
      assertThat(send("GET", "/api/v3/channels/", "")).contains("webhook").doesNotContain("whsec_");
    }

    @Test
    void is_none_while_items_are_written_in_the_first_level() {
      assertThat(send("POST", CHANNELS, HOOK)).contains("\"signing_secret\": null");
      assertThat(send("GET", CHANNELS, "")).contains("\"signing_secret\": null");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|kind has unexpected value",
        "{\"kind\": \"pigeon\"}|kind has unexpected value",
        "{\"kind\": 5}|kind has unexpected value",
        "{\"kind\": \"email\", \"name\": 5}|name is not a string",
        "{\"kind\": \"email\", \"name\": null}|name is not a string",
        "{\"kind\": \"webhook\", \"settings\": {\"url_down\": \"ftp://x\"}}|url_down is not",
        "{\"kind\": \"webhook\", \"settings\": {\"url_down\": [null]}}|url_down is not",
        "{\"kind\": \"webhook\", \"settings\": {\"url_down\": \"http://a@b@c/\"}}|url_down has more",
        "{\"kind\": \"webhook\", \"settings\": {\"url_up\": \"http://a\\\\b/\"}}|url_up has a",
        "{\"kind\": \"webhook\", \"settings\": {\"url_up\": \"http://a/\\n1\"}}|url_up has a control",
        "{\"kind\": \"webhook\", \"settings\": []}|settings is not an object",
        "{\"kind\": \"webhook\", \"settings\": null}|settings is not an object",
        "{\"kind\": \"webhook\", \"settings\": {}}|url_down is empty",
        "{\"kind\": \"webhook\", \"assign_all\": \"yes\"}|assign_all is not a boolean",
        "{\"kind\": \"webhook\", \"settings\": {\"headers_down\": {\"a\": null}}}|headers_down has",
      })
  void refuses_what_it_does_not_understand(String body, String fault) {
    var response = api.call("POST", CHANNELS, keys.readWrite(), body);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body().text()).contains("json validation error: " + fault);
  }

  @Test
  void refuses_a_name_that_is_too_long() {
    var body = "{\"kind\": \"email\", \"name\": \"" + "n".repeat(101) + "\"}";

    assertThat(send("POST", CHANNELS, body)).contains("name is too long");
  }

  @Nested
  class A_channel_for_all_checks {
    private String channel = "";

    @BeforeEach
    void make_it_beside_a_check() {
      send("POST", "/api/v3/checks/", "{\"name\": \"Backup\"}");
      channel =
          create(
              "{\"kind\": \"webhook\", \"name\": \"hook\", \"assign_all\": true,"
                  + " \"settings\": {\"url_down\": \"https://x.example/\"}}");
    }

    @Test
    void is_told_by_the_checks_that_there_are() {
      assertThat(send("GET", "/api/v3/checks/", "")).contains("\"channels\": \"" + channel + "\"");
    }

    @Test
    void is_listed_as_the_reference_lists_it() {
      assertThat(send("GET", "/api/v3/channels/", ""))
          .isEqualTo(
              "{\"channels\": [{\"id\": \"%s\", \"name\": \"hook\", \"kind\": \"webhook\"}]}"
                  .formatted(channel));
    }

    @Test
    void is_tried_out_by_a_delivery() {
      assertThat(call("POST", CHANNELS + "/" + channel + "/test").status()).isEqualTo(202);
      assertThat(api.queues().sent()).extracting(Sent::queue).containsExactly("deliveries");
      assertThat(api.queues().sent().getFirst().body()).contains(channel);
    }

    @Test
    void cannot_be_tried_out_while_the_queue_does_not_answer() {
      api.queues().breakDown();

      assertThat(call("POST", CHANNELS + "/" + channel + "/test").status()).isEqualTo(503);
    }

    @Test
    void leaves_its_checks_when_it_is_deleted() {
      assertThat(call("DELETE", CHANNELS + "/" + channel).status()).isEqualTo(200);
      assertThat(send("GET", "/api/v3/checks/", "")).contains("\"channels\": \"\"");
      assertThat(call("DELETE", CHANNELS + "/" + channel).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE ", "POST /test"})
    void is_not_for_other_projects(String methodAndSuffix) {
      var parts = methodAndSuffix.split(" ", -1);
      var other = api.project().readWrite();

      assertThat(api.call(parts[0], CHANNELS + "/" + channel + parts[1], other, "").status())
          .isEqualTo(403);
    }

    @Test
    void is_not_for_readers() {
      assertThat(api.call("GET", CHANNELS, keys.readOnly(), "").status()).isEqualTo(401);
    }
  }

  private HttpResponse call(String method, String target) {
    return api.call(method, target, keys.readWrite(), "");
  }

  private String send(String method, String target, String body) {
    return api.call(method, target, keys.readWrite(), body).body().text();
  }

  private String create(String body) {
    var found = ID.matcher(send("POST", CHANNELS, body));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }
}
