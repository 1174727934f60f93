package dev.rollcall.ping;

import static dev.rollcall.ping.PingWorld.HOUR;
import static dev.rollcall.ping.PingWorld.NOON;
import static dev.rollcall.ping.PingWorld.TEN_MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Body;
import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Rules;
import dev.rollcall.core.check.Signal;
import dev.rollcall.core.check.State;
import dev.rollcall.core.check.Status;
import dev.rollcall.ping.PingWorld.Answer;
import dev.rollcall.testing.HttpEvent;
import dev.rollcall.testing.SampleProject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PingsTest {
  private static final String PROJECT = "/ping/" + SampleProject.PING_KEY + "/";
  private static final Keywords WORDS = new Keywords("begin", "done, OK", "error");

  private final PingWorld world = new PingWorld(1);

  @AfterEach
  void close() {
    world.close();
  }

  @Nested
  class The_answer {
    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PURGE"})
    void is_ok_to_every_method(String method) {
      var id = world.newCheck();
      assertThat(world.ping(HttpEvent.get("/ping/" + id).by(method)))
          .isEqualTo(
              new Answer(
                  200,
                  Map.of(
                      "content-type", "text/html; charset=utf-8",
                      "ping-body-limit", "10000",
                      "access-control-allow-origin", "*",
                      "cache-control", "max-age=0, no-cache, no-store, must-revalidate, private",
                      "expires", "Thu, 01 Jan 1970 00:00:00 GMT"),
                  "OK"));
      assertThat(world.lastPing(id).source().method()).isEqualTo(method);
      assertThat(world.check(id).state()).isEqualTo(new State.Up(NOON));
    }

    @Test
    void to_a_wrong_request_has_no_headers_of_a_ping() {
      assertThat(world.ping("/ping/00000000-0000-4000-8000-000000000000"))
          .isEqualTo(
              new Answer(404, Map.of("content-type", "text/html; charset=utf-8"), "not found"));
    }

    @ParameterizedTest
    @CsvSource({
      "/256, '', 400, invalid url format",
      "/99999999999999999999, '', 400, invalid url format",
      "/256, rid=bad, 400, invalid url format",
      "'', rid=bad, 400, invalid uuid format",
      "'', rid=, 400, invalid uuid format",
      "'', rid=11111111-1111-4111-8111-111111111111&rid=, 400, invalid uuid format",
      "/foo, '', 404, not found",
      "/-1, '', 404, not found",
      "/fail/1, '', 404, not found",
      "/START, '', 400, invalid url format"
    })
    void says_what_is_wrong_and_the_check_hears_nothing(
        String rest, String query, int status, String body) {
      var id = world.upCheck();
      var before = world.item(id);
      var answer = world.ping(HttpEvent.get("/ping/" + id + rest).asking(query));
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.body()).isEqualTo(body);
      assertThat(world.item(id)).isEqualTo(before);
      assertThat(world.pings(id)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"/256, ''", "'', rid=bad", "/start, ''", "/log, ''", "'', ''"})
    void is_not_found_first_of_all(String rest, String query) {
      var answer =
          world.ping(
              HttpEvent.get("/ping/00000000-0000-4000-8000-000000000000" + rest).asking(query));
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.body()).isEqualTo("not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/ping/", "/ping/not-a-uuid", "/ping/%00", "/favicon.ico"})
    void is_a_page_where_there_is_no_ping_url(String path) {
      var answer = world.ping(path);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.body()).contains("<title>Not Found</title>");
      assertThat(world.waiting()).isEmpty();
    }
  }

  @Nested
  class A_body {
    @Test
    void is_kept_up_to_its_limit_in_bytes() {
      var id = world.newCheck();
      for (var size : new int[] {9_999, 10_000, 10_001, 20_000}) {
        world.ping(
            HttpEvent.post("/ping/" + id, "x".repeat(size).getBytes(StandardCharsets.UTF_8)));
        assertThat(world.lastPing(id).body().size()).isEqualTo(Math.min(size, 10_000));
      }
    }

    @Test
    void may_be_cut_within_a_character() {
      var id = world.newCheck();
      var euros = "€".repeat(4_000).getBytes(StandardCharsets.UTF_8);
      world.ping(HttpEvent.post("/ping/" + id, euros));
      assertThat(world.lastPing(id).body()).isEqualTo(Body.cut(euros, 10_000));
    }

    @Test
    void is_refused_beyond_what_the_reference_takes() {
      var id = world.upCheck();
      assertThat(world.ping(HttpEvent.post("/ping/" + id, new byte[2_621_440])).status())
          .isEqualTo(200);
      assertThat(world.ping(HttpEvent.post("/ping/" + id, new byte[2_621_441])).status())
          .isEqualTo(400);
      assertThat(world.check(id).pings()).isEqualTo(2);
    }
  }

  @Nested
  class The_source {
    @Test
    void is_logged_with_the_agent_cut_at_200_characters() {
      var id = world.newCheck();
      world.ping(HttpEvent.get("/ping/" + id).from("u".repeat(300), "2001:db8::1"));
      assertThat(world.lastPing(id).source().agent()).isEqualTo("u".repeat(200));
      assertThat(world.lastPing(id).source().address()).isEqualTo("2001:db8::1");
      assertThat(world.lastPing(id).source().scheme()).isEqualTo("https");
    }
  }

  @Nested
  class The_scheme {
    private final CheckId id = world.newCheck();

    @ParameterizedTest
    @ValueSource(strings = {"http", "https", "HTTPS", "https,http", "h2", "http/1.1"})
    void is_logged_as_the_proxy_says_it(String scheme) {
      world.ping(HttpEvent.get("/ping/" + id).over(scheme));
      assertThat(world.lastPing(id).source().scheme()).isEqualTo(scheme);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https, http", "https,https"})
    void is_http_where_there_is_no_room_for_it(String scheme) {
      world.ping(HttpEvent.get("/ping/" + id).over(scheme));
      assertThat(world.lastPing(id).source().scheme()).isEqualTo("http");
    }
  }

  @Nested
  class A_check_for_post_only {
    private final CheckId id = world.newCheck(new Rules(true, false, false, false), Keywords.NONE);

    @ParameterizedTest
    @ValueSource(strings = {"", "/fail", "/1", "/start"})
    void ignores_other_methods(String rest) {
      assertThat(world.ping("/ping/" + id + rest).body()).isEqualTo("OK");
      assertThat(world.check(id).pings()).isEqualTo(1);
      assertThat(world.check(id).state()).isEqualTo(new State.New());
      assertThat(world.check(id).run()).isNull();
      assertThat(world.lastPing(id).signal()).isEqualTo(new Signal.Ignored(null));
    }

    @Test
    void hears_a_post() {
      world.ping(HttpEvent.post("/ping/" + id, new byte[0]));
      assertThat(world.check(id).state()).isEqualTo(new State.Up(NOON));
    }

    @Test
    void stays_up_when_it_ignores() {
      world.ping(HttpEvent.post("/ping/" + id, new byte[0]));
      world.clock.advance(Duration.ofSeconds(1));
      world.ping("/ping/" + id);
      assertThat(world.check(id).state()).isEqualTo(new State.Up(NOON));
      assertThat(world.check(id).pings()).isEqualTo(2);
    }
  }

  @Nested
  class A_check_that_reads_bodies {
    private final CheckId id = world.newCheck(new Rules(false, true, false, false), WORDS);

    @ParameterizedTest
    @CsvSource({
      "'', begin done, success",
      "'', done error, fail",
      "'', begin, start",
      "/fail, all OK, success",
      "/log, an error, fail",
      "'', ok DONE, ign",
      "/fail, nothing, ign",
      "'', '', ign"
    })
    void goes_by_its_words_and_not_by_the_url(String rest, String body, String signal) {
      world.ping(HttpEvent.post("/ping/" + id + rest, body.getBytes(StandardCharsets.UTF_8)));
      assertThat(world.lastPing(id).signal())
          .isEqualTo(
              switch (signal) {
                case "success" -> new Signal.Success(null);
                case "fail" -> new Signal.Failure(null);
                case "start" -> new Signal.Start(null);
                default -> new Signal.Ignored(null);
              });
    }

    @Test
    void reads_beyond_what_is_kept() {
      var body = "x".repeat(20_000) + " error";
      world.ping(HttpEvent.post("/ping/" + id, body.getBytes(StandardCharsets.UTF_8)));
      assertThat(world.check(id).state().status()).isEqualTo(Status.DOWN);
    }

    @Test
    void reads_bytes_that_are_no_text() {
      assertThat(world.ping(HttpEvent.post("/ping/" + id, new byte[] {0, -1, -2, 10})).status())
          .isEqualTo(200);
      assertThat(world.lastPing(id).signal()).isEqualTo(new Signal.Ignored(null));
    }

    @Test
    void takes_silence_for_failure_where_told_to() {
      var strict = world.newCheck(new Rules(false, true, true, false), WORDS);
      world.ping("/ping/" + strict);
      assertThat(world.check(strict).state().status()).isEqualTo(Status.DOWN);
    }
  }

  @Nested
  class By_slug {
    @Test
    void a_check_is_found() {
      var id = world.upCheck("my-job");
      assertThat(world.ping(PROJECT + "my-job/fail").body()).isEqualTo("OK");
      assertThat(world.check(id).state().status()).isEqualTo(Status.DOWN);
    }

    @Test
    void two_checks_are_one_too_many() {
      var one = world.upCheck("twin");
      world.upCheck("twin");
      var answer = world.ping(PROJECT + "twin");
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.body()).isEqualTo("ambiguous slug");
      assertThat(world.check(one).pings()).isEqualTo(1);
    }

    @Test
    void an_unknown_one_is_not_found() {
      assertNotFound(PROJECT + "nope", "");
      assertNotFound(PROJECT + "nope/256", "");
      assertNotFound("/ping/wrong-key/my-job", "create=1");
      assertNotFound("/ping/" + "k".repeat(3_000) + "/my-job", "create=1");
      assertThat(world.waiting()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "create=0", "create=true", "create=1&create=0", "create"})
    void none_is_made_unless_asked_for(String query) {
      assertNotFound(PROJECT + "fresh", query);
    }

    @ParameterizedTest
    @CsvSource({"'', up", "/fail, down", "/start, new", "/log, new", "/3, down"})
    void one_is_made_where_asked_for(String rest, String state) {
      var event = HttpEvent.get(PROJECT + "fresh" + rest).asking("create=0&create=1");
      assertThat(world.ping(event).status()).isEqualTo(201);
      assertThat(world.ping(HttpEvent.get(PROJECT + "fresh" + rest)).status()).isEqualTo(200);
      var made = world.catalog.list(SampleProject.ID).getFirst();
      assertThat(made.details().name()).isEqualTo("fresh");
      assertThat(made.item().check().pings()).isEqualTo(2);
      assertThat(made.item().check().grace()).isEqualTo(HOUR);
      assertThat(made.item().check().state().status().name()).isEqualToIgnoringCase(state);
    }

    @Test
    void one_is_made_even_for_a_ping_that_says_nonsense() {
      var answer = world.ping(HttpEvent.get(PROJECT + "fresh/256").asking("create=1"));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(world.catalog.list(SampleProject.ID)).hasSize(1);
    }

    @Test
    void one_may_be_long() {
      var slug = "b".repeat(500);
      assertThat(world.ping(HttpEvent.get(PROJECT + slug).asking("create=1")).status())
          .isEqualTo(201);
      assertThat(world.ping(PROJECT + slug).status()).isEqualTo(200);
      assertThat(world.ping(HttpEvent.get(PROJECT + slug + "b").asking("create=1")).status())
          .isEqualTo(400);
    }

    @Test
    void as_many_are_made_as_twice_the_limit() {
      for (var slug : new String[] {"f1", "f2"}) {
        assertThat(world.ping(HttpEvent.get(PROJECT + slug).asking("create=1")).status())
            .isEqualTo(201);
      }
      assertNotFound(PROJECT + "f3", "create=1");
      assertThat(world.ping(HttpEvent.get(PROJECT + "f1").asking("create=1")).status())
          .isEqualTo(200);
    }

    private void assertNotFound(String path, String query) {
      var answer = world.ping(HttpEvent.get(path).asking(query));
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.body()).isEqualTo("not found");
    }
  }

  @Nested
  class After_the_deadline {
    @Test
    void a_success_tells_of_the_outage_and_of_its_end() {
      var id = world.upCheck();
      world.clock.advance(HOUR.plus(TEN_MINUTES));
      world.ping("/ping/" + id);
      var deadline = NOON.minusSeconds(60).plus(HOUR).plus(TEN_MINUTES);
      assertThat(world.item(id).untold())
          .extracting(flip -> flip.to() + " at " + flip.at())
          .containsExactly("DOWN at " + deadline, "UP at " + NOON.plus(HOUR).plus(TEN_MINUTES));
      assertThat(world.queues.sentTo("flips")).hasSize(2);
    }

    @Test
    void a_start_saves_nothing() {
      var id = world.upCheck();
      world.clock.advance(HOUR.plus(TEN_MINUTES));
      world.ping("/ping/" + id + "/start");
      assertThat(world.check(id).status(world.clock.instant())).isEqualTo(Status.DOWN);
    }
  }
}
