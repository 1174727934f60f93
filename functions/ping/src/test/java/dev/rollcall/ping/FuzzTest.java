package dev.rollcall.ping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.core.check.Keywords;
import dev.rollcall.core.check.Rules;
import dev.rollcall.testing.Items;
import dev.rollcall.testing.SampleProject;
import dev.rollcall.testing.fuzz.Mischief;
import dev.rollcall.testing.fuzz.Sample;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class FuzzTest {
  private static final int REQUESTS = 3000;
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final PingWorld world = new PingWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Nested
  class Malformed_pings {

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void are_answered_soon_and_below_500_and_change_nothing_unless_they_are_pings_after_all() {
      world.upCheck();
      var before = items();
      var samples = samples();
      var mischief = Mischief.start("ping");

      for (int sent = 0; sent < Mischief.requests(REQUESTS); sent++) {
        var event = mischief.damage(samples);
        world.usage();
        var start = System.nanoTime();
        var answer = answer(event, mischief);
        var taken = Duration.ofNanos(System.nanoTime() - start);

        assertThat(answer.status()).as("%s", mischief).isBetween(200, 499);
        assertThat(taken).as("%s", mischief).isLessThan(LONGEST);
        assertThat(world.waiting()).as("%s", mischief).isEmpty();
        if (answer.status() >= 300) {
          assertThat(world.usage().writeUnits()).as("%s", mischief).isZero();
        }
      }

      assertThat(items()).containsAll(before);
    }

    private PingWorld.Answer answer(byte[] event, Mischief mischief) {
      try {
        return world.ping(new ByteArrayInputStream(event));
      } catch (RuntimeException failure) {
        throw new AssertionError(mischief.toString(), failure);
      }
    }

    private List<Sample> samples() {
      var up = world.newCheck();
      var filtering =
          world.newCheck(
              new Rules(false, true, true, false), new Keywords("begin", "done", "error"));
      var posting = world.newCheck(new Rules(true, false, false, true), Keywords.NONE);
      world.upCheck("nightly-backup");
      var bySlug = "/ping/" + SampleProject.PING_KEY + "/nightly-backup";
      var agent = Map.of("user-agent", "curl/8.5.0", "x-forwarded-proto", "https");
      return List.of(
          Sample.of("GET", "/ping/" + up).with(agent),
          Sample.of("POST", "/ping/" + up + "/start").with("{\"job\": 7}").with(agent),
          Sample.of("POST", "/ping/" + up + "/fail").with("Traceback: é"),
          Sample.of("PUT", "/ping/" + up + "/log").with("a line"),
          Sample.of("GET", "/ping/" + up + "/255").asking("rid=" + up),
          Sample.of("POST", "/ping/" + filtering).with("well done").with(agent),
          Sample.of("POST", "/ping/" + posting + "/start").asking("rid=" + up),
          Sample.of("GET", bySlug).with(agent),
          Sample.of("GET", bySlug + "/start"),
          Sample.of("GET", bySlug + "-2").asking("create=1"),
          Sample.of("GET", "/ping/" + SampleProject.PING_KEY + "/" + up));
    }

    /// All but the number of checks in the project, since pings may make some.
    private List<Map<String, AttributeValue>> items() {
      var items = new ArrayList<Map<String, AttributeValue>>();
      for (var table : List.of(world.memory.tables().state(), world.memory.tables().log())) {
        items.addAll(Items.in(world.memory.client(), table));
      }
      items.removeIf(item -> Items.value(item, "sk").s().equals("COUNT"));
      return items;
    }
  }

  @Nested
  class A_damaged_event {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "{",
          "[]",
          "7",
          "null",
          "{\"rawPath\": \"/ping/x\"",
          "{\"body\": \"%%%\", \"isBase64Encoded\": true}",
          "{\"body\": \"YWJjZ\", \"isBase64Encoded\": true}"
        })
    void that_says_nothing_is_answered_with_400(String event) {
      assertThat(ping(event).status()).isEqualTo(400);
    }

    @Test
    void is_read_as_far_as_it_is_whole() {
      var id = world.newCheck();

      assertThat(
              ping("""
              {"headers": null, "rawQueryString": 7, "body": {"a": [1]}, "rawPath": "/ping/%s",
               "requestContext": {"http": {"method": null, "sourceIp": ["x"]}, "requestId": "1"}}
              """
                      .formatted(id))
                  .status())
          .isEqualTo(200);
      assertThat(world.lastPing(id).source().method()).isEqualTo("GET");
    }

    private PingWorld.Answer ping(String event) {
      return world.ping(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
