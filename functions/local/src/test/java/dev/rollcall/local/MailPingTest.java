package dev.rollcall.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Mail to checks, by the control API and from there as SES brings it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailPingTest {
  private static final JsonMapper JSON = new JsonMapper();

  private Service service;
  private Remote remote;

  @BeforeAll
  void start() {
    service = Service.start(new Options(0, null, false));
    remote = Remote.at(service.url());
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Nested
  class A_raw_message {
    @Test
    void pings_the_check_that_it_is_for() {
      var check = create(Map.of("name", "backup"));
      var message = "From: NAS <nas@example.org>\nSubject: backup\n\ndone";
      var answer = send("to=" + check + "@ping.example.org", message);

      assertThat(answer.path("recipients").valueStream().map(JsonNode::asString))
          .containsExactly(check + "@ping.example.org");
      assertThat(show(check).path("status").asString()).isEqualTo("up");
      var ping = lastPing(check);
      assertThat(ping.path("type").asString()).isEqualTo("success");
      assertThat(ping.path("scheme").asString()).isEqualTo("email");
      assertThat(ping.path("method").asString()).isEmpty();
      assertThat(ping.path("ua").asString()).isEqualTo("Email from nas@example.org");
      assertThat(ping.path("remote_addr").asString("")).isEmpty();
      var key = remote.session().path("api_key").asString();
      var url = "/api/v3/checks/" + check + "/pings/1/body";
      assertThat(remote.http().send("GET", url, Map.of("X-Api-Key", key), new byte[0]).text())
          .isEqualTo(message);
    }

    @Test
    void pings_every_check_that_its_envelope_names_by_id_or_slug() {
      var one = create(Map.of("name", "one"));
      var two = create(Map.of("name", "two", "slug", "two"));
      var key = remote.session().path("ping_key").asString();
      send("to=" + one + "@x.org&to=" + key + "+two@x.org&to=root@x.org", "To: " + two + "@x\n\n");

      assertThat(pings(one)).isEqualTo(1);
      assertThat(pings(two)).isEqualTo(1);
    }

    @Test
    void pings_whom_its_headers_name_where_there_is_no_envelope() {
      var one = create(Map.of("name", "one"));
      var two = create(Map.of("name", "two"));
      var three = create(Map.of("name", "three"));
      send(
          "",
          """
          Return-Path: <bounces@example.org>
          To: Jobs <%s@x.org>, root@x.org
          Cc: <%s@x.org>
          Delivered-To: %s@x.org

          text
          """
              .formatted(one, two, three));

      assertThat(pings(one) + pings(two) + pings(three)).isEqualTo(3);
      assertThat(lastPing(two).path("ua").asString()).isEqualTo("Email from bounces@example.org");
    }

    @Test
    void says_by_its_words_how_the_job_fared() {
      var check =
          create(
              Map.of(
                  "name", "filtered",
                  "filter_subject", true,
                  "filter_body", true,
                  "start_kw", "begin",
                  "success_kw", "done",
                  "failure_kw", "error, prüfen"));
      var to = "to=" + check + "@x.org";

      send(to, "Subject: =?utf-8?Q?bitte_pr=C3=BCfen?=\n\ndone");
      assertThat(lastPing(check).path("type").asString()).isEqualTo("fail");
      send(to, "Subject: backup\nContent-Type: text/html\n\n<p>do<b>ne</b></p>");
      assertThat(lastPing(check).path("type").asString()).isEqualTo("success");
      send(to, "Subject: begin\n\n");
      assertThat(lastPing(check).path("type").asString()).isEqualTo("start");
      send(to, "Subject: report\n\nnothing to say");
      assertThat(lastPing(check).path("type").asString()).isEqualTo("ign");
    }

    @Test
    void counts_once_however_often_it_comes() {
      var check = create(Map.of("name", "backup"));
      var to = "to=" + check + "@x.org";
      var message = "Message-ID: <once@example.org>\n\ntext";

      var first = send(to, message);
      remote.ping(check);
      assertThat(send(to, message)).isEqualTo(first);
      assertThat(pings(check)).isEqualTo(2);

      send(to, "Message-ID: <twice@example.org>\n\ntext");
      send(to, "text");
      send(to, "text");
      assertThat(pings(check)).isEqualTo(5);
    }
  }

  @Nested
  class A_message_of_a_sloppy_program {
    @Test
    void may_name_checks_as_a_group() {
      var one = create(Map.of("name", "one"));
      var two = create(Map.of("name", "two"));
      send("", "To: jobs: " + one + "@localhost, Two <" + two + "@localhost>;\nCc: none:;\n\ntext");

      assertThat(pings(one) + pings(two)).isEqualTo(2);
    }

    @Test
    void may_have_an_empty_name_that_names_nothing() {
      var check = create(Map.of("name", "backup"));
      for (var name : new String[] {"", " ", "<>", "< >"}) {
        send("to=" + check + "@x.org", "Message-ID: " + name + "\nSubject: s\n\n");
        send("to=" + check + "@x.org", "Message-ID: " + name + "\nSubject: s2\n\n");
      }

      assertThat(pings(check)).isEqualTo(8);
    }

    @Test
    void may_write_the_ping_key_in_capitals() {
      var check = create(Map.of("name", "two", "slug", "capitals"));
      var key = remote.session().path("ping_key").asString();
      send("to=" + (key + "+capitals@localhost").toUpperCase(Locale.ROOT), "Subject: s\n\n");

      assertThat(pings(check)).isEqualTo(1);
    }

    @Test
    void may_be_as_large_as_SES_takes_it() {
      var rules = Map.<String, Object>of("filter_body", true, "success_kw", "BACKUP-OK");
      var check = create(with(rules, Map.of("filter_default_fail", true)));
      var line = "x".repeat(75) + "\n";
      var attachment =
          "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
              + "Content-Type: application/octet-stream\n\n"
              + line.repeat(500_000)
              + "--b\n\nBACKUP-OK\n--b--\n";
      send("to=" + check + "@localhost", attachment);

      assertThat(show(check).path("status").asString()).isEqualTo("up");
    }

    private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> more) {
      var all = new HashMap<>(some);
      all.putAll(more);
      return all;
    }
  }

  @Nested
  class What_is_no_mail_for_anybody {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "to=a@x.org | '' | the body must be a message: headers, a blank line, text",
          "'' | Subject: x | nobody to deliver to: give to=ADDRESS, or the message a To header",
          "'' | To: <<>> | nobody to deliver to: give to=ADDRESS, or the message a To header",
        })
    void is_refused(String query, String message, String reason) {
      var answer =
          remote.http().send("POST", "/_local/mail?" + query, Map.of(), message.getBytes(UTF_8));

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).isEqualTo("{\"error\":\"" + reason + "\"}");
    }
  }

  private JsonNode send(String query, String message) {
    var answer =
        remote.http().send("POST", "/_local/mail?" + query, Map.of(), message.getBytes(UTF_8));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return JSON.readTree(answer.text());
  }

  private String create(Map<String, Object> fields) {
    return remote.api("POST", "/api/v3/checks/", fields).path("uuid").asString();
  }

  private JsonNode show(String check) {
    return remote.api("GET", "/api/v3/checks/" + check, Map.of());
  }

  private int pings(String check) {
    return show(check).path("n_pings").asInt();
  }

  private JsonNode lastPing(String check) {
    return remote.api("GET", "/api/v3/checks/" + check + "/pings/", Map.of()).path("pings").path(0);
  }
}
