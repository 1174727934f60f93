package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.CheckDocument;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.edge.http.HttpResponse;
import dev.rollcall.testing.conformance.Service;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// The address at which a check is pinged by mail.
class PingEmailTest {
  private static final String OWN = "/api/rollcall/v1/checks/";

  private final ApiUnderTest api = new ApiUnderTest();

  @AfterEach
  void close() {
    api.close();
  }

  @Nested
  class Where_mail_is_taken {
    private final Service.Keys keys = api.project();
    private final String check = make(api, keys);
    private final String address =
        "\"ping_email\": \"" + check + "@" + ApiUnderTest.MAIL_DOMAIN + "\"";

    @Test
    void it_is_shown_with_a_check() {
      assertThat(text(send("GET", OWN + check, keys.readWrite()))).contains(address);
      assertThat(text(send("GET", OWN + uniqueKey(check), keys.readWrite()))).contains(address);
    }

    @Test
    void it_is_shown_with_a_check_that_was_changed() {
      assertThat(text(send("POST", OWN + check, keys.readWrite()))).contains(address);
    }

    @Test
    void it_is_not_for_readers() {
      for (var name : new String[] {check, uniqueKey(check)}) {
        assertThat(text(send("GET", OWN + name, keys.readOnly())))
            .contains("\"unique_key\"")
            .doesNotContain("ping_email", check);
      }
    }

    @Test
    void it_is_not_for_other_projects() {
      var other = api.project();
      assertThat(send("GET", OWN + check, other.readWrite()).status()).isEqualTo(403);
      assertThat(send("GET", OWN + uniqueKey(check), other.readWrite()).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2", "v3"})
    void it_is_not_where_the_reference_has_none(String version) {
      var checks = "/api/" + version + "/checks/";
      assertThat(text(send("GET", checks, keys.readWrite()))).doesNotContain("ping_email");
      assertThat(text(send("GET", checks + check, keys.readWrite()))).doesNotContain("ping_email");
      assertThat(text(send("POST", checks + check, keys.readWrite()))).doesNotContain("ping_email");
    }
  }

  @Nested
  class Where_no_mail_is_taken {

    @Test
    void a_check_is_shown_as_the_reference_shows_it() {
      try (var mailless = ApiUnderTest.withoutMail()) {
        var keys = mailless.project();
        var check = make(mailless, keys);
        var own = mailless.call("GET", OWN + check, keys.readWrite(), "");
        var reference = mailless.call("GET", "/api/v3/checks/" + check, keys.readWrite(), "");

        assertThat(text(own)).isEqualTo(text(reference));
      }
    }
  }

  private HttpResponse send(String method, String target, String key) {
    return api.call(method, target, key, "");
  }

  private static String make(ApiUnderTest api, Service.Keys keys) {
    var made = text(api.call("POST", "/api/v3/checks/", keys.readWrite(), "{}"));
    return new JsonMapper().readTree(made).path("uuid").asString("");
  }

  private static String uniqueKey(String check) {
    return CheckDocument.uniqueKey(new CheckId(UUID.fromString(check)));
  }

  private static String text(HttpResponse response) {
    return response.body().text();
  }
}
