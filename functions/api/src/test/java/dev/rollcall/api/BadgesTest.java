package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Body;
import dev.rollcall.edge.http.HttpResponse;
import dev.rollcall.testing.conformance.Service;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadgesTest {
  private final ApiUnderTest api = new ApiUnderTest();
  private final Service.Keys keys = api.project();

  @AfterEach
  void close() {
    api.close();
  }

  @Nested
  class Of_a_check_that_is_late {
    private String check = "";

    @BeforeEach
    void let_it_be_late() {
      var made =
          call(
              "POST", "/api/v3/checks/", "{\"name\": \"Job\", \"timeout\": 60, \"tags\": \"a/b\"}");
      check = find("badge_url", made);
      api.send(new Service.Request("GET", "/ping/" + find("uuid", made), Map.of(), Body.EMPTY));
      api.advance(90);
    }

    @Test
    void say_so_with_three_states() {
      assertThat(get(path(check).replace("/b/2/", "/b/3/"))).contains(">late</text>", "#fe7d37");
      assertThat(get(path(badge("svg3")))).contains(">late</text>");
      assertThat(get(path(badge("json3"))))
          .isEqualTo("{\"status\": \"late\", \"total\": 1, \"grace\": 1, \"down\": 0}");
    }

    @Test
    void say_up_with_two() {
      assertThat(get(path(check))).contains(">up</text>");
      assertThat(get(path(badge("json"))))
          .isEqualTo("{\"status\": \"up\", \"total\": 1, \"grace\": 1, \"down\": 0}");
    }

    @Test
    void find_a_tag_with_a_slash_under_its_address() {
      assertThat(badge("shields3")).contains("a%252Fb");
      assertThat(get(path(badge("shields3")))).contains("\"label\": \"a/b\"", "\"important\"");
    }

    @Test
    void are_never_kept_by_whoever_shows_them() {
      assertThat(call("GET", path(check), "").headers().get("cache-control")).contains("no-store");
    }

    /// The first badge in the list: that of the tag.
    private String badge(String format) {
      return find(format, call("GET", "/api/v3/badges/", ""));
    }
  }

  @Nested
  class With_a_name_of_many_letters {

    @ParameterizedTest
    @CsvSource({"Test-1_BKR, 71", "PQRSTUVWXYZ, 94", "fghijklmnop, 75", "0189 ?é, 58"})
    void are_as_wide_as_those_of_the_reference(String name, int width) {
      var made = call("POST", "/api/v3/checks/", "{\"name\": \"%s\"}".formatted(name));

      assertThat(get(path(find("badge_url", made))))
          .contains("<rect width=\"%d\" height=\"20\" fill=\"#555\"/>".formatted(width));
    }
  }

  @Nested
  class With_characters_that_no_XML_can_have {

    @ParameterizedTest
    @CsvSource({
      "a\\u0000b, a\uFFFDb",
      "a\\u0001b, a\uFFFDb",
      "\\u001f\\u000c, \uFFFD\uFFFD",
      "a\\ufffeb\\uffff, a\uFFFDb\uFFFD",
      "\\ud800x, \uFFFDx",
      "\\u007f<&>\\t, '\u007f<&>\t'",
      "\\ud83d\\ude00\\ufffd, 😀\uFFFD"
    })
    void are_well_formed(String written, String shown) throws Exception {
      var made = call("POST", "/api/v3/checks/", "{\"name\": \"%s\"}".formatted(written));
      var picture = call("GET", path(find("badge_url", made)), "").body().bytes();

      var document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(picture));

      assertThat(document.getElementsByTagName("text").item(0).getTextContent()).isEqualTo(shown);
    }
  }

  @Nested
  class In_a_format_that_does_not_exist {

    @ParameterizedTest
    @ValueSource(strings = {"png", "SVG", "a-b_C"})
    void are_nothing_that_anybody_may_read(String format) {
      var address = "/b/2/00000000-0000-4000-8000-000000000000." + format;

      var answer = call("GET", address, "");

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.body().isEmpty()).isTrue();
      assertThat(answer.headers()).containsEntry("access-control-allow-origin", "*");
    }
  }

  @Nested
  class Of_a_tag {

    @ParameterizedTest
    @CsvSource({"x*y, x%252Ay", "a~b, a~b", "'a\tb', a%2509b", "é, %25C3%25A9"})
    void are_found_under_their_address(String tag, String address) {
      call("POST", "/api/v3/checks/", "{\"tags\": \"%s\"}".formatted(tag.replace("\t", "\\t")));
      var shields = path(find("shields", call("GET", "/api/v3/badges/", "")));

      assertThat(shields).endsWith("/" + address + ".shields");
      assertThat(get(shields)).contains("\"message\": \"up\"");
    }

    @Test
    void that_stands_for_all_is_called_as_the_whole_project_is() {
      call("POST", "/api/v3/checks/", "{}");
      var all = path(find("shields", call("GET", "/api/v3/badges/", "")));

      assertThat(get(all.replace(".shields", "/%252A.shields"))).isEqualTo(get(all));
    }

    @Test
    void tell_nothing_of_the_address_of_another() {
      call("POST", "/api/v3/checks/", "{\"tags\": \"a\"}");
      var address = path(find("svg", call("GET", "/api/v3/badges/", "")));

      assertThat(call("GET", address, "").status()).isEqualTo(200);
      assertThat(call("GET", address.replace("/a.svg", "/b.svg"), "").status()).isEqualTo(404);
      assertThat(call("GET", address.replace("/a.svg", ".svg"), "").status()).isEqualTo(404);
    }

    @Test
    void do_not_show_the_ping_key_that_signs_them() {
      assertThat(call("GET", "/api/v3/badges/", "").body().text()).doesNotContain(keys.ping());
    }
  }

  private String get(String target) {
    return call("GET", target, "").body().text();
  }

  private HttpResponse call(String method, String target, String body) {
    return api.call(method, target, keys.readWrite(), body);
  }

  private String path(String url) {
    return url.substring(api.base().length());
  }

  private static String find(String field, HttpResponse response) {
    var found = Pattern.compile("\"" + field + "\": \"([^\"]+)\"").matcher(response.body().text());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }
}
